#pragma once

#include "vocabulary/result.hpp"

#include <cstdint>
#include <optional>

namespace shanhai::orders {

inline constexpr std::int64_t on_hand_max = 1'000'000'000;

/// What is known of a lot's packs when some more arrive or are corrected.
struct LotBalance {
    std::optional<std::int64_t> made;  ///< Packs the lot holds, by its producer's record.
    std::int64_t received = 0;         ///< Receipts and corrections so far.
    std::int64_t on_hand = 0;
    std::int64_t reserved = 0;
    bool blocked = false;
};

/// Receipts of a lot are no more than the lot holds, and none when it is blocked (食品安全法 63). Fails with
/// 409 `lot-blocked`, or 422 `receipt-above-lot`, which says how many may still come; a lot whose size nobody
/// told is bounded by on_hand_max only.
Result<Done> may_receive(const LotBalance& lot, std::int64_t packs);

/// A correction by `delta` (not 0) adds nothing to a blocked lot (409 `lot-blocked`) and nothing that the lot
/// does not hold (422 `receipt-above-lot`), and takes nothing that is not there (422
/// `correction-above-stock`) or that unpaid orders hold (409 `correction-below-reserved`).
Result<Done> may_correct(const LotBalance& lot, std::int64_t delta);

}  // namespace shanhai::orders
