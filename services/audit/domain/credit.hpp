#pragma once

#include "vocabulary/ids.hpp"
#include "vocabulary/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shanhai::audit {

/// A district's tie to a county (or to a whole prefecture, when the code ends in "00"), as the catalog states
/// it.
struct Pairing {
    PairingId id{};
    std::string district_code;
    std::string county_code;
    std::string programme;
    std::string certainty;  ///< Only "STATED" earns a credit.
    Date valid_from;        ///< Half-open [from, to).
    Date valid_to;
};

/// Whether a pairing is of this county or of its prefecture.
bool covers(const Pairing& pairing, std::string_view county_code);

/// Which district a sale is credited to, and why.
struct Credit {
    std::string district = "UNALLOCATED";
    PairingId pairing{};  ///< 0 when unallocated.
    std::string programme;
    std::string rule;  ///< CHANNEL_DISTRICT, SOLE_PAIRING or UNALLOCATED.

    friend bool operator==(const Credit&, const Credit&) = default;
};

/// The one credit of a sale (DESIGN section 6): the placement's district if it is paired with the lot's
/// county that day, else the only district that is, else nobody. So no sale is claimed twice, and credits sum
/// to net.
Credit credit_of(std::string_view county_code, std::string_view placement_district, Date day,
                 const std::vector<Pairing>& pairings);

}  // namespace shanhai::audit
