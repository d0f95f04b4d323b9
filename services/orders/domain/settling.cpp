#include "orders/domain/settling.hpp"

#include <stdexcept>

namespace shanhai::orders {

const Attempt* ReportFold::attempt(const std::string& number) const {
    const auto found = attempts_.find(number);
    return found == attempts_.end() ? nullptr : &found->second;
}

Verdict ReportFold::apply(const ProviderReport& report, const Deliver& deliver) {
    const auto found = attempts_.find(report.attempt_number);
    if (found == attempts_.end()) return Verdict::quarantine;
    auto& attempt = found->second;
    const auto verdict = judge(report, attempt, orders_.at(attempt.order));
    switch (verdict) {
        case Verdict::nothing:
        case Verdict::set_aside:
            break;
        case Verdict::pay:
        case Verdict::reserve_again:
            deliver_or_refund(report, attempt, verdict, deliver);
            break;
        case Verdict::refund_twice:
            refunds_.insert_or_assign(attempt.id, RefundDue{attempt, std::string{reason_paid_twice}});
            finish(attempt, AttemptState::success, report);
            break;
        case Verdict::refund_cancelled:
            refunds_.insert_or_assign(attempt.id,
                                      RefundDue{attempt, std::string{reason_paid_after_cancellation}});
            finish(attempt, AttemptState::success, report);
            break;
        case Verdict::quarantine:
            attempt.quarantined = true;
            quarantined_.insert_or_assign(attempt.id, report);
            break;
        case Verdict::fail:
            finish(attempt, AttemptState::failed, report);
            break;
        case Verdict::close:
            finish(attempt, AttemptState::closed, report);
            break;
    }
    return verdict;
}

void ReportFold::deliver_or_refund(const ProviderReport& report, Attempt& attempt, Verdict verdict,
                                   const Deliver& deliver) {
    auto& order = orders_.at(attempt.order);
    const auto fault = deliver(report, attempt, verdict);
    if (!fault) {
        if (!may_become(order, OrderState::paid)) throw std::logic_error{"an order is paid that is over"};
        order = OrderState::paid;
    } else {
        refunds_.insert_or_assign(attempt.id, RefundDue{attempt, std::string{*fault}});
        // An expired order stays expired; one that was waiting for this money is over now.
        if (order == OrderState::created) order = OrderState::cancelled;
    }
    finish(attempt, AttemptState::success, report);
}

void ReportFold::finish(Attempt& attempt, AttemptState state, const ProviderReport& report) {
    attempt.state = state;
    attempt.quarantined = false;
    quarantined_.erase(attempt.id);
    finished_.insert_or_assign(attempt.id, FinishedAttempt{attempt, report.transaction_id, report.paid});
}

}  // namespace shanhai::orders
