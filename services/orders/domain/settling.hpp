#pragma once

#include "orders/domain/payment.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shanhai::orders {

/// What an attempt is in the end, once a batch of reports was heard.
struct FinishedAttempt {
    Attempt attempt;
    std::string transaction_id;
    Instant paid{};
};

struct RefundDue {
    Attempt attempt;
    std::string reason;
};

/// Hears provider reports one after the other and keeps what they make of attempts and orders. However many
/// reports of an attempt a batch holds, and in whatever order, the attempt has one final state in the end.
class ReportFold {
public:
    ReportFold() = default;
    ReportFold(std::map<std::string, Attempt> attempts, std::map<OrderId, OrderState> orders)
        : attempts_{std::move(attempts)}, orders_{std::move(orders)} {}

    /// Hands the goods of the order over (Verdict::pay, Verdict::reserve_again): nothing when it did, or the
    /// reason why the money goes back.
    using Deliver =
        std::function<std::optional<std::string_view>(const ProviderReport&, const Attempt&, Verdict)>;

    /// What the report meant; an attempt that is not known gets Verdict::quarantine.
    Verdict apply(const ProviderReport& report, const Deliver& deliver);

    const Attempt* attempt(const std::string& number) const;
    OrderState state_of(OrderId order) const { return orders_.at(order); }
    const std::map<std::string, Attempt>& attempts() const { return attempts_; }
    const std::map<OrderId, OrderState>& orders() const { return orders_; }

    const std::map<AttemptId, FinishedAttempt>& finished() const { return finished_; }
    const std::map<AttemptId, RefundDue>& refunds() const { return refunds_; }
    /// Attempts of which another amount was reported, with that report.
    const std::map<AttemptId, ProviderReport>& quarantined() const { return quarantined_; }

private:
    void finish(Attempt& attempt, AttemptState state, const ProviderReport& report);
    void deliver_or_refund(const ProviderReport& report, Attempt& attempt, Verdict verdict,
                           const Deliver& deliver);

    std::map<std::string, Attempt> attempts_;
    std::map<OrderId, OrderState> orders_;
    std::map<AttemptId, FinishedAttempt> finished_;
    std::map<AttemptId, RefundDue> refunds_;
    std::map<AttemptId, ProviderReport> quarantined_;
};

}  // namespace shanhai::orders
