#pragma once

#include "chassis/database/session.hpp"
#include "orders/domain/staff_action.hpp"
#include "vocabulary/ids.hpp"

#include <string>
#include <vector>

namespace shanhai::orders {

/// Returns the action's number.
std::uint64_t insert_staff_action(database::Session& session, OrderId order, const StaffAction& action,
                                  Instant asked);

void finish_staff_action(database::Session& session, std::uint64_t action, Instant done);

/// Oldest first.
std::vector<StaffAction> load_staff_actions(database::Session& session, const std::string& order_number);

}  // namespace shanhai::orders
