#include "trace/http/staff.hpp"

namespace shanhai::trace {

Writer writer_of(const http::Request& request) {
    const auto& principal = request.staff();
    if (principal.has("operator")) return Writer::operator_staff(AccountId{principal.account});
    return Writer::merchant_staff(OrganisationId{principal.organisation}, AccountId{principal.account});
}

Writer reader_of(const http::Request& request) {
    const auto& principal = request.staff();
    if (principal.has("auditor")) return Writer::operator_staff(AccountId{principal.account});
    return writer_of(request);
}

}  // namespace shanhai::trace
