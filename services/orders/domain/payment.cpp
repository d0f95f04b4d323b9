#include "orders/domain/payment.hpp"

namespace shanhai::orders {
namespace {

Verdict judge_success(const ProviderReport& report, const Attempt& attempt, OrderState order) {
    if (attempt.state == AttemptState::success) return Verdict::nothing;
    if (report.amount != attempt.amount) return Verdict::quarantine;
    switch (order) {
        case OrderState::created:
            return Verdict::pay;
        case OrderState::expired:
            return Verdict::reserve_again;
        case OrderState::paid:
            return Verdict::refund_twice;
        case OrderState::cancelled:
            return Verdict::refund_cancelled;
    }
    return Verdict::quarantine;
}

bool open(AttemptState state) { return state == AttemptState::created || state == AttemptState::pending; }

}  // namespace

Verdict judge(const ProviderReport& report, const Attempt& attempt, OrderState order) {
    switch (report.state) {
        case ProviderState::success:
            return judge_success(report, attempt, order);
        case ProviderState::failed:
            return open(attempt.state) ? Verdict::fail : Verdict::nothing;
        case ProviderState::closed:
            return open(attempt.state) ? Verdict::close : Verdict::nothing;
        case ProviderState::pending:
        case ProviderState::unknown:
            return Verdict::nothing;
    }
    return Verdict::nothing;
}

}  // namespace shanhai::orders
