#include "trace/http/staff.hpp"

namespace shanhai::trace {

Writer writer_of(const http::Request& request) {
    const auto& principal = request.staff();
    if (principal.has("operator")) return Writer::operator_staff();
    return Writer::merchant_staff(OrganisationId{principal.organisation});
}

}  // namespace shanhai::trace
