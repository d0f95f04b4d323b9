#pragma once

#include "orders/domain/payment.hpp"

#include <optional>
#include <vector>

namespace shanhai::orders {

/// Whether an order may become `target` (EXPIRED or CANCELLED) at `now`: it is open; to expire, its time is
/// over; and nobody can pay it any more. An attempt that waits for a human does not keep it open: money that
/// it may bring after all is judged by the order's state then. `open`: its attempts that a shopper might
/// still pay.
bool may_end(const Order& order, const std::vector<Attempt>& open, OrderState target, Instant now);

/// Why an order that somebody wanted to cancel is not cancelled now; nothing when it is. 503
/// `provider-unavailable`, 409 `order-not-cancellable`.
std::optional<Error> cancellation_refused(const Order& order);

/// The attempt that an order is paid by when somebody asks to pay it through `provider`: an open one of that
/// provider, or nothing, for a new one. Fails with 409 `order-not-payable`. `open`: the open attempts of this
/// order, or of many.
Result<std::optional<Attempt>> attempt_to_pay(const Order& order, const std::vector<Attempt>& open,
                                              const std::string& provider, Instant now);

}  // namespace shanhai::orders
