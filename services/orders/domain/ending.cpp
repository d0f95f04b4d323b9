#include "orders/domain/ending.hpp"

#include <algorithm>
#include <chrono>

namespace shanhai::orders {

bool may_end(const Order& order, const std::vector<Attempt>& open, OrderState target, Instant now) {
    if (order.state != OrderState::created || !may_become(order.state, target)) return false;
    if (target == OrderState::expired && order.expires > now) return false;
    return std::ranges::none_of(
        open, [&](const Attempt& attempt) { return attempt.order == order.id && !attempt.quarantined; });
}

std::optional<Error> cancellation_refused(const Order& order) {
    switch (order.state) {
        case OrderState::cancelled:
            return std::nullopt;
        case OrderState::created: {
            Error error{Failure::unavailable, "provider-unavailable",
                        "a payment of this order could not be closed yet; try again"};
            return error.retry_after(std::chrono::seconds{5});
        }
        case OrderState::paid:
        case OrderState::expired:
            break;
    }
    return Error{Failure::conflict, "order-not-cancellable",
                 "the order is " + std::string{wire_name(order.state)} + " and cannot be cancelled"};
}

Result<std::optional<Attempt>> attempt_to_pay(const Order& order, const std::vector<Attempt>& open,
                                              const std::string& provider, Instant now) {
    if (order.state != OrderState::created || order.expires <= now) {
        return Error{Failure::conflict, "order-not-payable",
                     "the order is " + std::string{wire_name(order.state)} + " or its reservation has ended"};
    }
    const auto found = std::ranges::find_if(open, [&](const Attempt& attempt) {
        return attempt.order == order.id && attempt.provider == provider && !attempt.quarantined;
    });
    return found == open.end() ? std::optional<Attempt>{} : std::optional{*found};
}

}  // namespace shanhai::orders
