#include "orders/store/refund_rows.hpp"

#include "orders/store/sql.hpp"

namespace shanhai::orders {
namespace {

const std::string pending =
    "SELECT r.attempt_id, r.refund_number, a.attempt_number, a.provider, r.order_id, o.order_number, "
    "r.amount_fen, r.reason FROM refund r JOIN payment_attempt a ON a.attempt_id = r.attempt_id JOIN orders "
    "o "
    "ON o.order_id = r.order_id WHERE r.state = 'PENDING' AND ";

DueRefund read_due(const database::Rows& rows) {
    return {rows.id<AttemptId>(0), rows.text(1), rows.text(2),         rows.text(3),
            rows.id<OrderId>(4),   rows.text(5), Fen{rows.integer(6)}, rows.text(7)};
}

}  // namespace

/// The number is made from the attempt's, so that a repeated refund is the same refund.
void insert_refunds(database::Session& session, const std::vector<NewRefund>& refunds, Instant due) {
    database::Insert insert{
        "INSERT INTO refund (attempt_id, refund_number, order_id, amount_fen, reason, state, try_at) VALUES",
        "ON DUPLICATE KEY UPDATE attempt_id = VALUES(attempt_id)"};
    for (const auto& refund : refunds) {
        insert.row(refund.attempt, "RF" + refund.attempt_number, refund.order, refund.amount.count(),
                   refund.reason, "PENDING", due);
    }
    insert.run(session);
}

std::vector<DueRefund> take_due_refunds(database::Session& session, Instant now, std::size_t limit) {
    std::vector<DueRefund> due;
    std::vector<AttemptId> ids;
    auto rows = session.query(pending + "r.try_at <= ? ORDER BY r.try_at LIMIT ?", now, limit);
    while (rows.next()) {
        due.push_back(read_due(rows));
        ids.push_back(due.back().attempt);
    }
    if (ids.empty()) return due;
    session.run(
        "UPDATE refund SET try_at = try_at + INTERVAL LEAST(3600, 10 << LEAST(tries, 9)) SECOND, tries = "
        "tries "
        "+ 1 WHERE state = 'PENDING' AND attempt_id IN " +
        in_list(ids));
    return due;
}

std::optional<DueRefund> lock_pending_refund(database::Session& session, AttemptId attempt) {
    auto rows = session.query(pending + "r.attempt_id = ? FOR UPDATE", attempt);
    if (!rows.next()) return std::nullopt;
    return read_due(rows);
}

bool write_refunded(database::Session& session, AttemptId attempt, Instant at) {
    return session.execute(
               "UPDATE refund SET state = 'SUCCESS', refunded_at = ? WHERE attempt_id = ? AND state = "
               "'PENDING'",
               at, attempt) > 0;
}

std::vector<RefundView> refunds_of(database::Session& session, OrderId order) {
    std::vector<RefundView> refunds;
    auto rows = session.query(
        "SELECT amount_fen, reason, state, refunded_at FROM refund WHERE order_id = ? ORDER BY attempt_id",
        order);
    while (rows.next()) {
        refunds.push_back(
            {Fen{rows.integer(0)}, rows.text(1), rows.text(2) == "SUCCESS", rows.optional_instant(3)});
    }
    return refunds;
}

}  // namespace shanhai::orders
