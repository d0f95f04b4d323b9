#pragma once

#include "chassis/database/session.hpp"
#include "orders/domain/facts.hpp"
#include "orders/store/sql.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace shanhai::orders {

/// Orders with their lines, by id; ids that do not exist are left out. With Locking::for_update the order
/// rows are locked in id order (lines belong to their order and need no lock of their own); with
/// Locking::skip_locked orders that somebody has locked are left out.
std::map<OrderId, Order> load_orders(database::Session& session, const std::vector<OrderId>& ids,
                                     Locking locking);

struct NewOrder {
    const Order* order = nullptr;
    bool confirmed_no_return = false;
};
/// With their lines.
void insert_orders(database::Session& session, const std::vector<NewOrder>& orders);
/// Unpaid orders draw on other lots now: their lines are new.
void replace_lines(database::Session& session, const std::vector<const Order*>& orders);
/// These were paid: state, moment, and what their lines were certified by. Of `relined` the lines are new.
/// Throws std::logic_error when one could not be paid any more: it must have been looked at under its lock.
void write_paid(database::Session& session, const std::vector<PaidOrder>& paid,
                const std::set<OrderId>& relined);

struct OrderEnd {
    OrderId order{};
    OrderState state{};                   ///< EXPIRED or CANCELLED.
    std::optional<std::string> reason{};  ///< Why we closed it, if we did.
};
/// Throws std::logic_error when one was not open any more.
void write_ends(database::Session& session, const std::vector<OrderEnd>& ends, Instant at);
/// Open orders are held for `reservation` from their placing on, each once.
void extend_holds(database::Session& session, const std::vector<OrderId>& orders,
                  std::chrono::seconds reservation);

/// Open orders whose time was over at `at` but not at `after`, oldest first, `limit` of them, and the last
/// one's time.
struct Due {
    std::vector<OrderId> orders;
    Instant last{};
};
Due load_due(database::Session& session, Instant at, Instant after, std::size_t limit);
/// Open orders placed since `since` that draw on one of these lots; `limit` of them at most.
std::vector<OrderId> open_orders_of(database::Session& session, const std::set<LotId>& lots, Instant since,
                                    std::size_t limit);
/// The last numbers that anything stored has: of orders, and of all other rows.
std::pair<std::uint64_t, std::uint64_t> last_numbers(database::Session& session);

/// The ids of these order numbers.
std::map<std::string, OrderId> order_ids(database::Session& session, const std::vector<std::string>& numbers);

}  // namespace shanhai::orders
