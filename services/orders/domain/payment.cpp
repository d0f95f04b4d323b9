#include "orders/domain/payment.hpp"

#include <algorithm>

namespace shanhai::orders {

Result<AttemptNumber> AttemptNumber::parse(std::string_view text) {
    constexpr std::size_t length = 30;
    const auto hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    if (text.size() == length && text.starts_with("PA") && std::ranges::all_of(text.substr(2), hex))
        return AttemptNumber{text};
    return invalid_field("", "is not the number of a payment attempt");
}
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

/// What waits for a human is not ended by late news of a failure: money may have come all the same.
bool may_fail(const Attempt& attempt) {
    const bool open = attempt.state == AttemptState::created || attempt.state == AttemptState::pending;
    return open && !attempt.quarantined;
}

}  // namespace

Verdict judge(const ProviderReport& report, const Attempt& attempt, OrderState order) {
    switch (report.state) {
        case ProviderState::success:
            return judge_success(report, attempt, order);
        case ProviderState::failed:
            return may_fail(attempt) ? Verdict::fail : Verdict::nothing;
        case ProviderState::closed:
            return may_fail(attempt) ? Verdict::close : Verdict::nothing;
        case ProviderState::pending:
        case ProviderState::unknown:
            return Verdict::nothing;
    }
    return Verdict::nothing;
}

}  // namespace shanhai::orders
