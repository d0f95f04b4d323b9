#pragma once

#include "orders/domain/allocation.hpp"
#include "orders/domain/order.hpp"

#include <vector>

namespace shanhai::orders {

// An order whose lots may not be sold any more is served from others: its lines are drawn anew.

/// What these lines ask of the lots.
std::vector<Demand> demands_of(const std::vector<OrderLine>& lines);

/// The wanted line that a pick serves, drawn from the pick's lot, under a number of its own.
OrderLine drawn(const std::vector<OrderLine>& wanted, const Pick& pick, const Lot& lot, OrderLineId id);

}  // namespace shanhai::orders
