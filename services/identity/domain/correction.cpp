#include "identity/domain/correction.hpp"

#include "vocabulary/text.hpp"

namespace shanhai::identity {
namespace {

constexpr std::size_t merchant_name_max = 80;

bool sells(OrganisationKind kind) {
    return kind == OrganisationKind::merchant || kind == OrganisationKind::operator_;
}

}  // namespace

NewOrganisation OrganisationCorrection::applied_to(const NewOrganisation& stored) const {
    return {name, stored.kind, uscc, county};
}

std::optional<Error> fault_of_correcting(const Organisation& stored, const OrganisationCorrection& wanted,
                                         bool administrator, bool verified) {
    const auto kind = stored.facts.kind;
    if (!administrator && kind != OrganisationKind::merchant) {
        return Error{Failure::forbidden, "administrator-corrects",
                     "who decides, audits or runs the platform is corrected by an administrator; ask one"};
    }
    if (verified && wanted.uscc != stored.facts.uscc) {
        return Error{Failure::conflict, "credit-code-verified",
                     "two people verified papers with this credit code; another code is another house"};
    }
    if (sells(kind) && wanted.name != stored.facts.name && characters_in(wanted.name) > merchant_name_max)
        return invalid_field("/name", "is longer than the 80 characters of a merchant's name");
    return std::nullopt;
}

}  // namespace shanhai::identity
