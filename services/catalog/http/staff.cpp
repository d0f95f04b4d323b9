#include "catalog/http/staff.hpp"

namespace shanhai::catalog {

Author author_of(const http::Request& request) {
    const auto& principal = request.staff();
    return {static_cast<AccountId>(principal.account), static_cast<OrganisationId>(principal.organisation),
            !principal.has("operator")};
}

Result<Author> certifier_of(const http::Request& request) {
    const auto& principal = request.staff();
    if (principal.has("operator") || principal.has("merchant")) {
        return Error{Failure::forbidden, "duties-not-separate", "who sells does not certify"};
    }
    return author_of(request);
}

}  // namespace shanhai::catalog
