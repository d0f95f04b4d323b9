#pragma once

#include "trace/domain/crops.hpp"
#include "trace/domain/known.hpp"
#include "vocabulary/checked.hpp"
#include "vocabulary/months.hpp"
#include "vocabulary/position.hpp"
#include "vocabulary/time.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace shanhai::trace {

struct MuUnit {
    static constexpr auto name = "mu overflow";
};
/// Area in hundredths of a mu (亩; 15 mu are one hectare).
using MuX100 = Amount<MuUnit>;

/// A hundred thousand mu: what a whole township tends. A larger one is registered village by village.
inline constexpr MuX100 base_area_max{10'000'000};
inline constexpr std::int64_t yield_kg_per_mu_max = 15'000;  ///< Of any crop (crops.hpp says it of each).
/// How far a good year may go beyond the declared yield before a lot is refused.
inline constexpr BasisPoint yield_tolerance{1'000};

/// What is registered about a production base (基地): where it is and how much it can yield in a year.
struct BaseDetails {
    MerchantId merchant{};
    CountyCode county;
    std::string name;
    std::string village;
    std::vector<std::string> product_words;  ///< What grows there, in the producer's words: 方竹笋, 竹荪.
    MuX100 area;
    std::int64_t yield_kg_per_mu = 0;  ///< A year.
    Months harvest_months{};
    std::optional<Position> position{};  ///< Of its gate or its middle; nothing: nobody said.

    /// Fails with Failure::invalid on more than its crops can yield.
    std::optional<Error> fault() const;
    /// The same text for the same details: one line a member, and of months and position only what
    /// somebody said.
    std::string canonical() const;

    friend bool operator==(const BaseDetails&, const BaseDetails&) = default;
};

struct Base {
    BaseId id{};
    BaseDetails details;
    int version = 1;                        ///< Grows with every change of the details.
    AccountId registered_by{};              ///< 0: before anybody asked.
    std::optional<AccountId> confirmed_by;  ///< A second person who agreed with this version.
    bool position_about = false;            ///< Its position is rounded to what everybody may know.

    /// What everybody may know of it: its position to 0.01 of a degree. A cooperative tells gladly where it
    /// is; but the field of a family farm lies beside its house, and whoever finds the place where morels
    /// grow comes for them. A shopper needs no more than the valley.
    Base for_everybody() const;

    /// What a merchant says of its own fields binds nobody until a second person has looked (409
    /// `base-unconfirmed`): it is by these figures that its lots are weighed.
    std::optional<Error> fault_of_yielding() const;
    /// Whether this account may confirm a base that these wrote since it was confirmed last, whoever
    /// registered it among them if it never was: none of them (403 `second-person-needed`).
    static std::optional<Error> fault_of_confirming(AccountId by, const std::set<AccountId>& writers);

    /// The most that lots of one harvest year may weigh: area × yield × (1 + tolerance), rounded down.
    Gram yield_max() const;
    /// The most of it that lots of goods of one crop may weigh: no more than the crop can yield (crops.hpp).
    Gram yield_max(const CropYield& crop) const;
};

}  // namespace shanhai::trace
