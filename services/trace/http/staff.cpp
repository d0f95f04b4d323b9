#include "trace/http/staff.hpp"

namespace shanhai::trace {

Result<Writer> writer_of(const security::TokenVerifier& verifier, const http::Request& request) {
    const auto principal = verifier.require(request, {"operator", "merchant"});
    if (!principal) return principal.error();
    if (principal->has("operator") || principal->has("admin")) {
        return Writer::operator_staff(AccountId{principal->account});
    }
    return Writer::merchant_staff(OrganisationId{principal->organisation}, AccountId{principal->account});
}

}  // namespace shanhai::trace
