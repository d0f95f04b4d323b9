#include "orders/store/quarantine.hpp"

#include "orders/store/attempt_reader.hpp"
#include "orders/store/order_reader.hpp"
#include "orders/store/sql.hpp"

#include <algorithm>

namespace shanhai::orders {
namespace {

constexpr std::size_t listed_max = 1000;

Error attempt_unknown() { return {Failure::not_found, "attempt-unknown", "there is no such payment"}; }

/// The attempt under its order's lock.
Result<Attempt> locked(database::Session& session, const std::string& number) {
    const auto known = load_attempts(session, {number}, Locking::none);
    if (known.empty()) return attempt_unknown();
    (void)load_orders(session, {known.front().order}, Locking::for_update);
    return load_attempts(session, {number}, Locking::for_update).front();
}

/// What the oldest notification of the attempt said that could not be applied; one that tells of money first.
std::optional<ProviderReport> not_applied(database::Session& session, const Attempt& attempt) {
    auto rows = session.query(
        "SELECT report_state, transaction_id, amount_fen, paid_at FROM payment_notification WHERE state = "
        "'QUARANTINED' AND attempt_number = ? ORDER BY report_state <> 'SUCCESS', notification_id LIMIT 1",
        attempt.number);
    if (!rows.next()) return std::nullopt;
    return ProviderReport{attempt.number,
                          from_wire_name<ProviderState>(rows.text(0)).value_or(ProviderState::unknown),
                          rows.text(1), Fen{rows.integer(2)}, rows.instant(3)};
}

/// Writes the decision; its notifications become `state`. False when nothing waits.
bool decide(database::Session& session, const Attempt& attempt, const Decision& decision,
            std::string_view decided, std::string_view state) {
    const auto now = session.database_now();
    // What a notification alone told of is noted now, so that its money is known to whoever decides.
    if (const auto report = not_applied(session, attempt)) {
        auto noted = session.query(
            "SELECT 1 FROM payment_quarantine WHERE attempt_id = ? AND decision IS NULL", attempt.id);
        if (!noted.next()) quarantine_attempt(session, attempt.id, quarantine_not_applied, &*report, now);
    }
    const auto decided_now = session.execute(
        "UPDATE payment_quarantine SET decision = ?, decided_at = ?, decided_by = ?, note = ? WHERE "
        "attempt_id = ? AND decision IS NULL",
        decided, now, decision.who, decision.note, attempt.id);
    if (decided_now == 0) return false;
    session.execute(
        "UPDATE payment_notification SET state = ? WHERE attempt_number = ? AND state = 'QUARANTINED'", state,
        attempt.number);
    session.execute("UPDATE payment_attempt SET quarantined = FALSE WHERE attempt_id = ?", attempt.id);
    return true;
}

/// Keeps who ended what nobody can ask its provider about, and why.
void note_end(database::Session& session, const Attempt& attempt, const Decision& decision,
              std::string_view decided) {
    const auto now = session.database_now();
    session.execute(
        "INSERT INTO payment_quarantine (attempt_id, reason, amount_fen, transaction_id, since, decision, "
        "decided_at, decided_by, note) VALUES (?, 'provider-gone', 0, '', ?, ?, ?, ?, ?) ON DUPLICATE KEY "
        "UPDATE decision = VALUES(decision), decided_at = VALUES(decided_at), decided_by = "
        "VALUES(decided_by), note = VALUES(note)",
        attempt.id, now, decided, now, decision.who, decision.note);
}

Error nothing_quarantined() {
    return {Failure::conflict, "nothing-quarantined", "nothing of this payment waits for a decision"};
}

/// A transaction pays one attempt: money that another attempt brought did not come twice.
bool of_another(database::Session& session, const Attempt& attempt, const std::string& transaction_id) {
    return session
        .query("SELECT 1 FROM payment_attempt WHERE provider = ? AND transaction_id = ? AND attempt_id <> ?",
               attempt.provider, transaction_id, attempt.id)
        .next();
}

/// What came is given back, and whatever the provider still says of the attempt changes nothing.
void give_back(database::Session& session, const Attempt& attempt) {
    auto rows = session.query(
        "SELECT amount_fen, transaction_id, reported_paid_at, reason FROM payment_quarantine WHERE "
        "attempt_id "
        "= ?",
        attempt.id);
    const bool paid = rows.next() && rows.integer(0) > 0 && !rows.null(2);
    if (!paid || of_another(session, attempt, rows.text(1))) {
        session.execute(
            "UPDATE payment_attempt SET state = 'CLOSED', poll_at = NULL WHERE attempt_id = ? AND state IN "
            "('CREATED', 'PENDING')",
            attempt.id);
        return;
    }
    session.execute(
        "UPDATE payment_attempt SET state = 'SUCCESS', transaction_id = ?, paid_at = ?, poll_at = NULL WHERE "
        "attempt_id = ?",
        rows.text(1), rows.instant(2), attempt.id);
    session.execute(
        "INSERT INTO refund (attempt_id, refund_number, order_id, amount_fen, reason, state, try_at) VALUES "
        "(?, ?, ?, ?, ?, 'PENDING', ?) ON DUPLICATE KEY UPDATE attempt_id = VALUES(attempt_id)",
        attempt.id, "RF" + attempt.number, attempt.order, rows.integer(0), rows.text(3),
        session.database_now());
}

}  // namespace

void quarantine_attempt(database::Session& session, AttemptId attempt, std::string_view reason,
                        const ProviderReport* report, Instant at) {
    const bool paid = report != nullptr && report->state == ProviderState::success;
    session.execute(
        // Money that was told of stays known, whatever else is told later.
        "INSERT INTO payment_quarantine (attempt_id, reason, amount_fen, transaction_id, reported_paid_at, "
        "since) VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE reason = VALUES(reason), amount_fen = "
        "IF(VALUES(amount_fen) > 0, VALUES(amount_fen), amount_fen), transaction_id = "
        "IF(VALUES(amount_fen) > 0, VALUES(transaction_id), transaction_id), reported_paid_at = "
        "COALESCE(VALUES(reported_paid_at), reported_paid_at), decision = NULL",
        attempt, reason, paid ? report->amount.count() : 0,
        paid ? std::string_view{report->transaction_id} : std::string_view{},
        paid ? std::optional{report->paid} : std::nullopt, at);
    session.execute("UPDATE payment_attempt SET quarantined = TRUE WHERE attempt_id = ?", attempt);
}

Result<Done> quarantine_report(database::Pool& pool, const ProviderReport& report) {
    return pool.transact_blocking([&](database::Session& session) -> Result<Done> {
        const auto attempt = locked(session, report.attempt_number);
        if (!attempt) return Done{};
        quarantine_attempt(session, attempt->id, quarantine_not_applied, &report, session.database_now());
        return Done{};
    });
}

Result<std::vector<QuarantinedPayment>> Quarantine::waiting() {
    return pool_.transact_blocking([](database::Session& session) -> Result<std::vector<QuarantinedPayment>> {
        std::vector<QuarantinedPayment> found;
        auto rows = session.query(
            "SELECT a.attempt_number, o.order_number, a.provider, q.reason, a.amount_fen, q.amount_fen, "
            "q.since "
            "FROM payment_quarantine q JOIN payment_attempt a ON a.attempt_id = q.attempt_id JOIN orders o "
            "ON "
            "o.order_id = a.order_id WHERE q.decision IS NULL UNION SELECT n.attempt_number, "
            "COALESCE(o.order_number, ''), n.provider, 'not-applied', COALESCE(a.amount_fen, 0), "
            "n.amount_fen, "
            "n.received_at FROM payment_notification n LEFT JOIN payment_attempt a ON a.attempt_number = "
            "n.attempt_number LEFT JOIN orders o ON o.order_id = a.order_id WHERE n.state = 'QUARANTINED' "
            "AND "
            "NOT EXISTS (SELECT 1 FROM payment_quarantine q WHERE q.attempt_id = a.attempt_id AND q.decision "
            "IS "
            "NULL) LIMIT ?",
            listed_max);
        while (rows.next()) {
            found.push_back({rows.text(0), rows.text(1), rows.text(2), rows.text(3), Fen{rows.integer(4)},
                             Fen{rows.integer(5)}, rows.instant(6)});
        }
        return found;
    });
}

Result<std::vector<StrandedPayment>> Quarantine::stranded(const std::vector<std::string>& providers) {
    return pool_.transact_blocking([&](database::Session& session) -> Result<std::vector<StrandedPayment>> {
        const auto known = providers.empty() ? std::string{"('')"} : in_list(providers);
        std::vector<StrandedPayment> found;
        auto rows = session.ask(
            "SELECT a.attempt_number, o.order_number, a.provider, 0 FROM orders o JOIN payment_attempt a ON "
            "a.order_id = o.order_id WHERE o.state = 'CREATED' AND a.state IN ('CREATED', 'PENDING') AND "
            "a.provider NOT IN " +
            known +
            " UNION SELECT a.attempt_number, o.order_number, a.provider, r.amount_fen FROM refund r JOIN "
            "payment_attempt a ON a.attempt_id = r.attempt_id JOIN orders o ON o.order_id = r.order_id WHERE "
            "r.state = 'PENDING' AND a.provider NOT IN " +
            known + " LIMIT " + std::to_string(listed_max));
        while (rows.next()) {
            found.push_back({rows.text(0), rows.text(1), rows.text(2), Fen{rows.integer(3)}});
        }
        return found;
    });
}

Result<Done> Quarantine::release(const Decision& decision) {
    return pool_.transact_blocking([&](database::Session& session) -> Result<Done> {
        const auto attempt = locked(session, decision.attempt_number);
        if (!attempt) return attempt.error();
        if (!decide(session, *attempt, decision, "RELEASED", "RECEIVED")) return nothing_quarantined();
        return Done{};
    });
}

Result<Done> Quarantine::reject(const Decision& decision) {
    return pool_.transact_blocking([&](database::Session& session) -> Result<Done> {
        const auto attempt = locked(session, decision.attempt_number);
        if (!attempt) return attempt.error();
        if (!decide(session, *attempt, decision, "REJECTED", "REJECTED")) return nothing_quarantined();
        if (attempt->state != AttemptState::success) give_back(session, *attempt);
        return Done{};
    });
}

Result<Done> Quarantine::close(const Decision& decision) {
    return pool_.transact_blocking([&](database::Session& session) -> Result<Done> {
        const auto attempt = locked(session, decision.attempt_number);
        if (!attempt) return attempt.error();
        const auto closed = session.execute(
            "UPDATE payment_attempt SET state = 'CLOSED', poll_at = NULL, quarantined = FALSE WHERE "
            "attempt_id = ? "
            "AND state IN ('CREATED', 'PENDING')",
            attempt->id);
        if (closed == 0) return Error{Failure::conflict, "attempt-not-open", "this payment is over already"};
        note_end(session, *attempt, decision, "CLOSED");
        return Done{};
    });
}

Result<Done> Quarantine::refunded(const Decision& decision, const std::vector<std::string>& providers) {
    return pool_.transact_blocking([&](database::Session& session) -> Result<Done> {
        const auto attempt = locked(session, decision.attempt_number);
        if (!attempt) return attempt.error();
        if (std::ranges::find(providers, attempt->provider) != providers.end()) {
            return Error{Failure::conflict, "provider-in-use",
                         "its provider is asked for this refund and would give the money back a second time"};
        }
        auto rows = session.query(
            "SELECT r.amount_fen, r.reason, o.order_number FROM refund r JOIN orders o ON o.order_id = "
            "r.order_id WHERE r.attempt_id = ? AND r.state = 'PENDING' FOR UPDATE",
            attempt->id);
        if (!rows.next()) {
            return Error{Failure::conflict, "nothing-to-refund", "no refund of this payment waits"};
        }
        const auto now = session.database_now();
        session.execute("UPDATE refund SET state = 'SUCCESS', refunded_at = ? WHERE attempt_id = ?", now,
                        attempt->id);
        note_end(session, *attempt, decision, "REFUNDED");
        Facts facts;
        facts.refunded.push_back({attempt->order, rows.text(2), now, Fen{rows.integer(0)}, rows.text(1)});
        publish_(session, facts);
        return Done{};
    });
}

}  // namespace shanhai::orders
