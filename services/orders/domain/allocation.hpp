#pragma once

#include "orders/domain/offers.hpp"

#include <map>
#include <optional>
#include <span>
#include <vector>

namespace shanhai::orders {

/// A lot and what the store holds of it, in packs. Invariant: 0 <= reserved <= on_hand.
struct LotStock {
    Lot lot;
    std::int64_t on_hand = 0;
    std::int64_t reserved = 0;

    std::int64_t available() const { return on_hand - reserved; }
};

/// What one line of an order asks for.
struct Demand {
    SkuId sku{};
    std::int64_t quantity = 0;
    std::chrono::days remaining_min{0};
    bool expiry_required = false;  ///< Food: a lot without a day of expiry does not serve it.

    static Demand of(const OfferTerms& terms, std::int64_t quantity) {
        return {terms.sku, quantity, terms.remaining_min, terms.food};
    }
    bool served_by(const Lot& lot, Date today) const {
        return lot.sku == sku && lot.sellable_on(today, remaining_min, expiry_required);
    }
};

/// How much of what a demand may draw on is free, and how much is held by unpaid orders.
struct ShelfLevel {
    std::int64_t available = 0;
    std::int64_t held = 0;
};

/// Some packs of one lot for one line.
struct Pick {
    std::size_t demand = 0;  ///< Index of the demand it serves.
    std::size_t stock = 0;   ///< Index into Allocator::stock().
    std::int64_t quantity = 0;
};

/// Shares out locked stock among the orders of a batch: first come, first served, first expired,
/// first out (DOMAIN 4.4), each order all or nothing.
class Allocator {
public:
    explicit Allocator(std::vector<LotStock> stock);

    /// Reserves every demand, or nothing at all and returns nothing. Picks are in the order of the demands.
    std::optional<std::vector<Pick>> take(std::span<const Demand> demands, Date today);

    const std::vector<LotStock>& stock() const { return stock_; }
    ShelfLevel level(const Demand& demand, Date today) const;

private:
    bool serve(std::size_t index, const Demand& demand, Date today, std::vector<Pick>& picks);

    std::vector<LotStock> stock_;
    std::unordered_map<std::uint64_t, std::vector<std::size_t>> by_sku_;  // First expiry first.
};

}  // namespace shanhai::orders
