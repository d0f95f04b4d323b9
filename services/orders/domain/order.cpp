#include "orders/domain/order.hpp"

#include <algorithm>

namespace shanhai::orders {

Error order_unknown() { return {Failure::not_found, "order-unknown", "there is no such order"}; }

bool may_become(OrderState from, OrderState to) {
    switch (from) {
        case OrderState::created:
            return to != OrderState::created;
        case OrderState::expired:
            return to == OrderState::paid;
        case OrderState::paid:
        case OrderState::cancelled:
            return false;
    }
    return false;
}

bool Order::receiver_forgotten() const {
    return !buyer.empty() && std::ranges::all_of(buyer, [](char byte) { return byte == '\0'; });
}

}  // namespace shanhai::orders
