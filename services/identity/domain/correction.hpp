#pragma once

#include "identity/domain/organisation.hpp"
#include "vocabulary/result.hpp"
#include "vocabulary/time.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace shanhai::identity {

/// What an organisation is to be called and known by from now on, and why. Its kind is none of it: what its
/// people may, and what they decided, hangs on that; who was registered as the wrong kind is registered anew.
struct OrganisationCorrection {
    std::string name;
    std::optional<Uscc> uscc;
    std::optional<CountyCode> county;
    std::string reason;

    /// The facts as they are to be.
    NewOrganisation applied_to(const NewOrganisation& stored) const;
};

/// Appended, never edited.
struct OrganisationChange {
    std::uint64_t id = 0;
    NewOrganisation before;
    NewOrganisation after;
    std::string reason;
    Instant at{};
    AccountId by{};
};

/// Why a correction is refused. 403 `administrator-corrects`: an operator corrects merchants' houses, but not
/// who decides, audits, or is the operator, since by name, code and county it is told whose word counts and
/// who may not verify whom. 409 `credit-code-verified`: two people `verified` papers with that code, which no
/// house changes in its life. 422 at /name where a house that sells would be called longer than the catalogue
/// calls merchants.
std::optional<Error> fault_of_correcting(const Organisation& stored, const OrganisationCorrection& wanted,
                                         bool administrator, bool verified);

}  // namespace shanhai::identity
