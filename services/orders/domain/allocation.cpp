#include "orders/domain/allocation.hpp"

#include <algorithm>

namespace shanhai::orders {

Allocator::Allocator(std::vector<LotStock> stock) : stock_{std::move(stock)} {
    for (std::size_t i = 0; i < stock_.size(); ++i) by_sku_[number(stock_[i].lot.sku)].push_back(i);
    const auto goes_first = [this](std::size_t left, std::size_t right) {
        const auto& a = stock_[left].lot;
        const auto& b = stock_[right].lot;
        const auto never = Date::max();
        return std::pair{a.expiry.value_or(never), a.id} < std::pair{b.expiry.value_or(never), b.id};
    };
    for (auto& [sku, lots] : by_sku_) std::ranges::sort(lots, goes_first);
}

std::optional<std::vector<Pick>> Allocator::take(std::span<const Demand> demands, Date today) {
    std::vector<Pick> picks;
    picks.reserve(demands.size());
    for (std::size_t i = 0; i < demands.size(); ++i) {
        if (serve(i, demands[i], today, picks)) continue;
        // Two lines of one SKU draw from the same lots, so only now is it known that the order fails.
        for (const auto& pick : picks) stock_[pick.stock].reserved -= pick.quantity;
        return std::nullopt;
    }
    return picks;
}

ShelfLevel Allocator::level(const Demand& demand, Date today) const {
    ShelfLevel level;
    const auto found = by_sku_.find(number(demand.sku));
    if (found == by_sku_.end()) return level;
    for (const auto place : found->second) {
        const auto& stock = stock_[place];
        if (!demand.served_by(stock.lot, today)) continue;
        level.available += stock.available();
        level.held += stock.reserved;
    }
    return level;
}

bool Allocator::serve(std::size_t index, const Demand& demand, Date today, std::vector<Pick>& picks) {
    auto missing = demand.quantity;
    const auto found = by_sku_.find(number(demand.sku));
    if (found == by_sku_.end()) return false;
    for (const auto place : found->second) {
        auto& stock = stock_[place];
        const auto taken = std::min(missing, stock.available());
        if (taken <= 0 || !demand.served_by(stock.lot, today)) continue;
        stock.reserved += taken;
        picks.push_back({index, place, taken});
        missing -= taken;
        if (missing == 0) return true;
    }
    return false;
}

}  // namespace shanhai::orders
