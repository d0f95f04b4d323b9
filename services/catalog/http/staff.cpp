#include "catalog/http/staff.hpp"

namespace shanhai::catalog {

Author author_of(const http::Request& request) {
    const auto& principal = request.staff();
    return {static_cast<AccountId>(principal.account), static_cast<OrganisationId>(principal.organisation),
            !principal.has("operator")};
}

}  // namespace shanhai::catalog
