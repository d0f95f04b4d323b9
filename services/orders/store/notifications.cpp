#include "orders/store/notifications.hpp"

#include "chassis/batch/batcher.hpp"
#include "chassis/observe/log.hpp"
#include "orders/store/attempt_reader.hpp"
#include "orders/store/settlement.hpp"
#include "orders/store/sql.hpp"

#include <set>

namespace shanhai::orders {
namespace {

constexpr std::size_t batch_max = 256;

/// Which of these attempts exist.
std::set<std::string> known_attempts(database::Session& session, std::span<IncomingNotification> incoming) {
    std::vector<std::string> numbers;
    for (const auto& one : incoming) numbers.push_back(one.notification.report.attempt_number);
    std::set<std::string> known;
    for (const auto& attempt : load_attempts(session, numbers, Locking::none)) known.insert(attempt.number);
    return known;
}

struct Waiting {
    std::vector<std::uint64_t> ids;
    std::vector<ProviderReport> reports;
};

Result<bool> anything_waits(database::Pool& pool) {
    return pool.transact_blocking([](database::Session& session) -> Result<bool> {
        return session.query("SELECT 1 FROM payment_notification WHERE state = 'RECEIVED' LIMIT 1").next();
    });
}

Waiting take_waiting(database::Session& session, std::size_t limit) {
    Waiting waiting;
    auto rows = session.query(
        "SELECT notification_id, attempt_number, report_state, transaction_id, amount_fen, paid_at "
        "FROM payment_notification WHERE state = 'RECEIVED' ORDER BY notification_id LIMIT ? "
        "FOR UPDATE SKIP LOCKED",
        limit);
    while (rows.next()) {
        waiting.ids.push_back(rows.natural(0));
        waiting.reports.push_back(
            {rows.text(1), from_wire_name<ProviderState>(rows.text(2)).value_or(ProviderState::unknown),
             rows.text(3), Fen{rows.integer(4)}, rows.instant(5)});
    }
    return waiting;
}

void mark(database::Session& session, const Waiting& waiting, const std::vector<Verdict>& verdicts) {
    std::vector<std::uint64_t> applied;
    std::vector<std::uint64_t> quarantined;
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
        (verdicts[i] == Verdict::quarantine ? quarantined : applied).push_back(waiting.ids[i]);
    }
    const std::string update = "UPDATE payment_notification SET state = ";
    if (!applied.empty()) session.run(update + "'APPLIED' WHERE notification_id IN " + in_list(applied));
    if (!quarantined.empty()) {
        session.run(update + "'QUARANTINED' WHERE notification_id IN " + in_list(quarantined));
    }
}

}  // namespace

std::vector<Result<Done>> Notifications::store(std::span<IncomingNotification> incoming) {
    const auto known =
        books_.pool.transact_blocking([&](database::Session& session) -> Result<std::set<std::string>> {
            const auto attempts = known_attempts(session, incoming);
            const auto now = session.database_now();
            database::Insert insert{
                "INSERT INTO payment_notification (provider, provider_notification_id, attempt_number, "
                "report_state, transaction_id, amount_fen, paid_at, body, state, received_at) VALUES",
                "ON DUPLICATE KEY UPDATE state = IF(state = 'UNMATCHED', VALUES(state), state)"};
            for (const auto& one : incoming) {
                const auto& report = one.notification.report;
                insert.row(one.provider, one.notification.id, report.attempt_number, wire_name(report.state),
                           report.transaction_id, report.amount.count(), report.paid,
                           database::Literal::bytes(one.body),
                           attempts.contains(report.attempt_number) ? "RECEIVED" : "UNMATCHED", now);
            }
            insert.run(session);
            return attempts;
        });
    if (!known) return batch::answer_all<Done>(incoming.size(), known.error());
    std::vector<Result<Done>> answers(incoming.size(), Result<Done>{Done{}});
    for (std::size_t i = 0; i < incoming.size(); ++i) {
        if (known->contains(incoming[i].notification.report.attempt_number)) continue;
        observe::log_warning("notification-unmatched", "a provider reports an attempt that we do not know");
        Error error{Failure::unavailable, "attempt-unknown", "this attempt is not known here yet"};
        answers[i] = error.retry_after(std::chrono::seconds{15});
    }
    return answers;
}

std::size_t Notifications::apply_waiting() {
    std::size_t applied = 0;
    while (true) {
        const auto waits = anything_waits(books_.pool);
        if (!waits || !*waits) return applied;
        auto count = apply_batch(batch_max);
        if (!count && count.error().kind() == Failure::internal) {
            count = apply_batch(1);
            if (!count && count.error().kind() == Failure::internal) {
                quarantine_oldest();
                continue;
            }
        }
        if (!count || *count == 0) return applied;
        applied += *count;
    }
}

Result<std::size_t> Notifications::apply_batch(std::size_t limit) {
    const auto rows = limit * Settlement::rows_per_report;
    const auto first = books_.row_numbers.take(2 * rows);
    if (!first) return first.error();
    bool told = false;
    auto count = books_.pool.transact_blocking([&](database::Session& session) -> Result<std::size_t> {
        const auto waiting = take_waiting(session, limit);
        if (waiting.ids.empty()) return std::size_t{0};
        Settlement settlement{session, books_, NumberRange{*first, rows}, NumberRange{*first + rows, rows}};
        mark(session, waiting, settlement.apply(waiting.reports));
        told = settlement.told_facts();
        return waiting.ids.size();
    });
    if (count && told) books_.committed();
    return count;
}

void Notifications::quarantine_oldest() {
    observe::log_error("notification-quarantined",
                       "a notification cannot be applied; a human must look at it");
    (void)books_.pool.transact_blocking([](database::Session& session) -> Result<Done> {
        session.execute(
            "UPDATE payment_notification SET state = 'QUARANTINED' WHERE state = 'RECEIVED' "
            "ORDER BY notification_id LIMIT 1");
        return Done{};
    });
}

}  // namespace shanhai::orders
