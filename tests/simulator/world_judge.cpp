#include "orders/store/books_check.hpp"
#include "simulator/world.hpp"

namespace shanhai::simulator {

void World::expect_none(const std::string& what, const std::string& query) {
    for (const auto& row : stage_.database.ask(query)) wrong(what + ": " + row[0].value_or("nothing"));
}

/// When all is at rest: the books balance, nothing is open, nobody waits, and what was promised is so.
void World::judge() {
    const auto found = orders::check_books(processes_[0]->pool);
    if (!found) return wrong("the books cannot be read: " + found.error().message());
    for (const auto& one : *found) wrong(one.rule + ": " + one.where);
    expect_none("still open", "SELECT order_number FROM orders WHERE state = 'CREATED'");
    expect_none("goods are still held", "SELECT lot_id FROM stock WHERE reserved <> 0");
    expect_none("waits for a human", "SELECT attempt_number FROM payment_attempt WHERE quarantined");
    expect_none("a notification waits",
                "SELECT provider_notification_id FROM payment_notification WHERE state <> 'APPLIED'");
    expect_none("a refund waits", "SELECT refund_number FROM refund WHERE state <> 'SUCCESS'");
    expect_none("ended twice",
                "SELECT order_id FROM stock_journal WHERE order_id IS NOT NULL GROUP BY order_id, lot_id "
                "HAVING SUM(delta_reserved) <> 0");
    for (const auto& [key, wish] : wishes_) {
        if (wish.number.empty()) continue;
        const auto id = text("SELECT order_id FROM orders WHERE order_number = '" + wish.number + "'");
        if (id.empty()) wrong("an order that was confirmed is gone: " + wish.number);
    }
    if (processes_[0]->closing.stuck() > 0) wrong("an order cannot be ended");
    judge_money();
    judge_facts();
}

/// What the bank has taken and not given back is what the orders that are paid cost.
void World::judge_money() {
    std::map<std::string, std::int64_t> kept;
    for (const auto& [number, payment] : bank_.payments()) {
        if (payment.state != orders::ProviderState::success) continue;
        const auto order =
            text("SELECT order_id FROM payment_attempt WHERE attempt_number = '" + number + "'");
        if (order.empty()) wrong("the bank knows a payment that we do not: " + number);
        kept[order] += payment.amount.count() * (1 - static_cast<std::int64_t>(payment.refunds.size()));
        ++tally_[!payment.refunds.empty() ? "paid and given back" : "paid"];
    }
    for (const auto& row : stage_.database.ask("SELECT order_id, total_fen, state FROM orders")) {
        const auto due = *row[2] == "PAID" ? std::stoll(*row[1]) : 0;
        if (kept[*row[0]] != due) {
            wrong("order " + *row[0] + " is " + *row[2] + " and " + std::to_string(kept[*row[0]]) +
                  " fen are kept for it, not " + std::to_string(due));
        }
    }
}

/// Who listens knows each thing once, and no thing that is not so.
void World::judge_facts() {
    expect_none("a frame has no number", "SELECT id FROM outbox WHERE seq IS NULL");
    expect_none("told more than once",
                "SELECT what FROM told WHERE times > 1 AND what <> 'refunded' GROUP BY what");
    const auto untold = [this](const std::string& what, const std::string& truth) {
        expect_none("not told, or not so: " + what,
                    "SELECT order_id FROM (SELECT order_id, 1 AS n FROM orders WHERE " + truth +
                        " UNION ALL SELECT order_id, -1 FROM told WHERE what = '" + what +
                        "') m GROUP BY order_id HAVING SUM(n) <> 0");
    };
    untold("placed", "TRUE");
    untold("paid", "state = 'PAID'");
    untold("cancelled", "state = 'CANCELLED'");
    expect_none(
        "expired and not told",
        "SELECT order_id FROM orders WHERE state = 'EXPIRED' AND order_id NOT IN (SELECT order_id FROM "
        "told WHERE what = 'expired')");
    expect_none("refunds told wrongly",
                "SELECT order_id FROM (SELECT order_id, 1 AS n FROM refund UNION ALL SELECT order_id, -times "
                "FROM told WHERE what = 'refunded') m GROUP BY order_id HAVING SUM(n) <> 0");
    expect_none("another stock was told",
                "SELECT s.lot_id FROM stock s LEFT JOIN told_stock t ON t.lot_id = s.lot_id WHERE "
                "COALESCE(t.available, 0) <> s.on_hand - s.reserved");
}

}  // namespace shanhai::simulator
