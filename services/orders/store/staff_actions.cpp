#include "orders/store/staff_actions.hpp"

#include "chassis/database/session.hpp"

namespace shanhai::orders {

using database::Session;

StaffActions::Answer<std::uint64_t> StaffActions::begin(std::string order_number, StaffAction action) {
    auto work = [order_number = std::move(order_number),
                 action = std::move(action)](Session& session) -> Result<std::uint64_t> {
        auto order = session.query("SELECT order_id FROM orders WHERE order_number = ?", order_number);
        if (!order.next()) return Error{Failure::not_found, "order-unknown", "there is no such order"};
        session.execute(
            "INSERT INTO staff_action (order_id, what, account_id, name, reason, asked_at) VALUES (?, ?, ?, "
            "?, ?, ?)",
            order.natural(0), action.what, action.account, action.name, action.reason, session.now());
        return session.last_insert_id();
    };
    co_return co_await pool_.transact(std::move(work));
}

StaffActions::Answer<Done> StaffActions::finish(std::uint64_t action) {
    auto work = [action](Session& session) -> Result<Done> {
        session.execute("UPDATE staff_action SET done_at = ? WHERE action_id = ?", session.now(), action);
        return Done{};
    };
    co_return co_await pool_.transact(std::move(work));
}

StaffActions::Answer<std::vector<StaffAction>> StaffActions::of(std::string order_number) {
    auto work = [order_number =
                     std::move(order_number)](Session& session) -> Result<std::vector<StaffAction>> {
        auto rows = session.query(
            "SELECT a.what, a.account_id, a.name, a.reason, a.asked_at, a.done_at FROM staff_action a"
            " JOIN orders o ON o.order_id = a.order_id WHERE o.order_number = ? ORDER BY a.action_id",
            order_number);
        std::vector<StaffAction> found;
        while (rows.next()) {
            found.push_back({rows.text(0), rows.natural(1), rows.text(2), rows.text(3), rows.instant(4),
                             rows.optional_instant(5)});
        }
        return found;
    };
    co_return co_await pool_.transact(std::move(work));
}

}  // namespace shanhai::orders
