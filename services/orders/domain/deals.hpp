#pragma once

#include "vocabulary/money.hpp"
#include "vocabulary/time.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>

namespace shanhai::orders {

// 明码标价和禁止价格欺诈规定, articles 16 and 17: a price that another is compared with is not above the
// lowest at which we sold the same goods within the seven days before the comparison began. The comparison
// begins when the price of now was entered. Days are Shanghai's.

/// How far back deals are looked at.
inline constexpr std::chrono::days deals_compared{7};
/// For how long a price is compared with the one before it. Our own rule: a price that has stood for a month
/// is no reduction any more.
inline constexpr std::chrono::days comparison_shown{30};

/// An SKU was paid for at this price on this day. What was paid and given back at once, because the order was
/// over or paid twice, was no deal.
struct DealDay {
    Date day{};
    std::int32_t price_version = 0;
    Fen price;
};

/// What an SKU costs now.
struct AskedPrice {
    std::int32_t version = 0;
    Fen price;
    std::optional<Instant> since{};  ///< Nothing: nobody said, so it is compared with nothing.
    /// The lowest price that was asked within the seven days before (lowest_offered).
    std::optional<Fen> offered_before{};
};

/// A price that an SKU had.
struct OfferedPrice {
    std::int32_t version = 0;
    Fen price;
    std::optional<Instant> since{};  ///< From when on; nothing: nobody said.
};

/// The lowest deal of the seven days before the one on which the price was entered, and of that day as far as
/// it was made at an earlier price. Nothing when there was none: then nothing is compared.
std::optional<Fen> lowest_deal_before(const AskedPrice& asked, std::span<const DealDay> deals);

/// The lowest price that was asked at any moment of the seven days before the price of now was entered, so
/// that one dear deal between two cheap prices is no measure. `offered` is in the order of versions. A price
/// counts unless the one after it is known to have begun before those days.
std::optional<Fen> lowest_offered(const AskedPrice& asked, std::span<const OfferedPrice> offered);

/// Whether the price was entered so lately that it is compared with deals before it.
bool is_compared(const AskedPrice& asked, Date today);

/// What may stand struck through beside the price on `today`: the lowest deal before it, or the lowest price
/// that was asked then when that is lower, if it is above it, for `comparison_shown` from its entry on.
std::optional<Fen> compared_price(const AskedPrice& asked, std::span<const DealDay> deals, Date today);

/// What a price that was entered on `today` would be compared with.
std::optional<Fen> lowest_deal_lately(std::span<const DealDay> deals, Date today);

/// The first day of which deals can matter on `today` to a price that was entered at `since`.
Date deals_needed_from(std::optional<Instant> since, Date today);

}  // namespace shanhai::orders
