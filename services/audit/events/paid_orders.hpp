#pragma once

#include "audit/store/new_order.hpp"
#include "chassis/events/lessons.hpp"
#include "shanhai/event/v1/orders.pb.h"

#include <cstdint>
#include <vector>

namespace shanhai::audit {

inline constexpr std::size_t pending_orders_max = 1000;  // One transaction's share.

/// The oldest paid orders that wait for the ledger, as it will hold them.
struct PendingOrders {
    std::uint64_t last_id = 0;
    std::vector<NewOrder> orders;
};

/// At most pending_orders_max, up to the first that became known after `complete_until`. Decides here what is
/// final from then on: each line's credit, and whether it counts. Throws when one cannot be read.
PendingOrders read_pending(database::Session& session, Instant complete_until);
void forget_pending(database::Session& session, const PendingOrders& taken);

/// Lets orders wait for the ledger, but those that are there already.
void keep_pending(database::Session& session, const std::vector<events::Learnt<event::v1::OrderPaid>>& sales);

}  // namespace shanhai::audit
