#include "orders/store/attempt_rows.hpp"

#include "orders/store/sql.hpp"

#include <algorithm>
#include <stdexcept>

namespace shanhai::orders {
namespace {

std::vector<Attempt> load_where(database::Session& session, const std::string& condition) {
    std::vector<Attempt> attempts;
    auto rows = session.ask(
        "SELECT attempt_id, attempt_number, order_id, provider, amount_fen, state, pay_url, "
        "quarantined FROM "
        "payment_attempt "
        "WHERE " +
        condition);
    while (rows.next()) {
        const auto state = from_wire_name<AttemptState>(rows.text(5));
        if (!state) throw std::runtime_error{"a stored attempt has an unknown state"};
        attempts.push_back({rows.id<AttemptId>(0), rows.text(1), rows.id<OrderId>(2), rows.text(3),
                            Fen{rows.integer(4)}, *state, rows.text(6), rows.integer(7) != 0});
    }
    return attempts;
}

}  // namespace

std::vector<Attempt> load_attempts(database::Session& session, const std::vector<std::string>& numbers,
                                   Locking locking) {
    if (numbers.empty()) return {};
    return load_where(session, "attempt_number IN " + in_list(numbers) + " ORDER BY attempt_id" +
                                   std::string{locking_clause(locking)});
}

std::vector<Attempt> load_attempts_of(database::Session& session, const std::vector<OrderId>& orders) {
    if (orders.empty()) return {};
    return load_where(session, "order_id IN " + in_list(orders) + " ORDER BY attempt_id");
}

std::vector<Attempt> load_open_attempts_of(database::Session& session, const std::vector<OrderId>& orders) {
    if (orders.empty()) return {};
    return load_where(session, "state IN ('CREATED', 'PENDING') AND order_id IN " + in_list(orders) +
                                   " ORDER BY attempt_id");
}

std::optional<std::string> order_number_of(database::Session& session, const std::string& attempt_number) {
    auto rows = session.query(
        "SELECT o.order_number FROM payment_attempt a JOIN orders o ON o.order_id = a.order_id WHERE "
        "a.attempt_number = ?",
        attempt_number);
    if (!rows.next()) return std::nullopt;
    return rows.text(0);
}

void insert_attempts(database::Session& session, const std::vector<NewAttempt>& attempts) {
    database::Insert insert{
        "INSERT INTO payment_attempt (attempt_id, attempt_number, order_id, provider, amount_fen, state, "
        "created_at, poll_at) VALUES",
        "ON DUPLICATE KEY UPDATE attempt_id = attempt_id"};
    for (const auto& [attempt, created, poll_at] : attempts) {
        insert.row(attempt.id, attempt.number, attempt.order, attempt.provider, attempt.amount.count(),
                   wire_name(attempt.state), created, poll_at);
    }
    insert.run(session);
}

void write_announced(database::Session& session, const std::map<AttemptId, std::string>& pay_urls) {
    if (pay_urls.empty()) return;
    ValueRows urls{{"attempt_id", "pay_url"}};
    for (const auto& [attempt, url] : pay_urls) urls.row({attempt, url});
    session.run(
        "UPDATE payment_attempt a JOIN " + urls.text() +
        " v ON v.attempt_id = a.attempt_id SET a.pay_url = v.pay_url, a.state = 'PENDING' WHERE a.state = "
        "'CREATED'");
}

void write_finished(database::Session& session, const std::map<AttemptId, FinishedAttempt>& finished,
                    Instant now) {
    if (finished.empty()) return;
    ValueRows ends{{"attempt_id", "state", "transaction_id", "paid_at"}};
    for (const auto& [id, one] : finished) {
        const bool success = one.attempt.state == AttemptState::success;
        ends.row({id, wire_name(one.attempt.state),
                  success ? database::Literal{one.transaction_id} : database::Literal{nullptr},
                  success ? database::Literal{std::min(one.paid, now)} : database::Literal{nullptr}});
    }
    session.run(
        "UPDATE payment_attempt a JOIN " + ends.text() +
        " v ON v.attempt_id = a.attempt_id SET a.state = v.state, a.transaction_id = v.transaction_id, "
        "a.paid_at = v.paid_at, a.poll_at = NULL, a.quarantined = FALSE");
}

std::vector<Attempt> take_due_for_poll(database::Session& session, Instant now, std::size_t limit) {
    std::vector<std::string> numbers;
    std::vector<AttemptId> ids;
    auto rows = session.query(
        "SELECT attempt_number, attempt_id FROM payment_attempt WHERE poll_at <= ? AND state IN ('CREATED', "
        "'PENDING') LIMIT ? FOR UPDATE SKIP LOCKED",
        now, limit);
    while (rows.next()) {
        numbers.push_back(rows.text(0));
        ids.push_back(rows.id<AttemptId>(1));
    }
    if (numbers.empty()) return {};
    session.run(
        "UPDATE payment_attempt SET poll_at = poll_at + INTERVAL CASE polls WHEN 0 THEN 30 WHEN 1 THEN 60 "
        "WHEN 2 THEN 300 WHEN 3 THEN 600 ELSE 1800 END SECOND, polls = polls + 1 WHERE attempt_id IN " +
        in_list(ids));
    return load_attempts(session, numbers, Locking::none);
}

bool close_attempt(database::Session& session, AttemptId attempt) {
    return session.execute(
               "UPDATE payment_attempt SET state = 'CLOSED', poll_at = NULL, quarantined = FALSE WHERE "
               "attempt_id = ? AND state IN ('CREATED', 'PENDING')",
               attempt) > 0;
}

void set_quarantined(database::Session& session, AttemptId attempt, bool quarantined) {
    session.execute("UPDATE payment_attempt SET quarantined = ? WHERE attempt_id = ?", quarantined, attempt);
}

bool is_of_another(database::Session& session, const Attempt& attempt, const std::string& transaction_id) {
    return session
        .query("SELECT 1 FROM payment_attempt WHERE provider = ? AND transaction_id = ? AND attempt_id <> ?",
               attempt.provider, transaction_id, attempt.id)
        .next();
}

}  // namespace shanhai::orders
