#pragma once

#include "chassis/http/json.hpp"
#include "orders/domain/desk.hpp"
#include "orders/domain/listing.hpp"
#include "orders/domain/staff_action.hpp"

#include <boost/json/array.hpp>

#include <string>
#include <string_view>

namespace shanhai::orders {

/// Reads the body of POST /v1/orders. Fails with 422 that names every field at fault.
Result<OrderRequest> read_order(const boost::json::value& body);
/// The member "receiver" of an order.
Receiver read_receiver(http::Fields fields);

/// The answer to POST /v1/orders. It says what was true when the order was placed, so that a
/// repetition gives the same bytes, whatever became of the order since.
std::string placed_json(const Order& order, std::string_view access_token);

/// With what it brings each county, as far as these offers are known.
boost::json::object view_json(const OrderView& view, const OfferBook& book);
/// An order on a list of the staff's: its lines say whose goods they are.
boost::json::object listed_json(const ListedOrder& listed);
/// What the staff did with an order, for the staff.
boost::json::array history_json(const std::vector<StaffAction>& history);
boost::json::object attempt_json(const Attempt& attempt);

}  // namespace shanhai::orders
