#pragma once

#include "vocabulary/codes.hpp"
#include "vocabulary/ids.hpp"
#include "vocabulary/time.hpp"
#include "vocabulary/trade.hpp"

#include <optional>
#include <string>
#include <vector>

namespace shanhai::catalog {

/// A county or a district, as the registry of places knows it.
struct County {
    CountyCode code;
    std::string name;        ///< 务川仡佬族苗族自治县
    std::string short_name;  ///< 务川县
    std::string prefecture;
    std::string province;
    bool assisted = true;                  ///< False for a supporting district.
    std::vector<CountyCode> former_codes;  ///< Codes it had before; imports may still use them.
    int version = 1;                       ///< Grows with every correction.

    std::optional<Error> fault() const;
    /// The same text for the same facts: one line a member.
    std::string canonical() const;
    std::string prefecture_code() const { return std::string{code.prefecture()} + "00"; }

    friend bool operator==(const County&, const County&) = default;
};

/// That a district supports a county (or a whole prefecture) under a programme, from one day to
/// another. Pairings change and overlap: one county may have several, one district many.
struct Pairing {
    PairingId id{};
    AreaCode district;  ///< Usually a Shanghai district; elsewhere also a city (东莞市).
    std::string district_name;
    AreaCode area;  ///< A county, or a prefecture that is paired as a whole.
    std::string area_name;
    Programme programme = Programme::east_west_collaboration;
    Certainty certainty = Certainty::inferred;  ///< Only `stated` earns the district its credit.
    std::optional<Date> valid_from;             ///< Half-open [from, to); nothing: unknown.
    std::optional<Date> valid_to;               ///< Nothing: still open, or unknown.
    std::string note;
    int version = 1;  ///< Grows with every correction.

    std::optional<Error> fault() const;
    /// The same text for the same facts: one line a member.
    std::string canonical() const;
    bool valid_on(Date day) const;

    friend bool operator==(const Pairing&, const Pairing&) = default;
};

}  // namespace shanhai::catalog
