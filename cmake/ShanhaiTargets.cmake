# shanhai_unit_tests(<name> <sources>...): <name>_unit_tests, each case listed in ctest. No socket, no database.
include(GoogleTest)
# Tests run once and compile often: they are not optimised, what they test is.
set(shanhai_test_options $<$<CONFIG:Release>:-O0> -D_GLIBCXX_ASSERTIONS)
if(SHANHAI_SANITIZE MATCHES address AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    # g++ 12 under ASan takes std::regex and temporary optionals for uninitialised.
    list(APPEND shanhai_test_options -Wno-maybe-uninitialized)
endif()
function(shanhai_unit_tests name)
    add_executable(${name}_unit_tests ${ARGN})
    target_compile_options(${name}_unit_tests PRIVATE ${shanhai_test_options})
    target_link_libraries(${name}_unit_tests PRIVATE GTest::gtest_main GTest::gmock ${RAPIDCHECK_LIBRARY})
    gtest_discover_tests(${name}_unit_tests DISCOVERY_TIMEOUT 60
        PROPERTIES LABELS unit TIMEOUT 60)
endfunction()

# shanhai_service(<name> [FILES]): one library, shanhai_<name>, from the service's own folder, with its
# numbered schema files compiled in as `shanhai::<name>::schema()`; and its unit tests. With FILES also those of
# chassis/files: the service keeps what people hand in.
function(shanhai_service name)
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
    set(test_sources ${sources})
    list(FILTER sources EXCLUDE REGEX "/tests/")
    list(FILTER test_sources INCLUDE REGEX "/tests/")
    file(GLOB schema CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/store/schema/*.sql)
    if(FILES IN_LIST ARGN)
        file(GLOB files_schema CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/services/chassis/files/schema/*.sql)
        list(APPEND schema ${files_schema})
    endif()
    set(schema_source ${CMAKE_CURRENT_BINARY_DIR}/schema.cpp)
    add_custom_command(OUTPUT ${schema_source}
        COMMAND ${CMAKE_COMMAND} -DSERVICE=${name} -DOUTPUT=${schema_source} "-DFILES=${schema}"
                -P ${CMAKE_SOURCE_DIR}/cmake/EmbedSchema.cmake
        DEPENDS ${schema} ${CMAKE_SOURCE_DIR}/cmake/EmbedSchema.cmake VERBATIM)
    add_library(shanhai_${name} STATIC ${sources} ${schema_source})
    target_link_libraries(shanhai_${name} PUBLIC shanhai_chassis shanhai_proto)
    if(test_sources)
        shanhai_unit_tests(${name} ${test_sources})
        target_link_libraries(${name}_unit_tests PRIVATE shanhai_${name})
    endif()
endfunction()
