#include "catalog/http/staff.hpp"

namespace shanhai::catalog {
namespace {

Author author_of(const security::Principal& principal) {
    const bool unlimited = principal.has("operator") || principal.has("admin");
    return {static_cast<AccountId>(principal.account), static_cast<OrganisationId>(principal.organisation),
            !unlimited};
}

}  // namespace

Result<Author> Staff::operator_of(const http::Request& request) const {
    const auto principal = verifier_.require(request, {"operator"});
    if (!principal) return principal.error();
    return author_of(*principal);
}

Result<Author> Staff::seller_of(const http::Request& request) const {
    const auto principal = verifier_.require(request, {"merchant", "operator"});
    if (!principal) return principal.error();
    return author_of(*principal);
}

Result<Author> Staff::certifier_of(const http::Request& request) const {
    const auto principal = verifier_.require(request, {"certifier"});
    if (!principal) return principal.error();
    if (principal->has("operator") || principal->has("merchant")) {
        return Error{Failure::forbidden, "duties-not-separate", "who sells does not certify"};
    }
    return author_of(*principal);
}

}  // namespace shanhai::catalog
