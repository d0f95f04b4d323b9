#include "orders/application/quarantine.hpp"

#include "orders/store/attempt_rows.hpp"
#include "orders/store/notification_rows.hpp"
#include "orders/store/order_rows.hpp"
#include "orders/store/refund_rows.hpp"

#include <algorithm>

namespace shanhai::orders {
namespace {

constexpr std::size_t listed_max = 1000;

/// The attempt under its order's lock.
Result<Attempt> locked(database::Session& session, const std::string& number) {
    const auto known = load_attempts(session, {number}, Locking::none);
    if (known.empty()) return Error{Failure::not_found, "attempt-unknown", "there is no such payment"};
    (void)load_orders(session, {known.front().order}, Locking::for_update);
    return load_attempts(session, {number}, Locking::for_update).front();
}

/// Writes the decision; its notifications become `state`. False when nothing waits.
bool decide(database::Session& session, const Attempt& attempt, const Decision& decision,
            std::string_view decided, std::string_view state) {
    const auto now = session.now();
    // What a notification alone told of is noted now, so that its money is known to whoever decides.
    const auto report = quarantined_report(session, attempt.number);
    if (report && !awaits_decision(session, attempt.id)) {
        note_quarantine(session, attempt.id, quarantine_not_applied, &*report, now);
    }
    if (!write_decision(session, attempt.id, decision, decided, now)) return false;
    move_quarantined(session, attempt.number, state);
    set_quarantined(session, attempt.id, false);
    return true;
}

Error nothing_quarantined() {
    return {Failure::conflict, "nothing-quarantined", "nothing of this payment waits for a decision"};
}

/// What came is given back, and whatever the provider still says of the attempt changes nothing. A
/// transaction pays one attempt: money that another attempt brought did not come twice.
void give_back(database::Session& session, const Attempt& attempt) {
    const auto money = reported_money(session, attempt.id);
    if (!money || is_of_another(session, attempt, money->transaction_id)) {
        (void)close_attempt(session, attempt.id);
        return;
    }
    write_paid_attempt(session, attempt.id, *money);
    insert_refunds(session, {{attempt.id, attempt.number, attempt.order, money->amount, money->reason}},
                   session.now());
}

}  // namespace

void quarantine_attempt(database::Session& session, AttemptId attempt, std::string_view reason,
                        const ProviderReport* report, Instant at) {
    note_quarantine(session, attempt, reason, report, at);
    set_quarantined(session, attempt, true);
}

Result<Done> quarantine_report(database::Pool& pool, const ProviderReport& report) {
    return pool.transact_blocking([&](database::Session& session) -> Result<Done> {
        const auto attempt = locked(session, report.attempt_number);
        if (!attempt) return Done{};
        quarantine_attempt(session, attempt->id, quarantine_not_applied, &report, session.now());
        return Done{};
    });
}

Result<std::vector<QuarantinedPayment>> Quarantine::waiting() {
    return pool_.transact_blocking([](database::Session& session) -> Result<std::vector<QuarantinedPayment>> {
        return load_quarantined(session, listed_max);
    });
}

Result<std::vector<StrandedPayment>> Quarantine::stranded(const std::vector<std::string>& providers) {
    return pool_.transact_blocking([&](database::Session& session) -> Result<std::vector<StrandedPayment>> {
        return load_stranded(session, providers, listed_max);
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
        if (!close_attempt(session, attempt->id)) {
            return Error{Failure::conflict, "attempt-not-open", "this payment is over already"};
        }
        note_decision(session, attempt->id, provider_gone, decision, "CLOSED", session.now());
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
        const auto refund = lock_pending_refund(session, attempt->id);
        if (!refund) return Error{Failure::conflict, "nothing-to-refund", "no refund of this payment waits"};
        const auto now = session.now();
        (void)write_refunded(session, attempt->id, now);
        note_decision(session, attempt->id, provider_gone, decision, "REFUNDED", now);
        Facts facts;
        facts.refunded.push_back({refund->order, refund->order_number, now, refund->amount, refund->reason});
        publish_(session, facts);
        return Done{};
    });
}

}  // namespace shanhai::orders
