#pragma once

#include "trace/domain/known.hpp"
#include "vocabulary/checked.hpp"
#include "vocabulary/time.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace shanhai::trace {

struct MuUnit {
    static constexpr auto name = "mu overflow";
};
/// Area in hundredths of a mu (亩; 15 mu are one hectare).
using MuX100 = Amount<MuUnit>;

inline constexpr MuX100 base_area_max{100'000'000};  ///< A million mu: larger than any county's fields.
inline constexpr std::int64_t yield_kg_per_mu_max = 100'000;  ///< Mushroom houses reach tens of thousands.
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

    friend bool operator==(const BaseDetails&, const BaseDetails&) = default;
};

struct Base {
    BaseId id{};
    BaseDetails details;

    /// The most that lots of one harvest year may weigh: area × yield × (1 + tolerance), rounded down.
    Gram yield_max() const;
};

}  // namespace shanhai::trace
