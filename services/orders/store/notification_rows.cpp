#include "orders/store/notification_rows.hpp"

#include "orders/store/sql.hpp"

namespace shanhai::orders {
namespace {

/// Of the columns attempt_number, report_state, transaction_id, amount_fen, paid_at from `first` on.
ProviderReport read_report(const database::Rows& rows, unsigned first) {
    return {rows.text(first),
            from_wire_name<ProviderState>(rows.text(first + 1)).value_or(ProviderState::unknown),
            rows.text(first + 2), Fen{rows.integer(first + 3)}, rows.instant(first + 4)};
}

}  // namespace

void insert_notifications(database::Session& session, std::span<const IncomingNotification> incoming,
                          const std::set<std::string>& known, Instant at) {
    database::Insert insert{
        "INSERT INTO payment_notification (provider, provider_notification_id, attempt_number, report_state, "
        "transaction_id, amount_fen, paid_at, body, state, received_at) VALUES",
        "ON DUPLICATE KEY UPDATE state = IF(state = 'UNMATCHED', VALUES(state), state)"};
    for (const auto& one : incoming) {
        const auto& report = one.notification.report;
        insert.row(one.provider, one.notification.id, report.attempt_number, wire_name(report.state),
                   report.transaction_id, report.amount.count(), report.paid,
                   database::Literal::bytes(one.body),
                   known.contains(report.attempt_number) ? "RECEIVED" : "UNMATCHED", at);
    }
    insert.run(session);
}

std::vector<std::uint64_t> waiting_notifications(database::Session& session, std::uint64_t after,
                                                 std::size_t limit) {
    std::vector<std::uint64_t> ids;
    auto rows = session.query(
        "SELECT notification_id FROM payment_notification WHERE state = 'RECEIVED' AND notification_id > ? "
        "ORDER BY notification_id LIMIT ?",
        after, limit);
    while (rows.next()) ids.push_back(rows.natural(0));
    return ids;
}

WaitingReports take_notifications(database::Session& session, std::span<const std::uint64_t> ids) {
    WaitingReports waiting;
    auto rows = session.ask(
        "SELECT notification_id, attempt_number, report_state, transaction_id, amount_fen, paid_at FROM "
        "payment_notification WHERE state = 'RECEIVED' AND notification_id IN " +
        in_list(ids) + " ORDER BY notification_id FOR UPDATE SKIP LOCKED");
    while (rows.next()) {
        waiting.ids.push_back(rows.natural(0));
        waiting.reports.push_back(read_report(rows, 1));
    }
    return waiting;
}

void mark_applied(database::Session& session, const std::vector<std::uint64_t>& ids) {
    if (ids.empty()) return;
    session.run("UPDATE payment_notification SET state = 'APPLIED' WHERE notification_id IN " + in_list(ids));
}

void mark_quarantined(database::Session& session, const std::vector<std::uint64_t>& ids) {
    if (ids.empty()) return;
    session.run(
        "UPDATE payment_notification SET state = 'QUARANTINED' WHERE state = 'RECEIVED' AND notification_id "
        "IN " +
        in_list(ids));
}

void move_quarantined(database::Session& session, const std::string& attempt_number, std::string_view state) {
    session.execute(
        "UPDATE payment_notification SET state = ? WHERE attempt_number = ? AND state = 'QUARANTINED'", state,
        attempt_number);
}

std::optional<ProviderReport> quarantined_report(database::Session& session,
                                                 const std::string& attempt_number) {
    auto rows = session.query(
        "SELECT attempt_number, report_state, transaction_id, amount_fen, paid_at FROM payment_notification "
        "WHERE state = 'QUARANTINED' AND attempt_number = ? ORDER BY report_state <> 'SUCCESS', "
        "notification_id LIMIT 1",
        attempt_number);
    if (!rows.next()) return std::nullopt;
    return read_report(rows, 0);
}

}  // namespace shanhai::orders
