# The services, as services/services.txt names them: SHANHAI_SERVICES (a list), SHANHAI_SERVICE_NAMES (the same in one
# line), and their libraries SHANHAI_SERVICE_LIBRARIES, which the target shanhai_services links together.
set(SHANHAI_SERVICES_FILE ${CMAKE_SOURCE_DIR}/services/services.txt)
file(STRINGS ${SHANHAI_SERVICES_FILE} SHANHAI_SERVICES REGEX "^[a-z]")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${SHANHAI_SERVICES_FILE})
string(JOIN " " SHANHAI_SERVICE_NAMES ${SHANHAI_SERVICES})
list(TRANSFORM SHANHAI_SERVICES PREPEND shanhai_ OUTPUT_VARIABLE SHANHAI_SERVICE_LIBRARIES)

# shanhai_write_registry(<file>): a .cpp that defines `all_services()` of services/registry.hpp.
function(shanhai_write_registry output)
    set(includes "")
    set(entries "")
    foreach(service IN LISTS SHANHAI_SERVICES)
        string(APPEND includes "#include \"${service}/service.hpp\"\n")
        string(APPEND entries "        {\"${service}\", ${service}::make_service, ${service}::schema},\n")
    endforeach()
    file(CONFIGURE OUTPUT ${output} @ONLY CONTENT [[
// Written by cmake/services.cmake from services/services.txt.
#include "registry.hpp"

@includes@
namespace shanhai {

const std::vector<ServiceEntry>& all_services() {
    static const std::vector<ServiceEntry> services{
@entries@    };
    return services;
}

}  // namespace shanhai
]])
endfunction()
