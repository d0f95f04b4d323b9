#pragma once

#include "vocabulary/ids.hpp"

namespace shanhai {

/// Who reads, signed in or not: the public, unless it says more. What was never offered to anybody only its
/// own house and those who oversee know of.
struct Reader {
    OrganisationId organisation{};
    bool oversees = false;  ///< Operates, certifies or audits.

    /// Whether it may know of what belongs to a house (0: to nobody's) and was never offered.
    bool knows_never_listed_of(OrganisationId house) const {
        return oversees || (house != OrganisationId{} && house == organisation);
    }
};

}  // namespace shanhai
