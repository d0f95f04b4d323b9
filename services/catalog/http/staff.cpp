#include "catalog/http/staff.hpp"

namespace shanhai::catalog {

Author author_of(const http::Request& request) {
    const auto& principal = request.staff();
    return {static_cast<AccountId>(principal.account), static_cast<OrganisationId>(principal.organisation),
            !principal.has("operator")};
}

bool is_told_authors(const http::Request& request, OrganisationId house) {
    if (!request.principal) return false;
    const auto& reader = *request.principal;
    const bool looks_at_all =
        reader.has("operator") || reader.has("auditor") || reader.has("certifier") || reader.has("admin");
    return looks_at_all || (house != OrganisationId{} && OrganisationId{reader.organisation} == house);
}

}  // namespace shanhai::catalog
