#pragma once

#include "orders/domain/allocation.hpp"
#include "orders/domain/order.hpp"

#include <optional>
#include <string_view>

namespace shanhai::orders {

// What may have happened to goods between order and payment (FAILURES 21, 22), and what it means:
//   lot blocked, recalled, expired, or food without an expiry   another lot, or closed and refunded
//   merchant stopped                                            closed and refunded
//   certification suspended, revoked or ended                   unpaid: closed. Paid: sold, but not counted
//   product taken off the shelf                                 sold: the contract was formed before

inline constexpr std::string_view reason_lot_blocked = "lot-blocked";
inline constexpr std::string_view reason_lot_expired = "lot-expired";
inline constexpr std::string_view reason_expiry_unknown = "expiry-unknown";
inline constexpr std::string_view reason_merchant_inactive = "merchant-inactive";
inline constexpr std::string_view reason_not_certified = "certification-not-valid";

/// Why packs of this lot may not be handed over for a contract formed earlier; nothing when they may. Unlike
/// a new order, it needs the goods to be good today, not for `remaining_min` days more.
std::optional<std::string_view> lot_fault(const Lot& lot, const OfferTerms& terms, Date today);

/// Why an order must not be delivered whatever its lots are; nothing when it may.
std::optional<std::string_view> seller_fault(const Order& order, const OfferBook& book);

/// Why an order that is not paid is not held any longer, apart from its lots; nothing while it is.
std::optional<std::string_view> hold_fault(const Order& order, const OfferBook& book, Instant at);

}  // namespace shanhai::orders
