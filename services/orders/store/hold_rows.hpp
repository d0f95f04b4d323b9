#pragma once

#include "chassis/database/session.hpp"
#include "orders/domain/holds.hpp"

#include <map>
#include <utility>
#include <vector>

namespace shanhai::orders {

/// What every unpaid order holds.
std::vector<std::pair<OrderId, Hold>> load_holds(database::Session& session);
void insert_holds(database::Session& session, const std::map<OrderId, Hold>& holds);
/// Forgets the rows of orders that are paid or over.
void forget_holds(database::Session& session, const std::vector<OrderId>& orders);

}  // namespace shanhai::orders
