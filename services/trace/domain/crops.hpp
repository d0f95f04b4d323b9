#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shanhai::trace {

/// What a kind of crop or stock can yield at the very best, in kilograms a mu and year, sold form and raw
/// form alike. An order of magnitude that nobody disputes, not a forecast: it stops typing errors and lies.
struct CropYield {
    std::string_view word;  ///< Found anywhere in a producer's word: "筇竹笋" holds "笋".
    std::int64_t kg_per_mu_max = 0;

    friend bool operator==(const CropYield&, const CropYield&) = default;
};

/// The words of a producer that no entry knows.
inline constexpr std::int64_t kg_per_mu_unknown = 3'000;

std::span<const CropYield> crop_yields();

/// The most a base that grows these things may declare of all of them together: the best of its words.
std::int64_t kg_per_mu_max_of(const std::vector<std::string>& product_words);

/// What of these things goods of that name are made of: the one whose word the name holds, and where none or
/// several are named, the one of them that yields least, since nobody can say that it was another.
CropYield crop_of(const std::vector<std::string>& product_words, std::string_view goods);

}  // namespace shanhai::trace
