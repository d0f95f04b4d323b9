#pragma once

#include "audit/store/new_order.hpp"
#include "chassis/database/pool.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace shanhai::audit {

/// How many different orders and buyers have counted lines.
struct Counts {
    std::int64_t orders = 0;
    std::int64_t buyers = 0;
};

/// Counts the orders and buyers of what is appended behind `first_index`, and remembers whose entries they
/// are. Part of the transaction that appends. Throws std::runtime_error unless everything before is counted.
void count_orders(database::Session& session, std::uint64_t first_index, const std::vector<NewOrder>& orders);

/// Counts entries that were appended before there were these tables, some thousands a transaction.
Result<Done> catch_up_counts(database::Pool& pool);

/// Forgets whose entries an order's are. The figures stay as they were.
void erase_order(database::Session& session, OrderId order);

/// A month's counts by county, through one channel or all; the key "" is all counties together. Each order
/// and each buyer counts once in each.
std::map<std::string, Counts> read_counts(database::Session& session, const Month& month,
                                          const std::optional<std::string>& channel);

/// The entries of an order.
struct OrderEntries {
    std::uint64_t first_index = 0;
    std::uint64_t count = 0;
};
/// The number of the order whose entry that is: nothing when there is no such entry, or the order was erased.
std::optional<std::string> order_of_entry(database::Session& session, std::uint64_t index);
/// Nothing when no such order is in the ledger, or it was erased.
std::optional<OrderEntries> entries_of_order(database::Session& session, const std::string& order_number);

}  // namespace shanhai::audit
