#pragma once

#include "orders/domain/payment.hpp"
#include "orders/store/order_writer.hpp"

#include <map>
#include <string>
#include <vector>

namespace shanhai::orders {

/// Applies what providers report, whoever asked: notifications, polling, closing, sample data. One
/// transaction's worth; every report is judged under the lock of its order, so that it has its effect once.
class Settlement {
public:
    Settlement(database::Session& session, const Books& books, NumberRange line_ids, NumberRange entry_ids)
        : session_{session}, books_{books}, line_ids_{line_ids}, stock_{session, entry_ids} {}

    /// How many row numbers of each kind `reports` reports may use up.
    static constexpr std::uint64_t rows_per_report = 400;

    /// What each report meant, in order; an attempt that is not known gets Verdict::quarantine.
    std::vector<Verdict> apply(const std::vector<ProviderReport>& reports);

    bool told_facts() const { return told_facts_; }

private:
    void load(const std::vector<ProviderReport>& reports);
    void lock_stock(const std::vector<ProviderReport>& reports);
    Verdict apply(const ProviderReport& report);
    void pay(const ProviderReport& report, const Attempt& attempt, Order& order);
    bool reserve_again(Order& order, Instant at);
    void refund(const Attempt& attempt, std::string_view reason);
    void finish(Attempt& attempt, AttemptState state, const ProviderReport& report);
    void write();
    void write_attempts();
    void write_orders();

    struct Finished {
        Attempt attempt;
        std::string transaction_id;
        Instant paid;
    };
    struct Refund {
        Attempt attempt;
        std::string reason;
    };

    database::Session& session_;
    const Books& books_;
    NumberRange line_ids_;
    StockBook stock_;
    Instant now_{};
    std::map<std::string, Attempt> attempts_;
    std::map<OrderId, Order> orders_;
    std::vector<Finished> finished_;
    std::vector<AttemptId> quarantined_;
    std::vector<Refund> refunds_;
    std::vector<OrderId> relined_;  ///< Orders whose goods were reserved again: their lines are new.
    Facts facts_;
    bool told_facts_ = false;
};

/// Takes row numbers and applies reports in a transaction of their own; wakes the relay.
Result<std::vector<Verdict>> settle(const Books& books, const std::vector<ProviderReport>& reports);

}  // namespace shanhai::orders
