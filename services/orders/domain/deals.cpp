#include "orders/domain/deals.hpp"

#include <algorithm>
#include <iterator>

namespace shanhai::orders {
namespace {

template <class Wanted>
std::optional<Fen> lowest(std::span<const DealDay> deals, Wanted wanted) {
    std::optional<Fen> found;
    for (const auto& deal : deals) {
        if (wanted(deal) && (!found || deal.price < *found)) found = deal.price;
    }
    return found;
}

}  // namespace

std::optional<Fen> lowest_deal_before(const AskedPrice& asked, std::span<const DealDay> deals) {
    if (!asked.since) return std::nullopt;
    const auto begun = shanghai_date(*asked.since);
    return lowest(deals, [&](const DealDay& deal) {
        if (deal.day == begun) return deal.price_version < asked.version;
        return deal.day < begun && deal.day >= begun - deals_compared;
    });
}

std::optional<Fen> lowest_offered(const AskedPrice& asked, std::span<const OfferedPrice> offered) {
    if (!asked.since) return std::nullopt;
    const auto first = shanghai_date(*asked.since) - deals_compared;
    std::optional<Fen> found;
    for (auto at = offered.begin(); at != offered.end() && at->version < asked.version; ++at) {
        const auto next = std::next(at);
        const bool over = next != offered.end() && next->since && shanghai_date(*next->since) < first;
        if (!over && (!found || at->price < *found)) found = at->price;
    }
    return found;
}

bool is_compared(const AskedPrice& asked, Date today) {
    return asked.since && today < shanghai_date(*asked.since) + comparison_shown;
}

std::optional<Fen> compared_price(const AskedPrice& asked, std::span<const DealDay> deals, Date today) {
    if (!is_compared(asked, today)) return std::nullopt;
    auto before = lowest_deal_before(asked, deals);
    if (before && asked.offered_before) before = std::min(*before, *asked.offered_before);
    if (!before || *before <= asked.price) return std::nullopt;
    return before;
}

std::optional<Fen> lowest_deal_lately(std::span<const DealDay> deals, Date today) {
    return lowest(
        deals, [&](const DealDay& deal) { return deal.day <= today && deal.day >= today - deals_compared; });
}

Date deals_needed_from(std::optional<Instant> since, Date today) {
    const auto begun = since ? std::min(shanghai_date(*since), today) : today;
    return std::max(begun, today - comparison_shown) - deals_compared;
}

}  // namespace shanhai::orders
