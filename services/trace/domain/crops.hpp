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
};

/// The words of a producer that no entry knows.
inline constexpr std::int64_t kg_per_mu_unknown = 3'000;

std::span<const CropYield> crop_yields();

/// The most a base that grows these things may declare: the best of its words.
std::int64_t kg_per_mu_max_of(const std::vector<std::string>& product_words);

}  // namespace shanhai::trace
