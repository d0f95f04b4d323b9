#include "orders/domain/capture.hpp"

#include <algorithm>

namespace shanhai::orders {

std::optional<std::string_view> lot_fault(const Lot& lot, const OfferTerms& terms, Date today) {
    if (!lot.saleable) return reason_lot_blocked;
    if (terms.food && !lot.expiry) return reason_expiry_unknown;
    if (lot.expiry && *lot.expiry <= today) return reason_lot_expired;
    return std::nullopt;
}

std::optional<std::string_view> seller_fault(const Order& order, const OfferBook& book) {
    const bool stopped = std::ranges::any_of(
        order.lines, [&](const OrderLine& line) { return !book.merchant_active(line.terms->merchant); });
    return stopped ? std::optional{reason_merchant_inactive} : std::nullopt;
}

std::optional<std::string_view> hold_fault(const Order& order, const OfferBook& book, Instant at) {
    if (const auto fault = seller_fault(order, book)) return fault;
    for (const auto& line : order.lines) {
        const auto* offer = book.offer(line.terms->sku);
        if (offer != nullptr && !offer->certification_at(at)) return reason_not_certified;
    }
    return std::nullopt;
}

}  // namespace shanhai::orders
