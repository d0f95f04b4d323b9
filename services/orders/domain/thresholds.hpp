#pragma once

#include "vocabulary/ids.hpp"
#include "vocabulary/time.hpp"

#include <cstdint>
#include <optional>

namespace shanhai::orders {

/// When a house wants to hear of an SKU's stock. They decide what is marked, never what is sold.
struct StockThresholds {
    static constexpr std::int64_t low_stock_max = 1'000'000;  // Packs.
    static constexpr std::int64_t near_expiry_max = 365;      // Days.

    std::int64_t low_stock_below = 20;   ///< Fewer packs than that for sale are few.
    std::int64_t near_expiry_days = 60;  ///< A lot that has so many days left, or fewer, is near its expiry.

    friend bool operator==(const StockThresholds&, const StockThresholds&) = default;
};

/// The thresholds of an SKU, and whose word they are.
struct KeptThresholds {
    SkuId sku{};
    StockThresholds thresholds{};
    struct Word {
        Instant at{};
        std::uint64_t account = 0;
    };
    std::optional<Word> word{};  ///< Nothing: nobody said, and they are everybody's.
};

}  // namespace shanhai::orders
