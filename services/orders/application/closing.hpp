#pragma once

#include "chassis/backoff.hpp"
#include "orders/application/books.hpp"
#include "orders/domain/order.hpp"
#include "orders/domain/providers.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
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
    /// Closes orders that must not be held any longer, each with its reason; returns how many ended.
    std::size_t close(const std::map<OrderId, std::string>& reasons);
    /// How many orders could not be ended for a reason of their own when it was tried last; each is tried
    /// again once a minute. For any thread; all else but `cancel` is for one.
    std::size_t stuck() const { return stuck_count_; }

private:
    /// Why an order is ended that is CREATED and has no open attempt.
    struct End {
        OrderState target = OrderState::expired;
        const std::map<OrderId, std::string>* reasons = nullptr;
    };

    /// Closes open attempts at their providers and applies what they say. An attempt whose provider does not
    /// answer stays open, and so does its order.
    using Ended = Result<std::map<OrderId, Order>>;

    Result<Done> close_attempts(const std::vector<OrderId>& orders);
    /// Moves those that are CREATED and have no open attempt to `end.target`; the orders as they are now,
    /// without those that somebody has locked for long.
    Ended finish(const std::vector<OrderId>& orders, const End& end);
    /// The same, where one order that cannot be ended, of which `cannot_end` is told, keeps no other open.
    Ended finish_apart(const std::vector<OrderId>& orders, const End& end,
                       const std::function<void(OrderId)>& cannot_end);

    void set_stuck(OrderId order);
    void leave_stuck(std::vector<OrderId>& orders);
    void free_stuck(const std::map<OrderId, Order>& ended);

    const Books& books_;
    const Providers& providers_;
    std::map<OrderId, Clock::Steady> stuck_;  ///< And when to try again.
    std::atomic<std::size_t> stuck_count_ = 0;
    chassis::Backoff backoff_{std::chrono::milliseconds{500}, std::chrono::seconds{30}};
};

}  // namespace shanhai::orders
