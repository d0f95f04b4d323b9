#pragma once

#include "chassis/http/json.hpp"
#include "orders/domain/desk.hpp"

#include <limits>

namespace shanhai::orders {

/// What the body of receiveStock and a line of a table say alike; look at fields.complaints() afterwards.
template <class Arrival>
void read_arrival(http::Fields& fields, Arrival& arrival) {
    constexpr auto id_max = std::numeric_limits<std::int64_t>::max();
    arrival.lot = LotId{static_cast<std::uint64_t>(fields.integer("lot_id", 1, id_max))};
    arrival.quantity = fields.integer("quantity", 1, quantity_max);
    arrival.note = fields.optional_text("note", 0, 200, Lines::joined).value_or("");
}

}  // namespace shanhai::orders
