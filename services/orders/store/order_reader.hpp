#pragma once

#include "chassis/database/session.hpp"
#include "orders/domain/order.hpp"
#include "orders/store/sql.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace shanhai::orders {

/// Orders with their lines, by id; ids that do not exist are left out. With Locking::for_update the order
/// rows are locked in id order (lines belong to their order and need no lock of their own); with
/// Locking::skip_locked orders that somebody has locked are left out.
std::map<OrderId, Order> load_orders(database::Session& session, const std::vector<OrderId>& ids,
                                     Locking locking);

/// The ids of these order numbers.
std::map<std::string, OrderId> order_ids(database::Session& session, const std::vector<std::string>& numbers);

}  // namespace shanhai::orders
