#include "catalog/http/staff.hpp"

namespace shanhai::catalog {

Author author_of(const http::Request& request) {
    const auto& principal = request.staff();
    return {static_cast<AccountId>(principal.account), static_cast<OrganisationId>(principal.organisation),
            !principal.has("operator")};
}

Reader reader_of(const http::Request& request) {
    if (!request.principal) return {};
    const auto& principal = *request.principal;
    const bool oversees = principal.has("operator") || principal.has("certifier") || principal.has("auditor");
    return {static_cast<OrganisationId>(principal.organisation), oversees};
}

}  // namespace shanhai::catalog
