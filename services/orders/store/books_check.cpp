#include "orders/store/books_check.hpp"

#include <array>
#include <string_view>

namespace shanhai::orders {
namespace {

constexpr std::size_t named_max = 100;

/// `query` selects the ids of the places where the rule is broken.
struct Rule {
    std::string_view name;
    std::string_view place;
    std::string_view query;
};

constexpr std::array rules{
    Rule{"stock-is-journal", "lot",
         "SELECT s.lot_id FROM stock s LEFT JOIN (SELECT lot_id, SUM(delta_on_hand) h, SUM(delta_reserved) r "
         "FROM "
         "stock_journal GROUP BY lot_id) j ON j.lot_id = s.lot_id WHERE s.on_hand <> COALESCE(j.h, 0) OR "
         "s.reserved "
         "<> COALESCE(j.r, 0)"},
    Rule{"reserved-is-open-orders", "lot",
         "SELECT s.lot_id FROM stock s LEFT JOIN (SELECT l.lot_id, SUM(l.quantity) q FROM order_line l JOIN "
         "orders o "
         "ON o.order_id = l.order_id WHERE o.state = 'CREATED' GROUP BY l.lot_id) c ON c.lot_id = s.lot_id "
         "WHERE "
         "s.reserved <> COALESCE(c.q, 0)"},
    Rule{"sold-is-paid-lines", "order",
         "SELECT m.order_id FROM (SELECT l.order_id, l.lot_id, l.quantity q FROM order_line l JOIN orders o "
         "ON "
         "o.order_id = l.order_id WHERE o.state = 'PAID' UNION ALL SELECT order_id, lot_id, delta_on_hand "
         "FROM "
         "stock_journal WHERE kind = 'SALE') m GROUP BY m.order_id, m.lot_id HAVING SUM(m.q) <> 0"},
    Rule{"total-is-lines", "order",
         "SELECT o.order_id FROM orders o LEFT JOIN (SELECT order_id, SUM(total_fen) t FROM order_line GROUP "
         "BY "
         "order_id) l ON l.order_id = o.order_id WHERE o.total_fen <> l.t OR (l.t IS NULL AND o.state IN "
         "('CREATED', "
         "'PAID'))"},
    Rule{"paid-once", "order",
         "SELECT o.order_id FROM orders o LEFT JOIN (SELECT a.order_id, COUNT(*) c, SUM(a.amount_fen) t FROM "
         "payment_attempt a LEFT JOIN refund r ON r.attempt_id = a.attempt_id WHERE a.state = 'SUCCESS' AND "
         "r.attempt_id IS NULL GROUP BY a.order_id) p ON p.order_id = o.order_id WHERE (o.state = 'PAID' AND "
         "(COALESCE(p.c, 0) <> 1 OR p.t <> o.total_fen)) OR (o.state <> 'PAID' AND p.c IS NOT NULL)"},
    Rule{"refund-is-captured", "attempt",
         "SELECT r.attempt_id FROM refund r JOIN payment_attempt a ON a.attempt_id = r.attempt_id LEFT JOIN "
         "payment_quarantine q ON q.attempt_id = a.attempt_id AND q.decision = 'REJECTED' WHERE a.state <> "
         "'SUCCESS' "
         "OR r.amount_fen > COALESCE(q.amount_fen, a.amount_fen)"},
    Rule{"hold-is-open-order", "order",
         "SELECT h.order_id FROM unpaid_hold h LEFT JOIN orders o ON o.order_id = h.order_id WHERE "
         "o.order_id IS NULL "
         "OR o.state <> 'CREATED'"},
    Rule{"sold-is-listed", "order",
         "SELECT m.order_id FROM (SELECT DISTINCT l.order_id, r.merchant_id, 1 n FROM order_line l JOIN "
         "orders o ON o.order_id = l.order_id JOIN offer_revision r ON r.revision_id = l.revision_id WHERE "
         "o.state = 'PAID' UNION ALL SELECT order_id, merchant_id, -1 FROM sold_order) m GROUP BY "
         "m.order_id, m.merchant_id HAVING SUM(m.n) <> 0"},
    Rule{"receiver-of-order", "order",
         "SELECT o.order_id FROM orders o LEFT JOIN vault_record v ON v.order_id = o.order_id WHERE o.state "
         "IN "
         "('CREATED', 'PAID') AND v.order_id IS NULL"},
};

void check(database::Session& session, const Rule& rule, std::vector<Imbalance>& found) {
    auto rows = session.ask(std::string{rule.query} + " LIMIT " + std::to_string(named_max));
    while (rows.next())
        found.push_back({std::string{rule.name}, std::string{rule.place} + ' ' + rows.text(0)});
}

}  // namespace

Result<std::vector<Imbalance>> check_books(database::Pool& pool) {
    return pool.transact_blocking([](database::Session& session) -> Result<std::vector<Imbalance>> {
        std::vector<Imbalance> found;
        for (const auto& rule : rules) check(session, rule, found);
        return found;
    });
}

}  // namespace shanhai::orders
