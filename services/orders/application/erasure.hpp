#pragma once

#include "orders/application/books.hpp"

#include <string>
#include <vector>

namespace shanhai::orders {

/// Makes the salts of orders that are being paid, keeps them in their vault records, and commits to numbers
/// and buyers with them. An order is paid once, so this is where its salt is born; an order that was erased
/// before gets commitments that nobody can open.
void seal_for_ledger(database::Session& session, std::vector<PaidOrder>& paid);

/// Forgets whose order this was: destroys the vault record's data key and salt and the pseudonyms beside
/// them, and tells it (OrderErased). No hash of the ledger changes. Repeating it is harmless. Fails with 404
/// `order-unknown`, and with 409 `order-open` while the order may still be paid.
Result<Done> erase_order(const Books& books, const std::string& order_number);

}  // namespace shanhai::orders
