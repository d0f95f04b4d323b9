#pragma once

#include "orders/domain/payment.hpp"
#include "orders/store/order_reader.hpp"

#include <vector>

namespace shanhai::orders {

/// The attempts with these numbers, by id; unknown numbers are left out. Lock their orders first.
std::vector<Attempt> load_attempts(database::Session& session, const std::vector<std::string>& numbers,
                                   Locking locking);
/// The attempts of these orders, by id.
std::vector<Attempt> load_attempts_of(database::Session& session, const std::vector<OrderId>& orders);
/// Those that a shopper might still pay.
std::vector<Attempt> load_open_attempts_of(database::Session& session, const std::vector<OrderId>& orders);

}  // namespace shanhai::orders
