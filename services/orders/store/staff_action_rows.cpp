#include "orders/store/staff_action_rows.hpp"

namespace shanhai::orders {

std::uint64_t insert_staff_action(database::Session& session, OrderId order, const StaffAction& action,
                                  Instant asked) {
    session.execute(
        "INSERT INTO staff_action (order_id, what, account_id, name, reason, asked_at) VALUES (?, ?, ?, ?, "
        "?, ?)",
        order, action.what, action.account, action.name, action.reason, asked);
    return session.last_insert_id();
}

void finish_staff_action(database::Session& session, std::uint64_t action, Instant done) {
    session.execute("UPDATE staff_action SET done_at = ? WHERE action_id = ?", done, action);
}

std::vector<StaffAction> load_staff_actions(database::Session& session, const std::string& order_number) {
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
}

}  // namespace shanhai::orders
