#include "orders/store/quarantine_rows.hpp"

#include "orders/store/sql.hpp"

namespace shanhai::orders {

void note_quarantine(database::Session& session, AttemptId attempt, std::string_view reason,
                     const ProviderReport* report, Instant at) {
    const bool paid = report != nullptr && report->state == ProviderState::success;
    session.execute(
        "INSERT INTO payment_quarantine (attempt_id, reason, amount_fen, transaction_id, reported_paid_at, "
        "since) VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE reason = VALUES(reason), amount_fen = "
        "IF(VALUES(amount_fen) > 0, VALUES(amount_fen), amount_fen), transaction_id = "
        "IF(VALUES(amount_fen) > 0, VALUES(transaction_id), transaction_id), reported_paid_at = "
        "COALESCE(VALUES(reported_paid_at), reported_paid_at), decision = NULL",
        attempt, reason, paid ? report->amount.count() : 0,
        paid ? std::string_view{report->transaction_id} : std::string_view{},
        paid ? std::optional{report->paid} : std::nullopt, at);
}

bool awaits_decision(database::Session& session, AttemptId attempt) {
    return session
        .query("SELECT 1 FROM payment_quarantine WHERE attempt_id = ? AND decision IS NULL", attempt)
        .next();
}

bool write_decision(database::Session& session, AttemptId attempt, const Decision& decision,
                    std::string_view decided, Instant at) {
    return session.execute(
               "UPDATE payment_quarantine SET decision = ?, decided_at = ?, decided_by = ?, note = ? WHERE "
               "attempt_id = ? AND decision IS NULL",
               decided, at, decision.who, decision.note, attempt) > 0;
}

void note_decision(database::Session& session, AttemptId attempt, std::string_view reason,
                   const Decision& decision, std::string_view decided, Instant at) {
    session.execute(
        "INSERT INTO payment_quarantine (attempt_id, reason, amount_fen, transaction_id, since, decision, "
        "decided_at, decided_by, note) VALUES (?, ?, 0, '', ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE decision "
        "= "
        "VALUES(decision), decided_at = VALUES(decided_at), decided_by = VALUES(decided_by), note = "
        "VALUES(note)",
        attempt, reason, at, decided, at, decision.who, decision.note);
}

std::optional<ReportedMoney> reported_money(database::Session& session, AttemptId attempt) {
    auto rows = session.query(
        "SELECT amount_fen, transaction_id, reported_paid_at, reason FROM payment_quarantine WHERE "
        "attempt_id = "
        "? AND amount_fen > 0 AND reported_paid_at IS NOT NULL",
        attempt);
    if (!rows.next()) return std::nullopt;
    return ReportedMoney{Fen{rows.integer(0)}, rows.text(1), rows.instant(2), rows.text(3)};
}

void write_paid_attempt(database::Session& session, AttemptId attempt, const ReportedMoney& money) {
    session.execute(
        "UPDATE payment_attempt SET state = 'SUCCESS', transaction_id = ?, paid_at = ?, poll_at = NULL WHERE "
        "attempt_id = ?",
        money.transaction_id, money.paid, attempt);
}

std::vector<QuarantinedPayment> load_quarantined(database::Session& session, std::size_t limit) {
    std::vector<QuarantinedPayment> found;
    auto rows = session.query(
        "SELECT a.attempt_number, o.order_number, a.provider, q.reason, a.amount_fen, q.amount_fen, q.since "
        "FROM payment_quarantine q JOIN payment_attempt a ON a.attempt_id = q.attempt_id JOIN orders o ON "
        "o.order_id = a.order_id WHERE q.decision IS NULL UNION SELECT n.attempt_number, "
        "COALESCE(o.order_number, ''), n.provider, 'not-applied', COALESCE(a.amount_fen, 0), n.amount_fen, "
        "n.received_at FROM payment_notification n LEFT JOIN payment_attempt a ON a.attempt_number = "
        "n.attempt_number LEFT JOIN orders o ON o.order_id = a.order_id WHERE n.state = 'QUARANTINED' AND "
        "NOT "
        "EXISTS (SELECT 1 FROM payment_quarantine q WHERE q.attempt_id = a.attempt_id AND q.decision IS "
        "NULL) "
        "LIMIT ?",
        limit);
    while (rows.next()) {
        found.push_back({rows.text(0), rows.text(1), rows.text(2), rows.text(3), Fen{rows.integer(4)},
                         Fen{rows.integer(5)}, rows.instant(6)});
    }
    return found;
}

std::vector<StrandedPayment> load_stranded(database::Session& session,
                                           const std::vector<std::string>& providers, std::size_t limit) {
    const auto known = providers.empty() ? std::string{"('')"} : in_list(providers);
    std::vector<StrandedPayment> found;
    auto rows = session.ask(
        "SELECT a.attempt_number, o.order_number, a.provider, 0 FROM orders o JOIN payment_attempt a ON "
        "a.order_id = o.order_id WHERE o.state = 'CREATED' AND a.state IN ('CREATED', 'PENDING') AND "
        "a.provider "
        "NOT IN " +
        known +
        " UNION SELECT a.attempt_number, o.order_number, a.provider, r.amount_fen FROM refund r JOIN "
        "payment_attempt a ON a.attempt_id = r.attempt_id JOIN orders o ON o.order_id = r.order_id WHERE "
        "r.state = 'PENDING' AND a.provider NOT IN " +
        known + " LIMIT " + std::to_string(limit));
    while (rows.next()) {
        found.push_back({rows.text(0), rows.text(1), rows.text(2), Fen{rows.integer(3)}});
    }
    return found;
}

}  // namespace shanhai::orders
