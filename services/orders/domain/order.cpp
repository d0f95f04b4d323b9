#include "orders/domain/order.hpp"

namespace shanhai::orders {

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

}  // namespace shanhai::orders
