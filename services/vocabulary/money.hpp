#pragma once

#include "vocabulary/checked.hpp"
#include "vocabulary/result.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace shanhai {

struct FenUnit {
    static constexpr auto name = "Fen overflow";
};
struct GramUnit {
    static constexpr auto name = "Gram overflow";
};
struct BasisPointUnit {
    static constexpr auto name = "BasisPoint overflow";
};

/// Money in fen, always CNY: 100 fen make one yuan.
using Fen = Amount<FenUnit>;
/// Weight in grams.
using Gram = Amount<GramUnit>;
/// A ratio in ten-thousandths (万分比).
using BasisPoint = Amount<BasisPointUnit>;

/// The dearest line an order may hold (10^9 fen, ten million yuan) and the most pieces of one SKU.
inline constexpr Fen line_fen_max{1'000'000'000};
inline constexpr std::int64_t quantity_max = 1'000'000;

/// Splits `whole` in proportion to `weights` by the largest remainder, ties to the earlier part, so
/// that the parts always sum to the whole. Weights are not negative and not all zero; anything else
/// throws std::invalid_argument. `whole` may be negative (a refund): the parts mirror those of |whole|.
std::vector<std::int64_t> split_by_largest_remainder(std::int64_t whole,
                                                     std::span<const std::int64_t> weights);

/// "12.34" for 1234 fen; for people only, never for JSON.
std::string yuan_text(Fen amount);

}  // namespace shanhai
