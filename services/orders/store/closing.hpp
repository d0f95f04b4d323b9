#pragma once

#include "orders/domain/providers.hpp"
#include "orders/store/order_writer.hpp"

#include <span>
#include <string>
#include <vector>

namespace shanhai::orders {

/// Ends orders that were not paid: expired ones in batches, cancelled ones on request. Open payments are
/// closed at the provider first; an order whose money turns out to be there is paid instead (FAILURES 8).
class Closing {
public:
    Closing(const Books& books, const Providers& providers) : books_{books}, providers_{providers} {}

    /// Expires everything that is due; returns how many orders ended.
    std::size_t expire_due();
    /// Cancels orders by number. Fails, each for itself, with 404 `order-unknown`, 409
    /// `order-not-cancellable` or 503 `provider-unavailable`.
    std::vector<Result<Done>> cancel(std::span<std::string> numbers);

private:
    /// Closes open attempts at their providers and applies what they say. An attempt whose provider does not
    /// answer stays open, and so does its order.
    Result<Done> close_attempts(const std::vector<OrderId>& orders);
    /// Moves those that are CREATED and have no open attempt to `target`; the orders as they are now.
    Result<std::map<OrderId, Order>> finish(const std::vector<OrderId>& orders, OrderState target);

    const Books& books_;
    const Providers& providers_;
};

}  // namespace shanhai::orders
