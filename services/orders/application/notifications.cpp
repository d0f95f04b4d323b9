#include "orders/application/notifications.hpp"

#include "chassis/batch/batcher.hpp"
#include "chassis/batch/isolate.hpp"
#include "chassis/observe/log.hpp"
#include "orders/application/reports.hpp"
#include "orders/store/attempt_rows.hpp"

#include <algorithm>
#include <set>

namespace shanhai::orders {
namespace {

constexpr std::size_t batch_max = 256;
constexpr int batches_max = 1000;  // A call ends, however fast new ones arrive.

/// Which of these attempts exist.
std::set<std::string> known_attempts(database::Session& session, std::span<IncomingNotification> incoming) {
    std::vector<std::string> numbers;
    for (const auto& one : incoming) numbers.push_back(one.notification.report.attempt_number);
    std::set<std::string> known;
    for (const auto& attempt : load_attempts(session, numbers, Locking::none)) known.insert(attempt.number);
    return known;
}

/// What was set aside waits on.
void mark(database::Session& session, const WaitingReports& waiting, const std::vector<Verdict>& verdicts) {
    std::vector<std::uint64_t> applied;
    std::vector<std::uint64_t> quarantined;
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
        if (verdicts[i] == Verdict::set_aside) continue;
        (verdicts[i] == Verdict::quarantine ? quarantined : applied).push_back(waiting.ids[i]);
    }
    mark_applied(session, applied);
    mark_quarantined(session, quarantined);
}

}  // namespace

std::vector<Result<Done>> Notifications::store(std::span<IncomingNotification> incoming) {
    const auto known =
        books_.pool.transact_blocking([&](database::Session& session) -> Result<std::set<std::string>> {
            const auto attempts = known_attempts(session, incoming);
            const auto now = session.now();
            insert_notifications(session, incoming, attempts, now);
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
    std::uint64_t after = 0;
    if (!backoff_.due(books_.clock().steady())) return applied;
    for (int batches = 0; batches < batches_max; ++batches) {
        const auto ids = find_waiting(after);
        const auto count = ids ? apply_apart(*ids) : Result<std::size_t>{ids.error()};
        if (!count) {
            backoff_.failed(books_.clock().steady());
            observe::log_warning("notifications-wait", count.error().message());
            return applied;
        }
        backoff_.succeeded();
        applied += *count;
        if (ids->size() < batch_max) return applied;
        after = ids->back();  // What is set aside waits for the next call.
    }
    return applied;
}

Result<std::vector<std::uint64_t>> Notifications::find_waiting(std::uint64_t after) {
    return books_.pool.transact_blocking(
        [&](database::Session& session) -> Result<std::vector<std::uint64_t>> {
            return waiting_notifications(session, after, batch_max);
        });
}

Result<std::size_t> Notifications::apply_apart(Ids ids) {
    const auto together = [this](Ids some) { return apply_together(some); };
    const auto alone = [this](std::uint64_t id) -> Result<std::size_t> {
        const auto put_aside = quarantine(id);
        if (put_aside) return std::size_t{0};
        // Where nothing can be written, nothing was the notification's fault.
        return Error{Failure::unavailable, "database-unavailable", put_aside.error().message()};
    };
    return batch::isolate(ids, together, alone, [](auto& first, auto second) { first += second; });
}

Result<std::size_t> Notifications::apply_together(Ids ids) {
    WaitingReports waiting;
    const auto verdicts = apply_reports(
        books_,
        [&](database::Session& session) {
            waiting = take_notifications(session, ids);
            return waiting.reports;
        },
        [&](database::Session& session, const std::vector<Verdict>& made) { mark(session, waiting, made); });
    if (!verdicts) return verdicts.error();
    return static_cast<std::size_t>(
        std::ranges::count_if(*verdicts, [](Verdict verdict) { return verdict != Verdict::set_aside; }));
}

Result<Done> Notifications::quarantine(std::uint64_t id) {
    observe::log_error("notification-quarantined",
                       "notification " + std::to_string(id) + " cannot be applied; a human must look at it");
    return books_.pool.transact_blocking([id](database::Session& session) -> Result<Done> {
        mark_quarantined(session, {id});
        return Done{};
    });
}

}  // namespace shanhai::orders
