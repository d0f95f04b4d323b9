#include "orders/domain/settling.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <algorithm>
#include <set>

namespace shanhai::orders {
namespace {

Attempt attempt(std::uint64_t id, std::uint64_t order) {
    return {AttemptId{id},
            "PA" + std::to_string(id),
            OrderId{order},
            "puppet",
            Fen{100},
            AttemptState::pending,
            ""};
}
ProviderReport report(std::uint64_t id, ProviderState state, std::int64_t amount = 100) {
    return {"PA" + std::to_string(id), state, "TX" + std::to_string(id), Fen{amount}, Instant{}};
}
const ReportFold::Deliver sells = [](const ProviderReport&, const Attempt&, Verdict) { return std::nullopt; };

ReportFold fold_of(const std::vector<Attempt>& attempts, OrderState state = OrderState::created) {
    std::map<std::string, Attempt> by_number;
    std::map<OrderId, OrderState> orders;
    for (const auto& one : attempts) {
        by_number.emplace(one.number, one);
        orders.emplace(one.order, state);
    }
    return {std::move(by_number), std::move(orders)};
}

TEST(ReportFold, EndsAnAttemptOnceWhenItFailedAndThenSucceededInOneBatch) {
    auto fold = fold_of({attempt(1, 1)});
    EXPECT_EQ(fold.apply(report(1, ProviderState::failed), sells), Verdict::fail);
    EXPECT_EQ(fold.apply(report(1, ProviderState::success), sells), Verdict::pay);
    EXPECT_EQ(fold.apply(report(1, ProviderState::success), sells), Verdict::nothing);
    ASSERT_EQ(fold.finished().size(), 1U);
    EXPECT_EQ(fold.finished().begin()->second.attempt.state, AttemptState::success);
    EXPECT_TRUE(fold.refunds().empty());
}

TEST(ReportFold, GivesTheMoneyBackAndEndsTheOrderWhenTheGoodsMayNotBeSold) {
    auto fold = fold_of({attempt(1, 1), attempt(2, 1)});
    const ReportFold::Deliver blocked = [](const ProviderReport&, const Attempt&, Verdict) {
        return std::optional<std::string_view>{"lot-blocked"};
    };
    EXPECT_EQ(fold.apply(report(1, ProviderState::success), blocked), Verdict::pay);
    EXPECT_EQ(fold.state_of(OrderId{1}), OrderState::cancelled);
    EXPECT_EQ(fold.refunds().at(AttemptId{1}).reason, "lot-blocked");
    EXPECT_EQ(fold.apply(report(2, ProviderState::success), sells), Verdict::refund_cancelled);
}

TEST(ReportFold, ForgetsTheQuarantineOfAnAttemptThatIsPaidAfterAll) {
    auto fold = fold_of({attempt(1, 1)});
    EXPECT_EQ(fold.apply(report(1, ProviderState::success, 1), sells), Verdict::quarantine);
    EXPECT_EQ(fold.quarantined().size(), 1U);
    EXPECT_EQ(fold.apply(report(1, ProviderState::success), sells), Verdict::pay);
    EXPECT_TRUE(fold.quarantined().empty());
}

/// Whether the failure is told before or after it, in the same batch or in another.
TEST(ReportFold, KeepsWhatWaitsForAHumanThroughNewsOfAFailure) {
    for (const auto failure : {ProviderState::failed, ProviderState::closed}) {
        auto fold = fold_of({attempt(1, 1)});
        EXPECT_EQ(fold.apply(report(1, ProviderState::success, 99), sells), Verdict::quarantine);
        EXPECT_EQ(fold.apply(report(1, failure), sells), Verdict::nothing);
        EXPECT_EQ(fold.quarantined().size(), 1U);
        auto waiting = attempt(1, 1);
        waiting.quarantined = true;
        EXPECT_EQ(fold_of({waiting}).apply(report(1, failure), sells), Verdict::nothing);
        EXPECT_EQ(fold.apply(report(1, ProviderState::success), sells), Verdict::pay);
    }
}

/// Applies the reports in batches, each beginning where the last one ended, as the store does.
struct Books {
    std::map<std::string, Attempt> attempts;
    std::map<OrderId, OrderState> orders;
    std::map<AttemptId, std::string> refunds;
    int sales = 0;

    void apply(const std::vector<ProviderReport>& batch) {
        ReportFold fold{attempts, orders};
        const ReportFold::Deliver sell = [this](const ProviderReport&, const Attempt&, Verdict) {
            ++sales;
            return std::optional<std::string_view>{};
        };
        for (const auto& one : batch) (void)fold.apply(one, sell);
        for (const auto& [id, end] : fold.finished()) attempts.at(end.attempt.number) = end.attempt;
        for (const auto& [id, one] : fold.quarantined()) attempts.at(one.attempt_number).quarantined = true;
        for (const auto& [id, refund] : fold.refunds()) {
            RC_ASSERT(refunds.emplace(id, refund.reason).second);  // No attempt is refunded twice.
        }
        for (const auto& [id, state] : fold.orders()) orders.at(id) = state;
    }
};

RC_GTEST_PROP(ReportFoldProperty, MakesTheSameOfReportsInOneBatchAndInSeveral, ()) {
    const auto state = *rc::gen::element(OrderState::created, OrderState::expired, OrderState::cancelled);
    const auto count = *rc::gen::inRange<std::uint64_t>(1, 4);
    std::vector<Attempt> attempts;
    for (std::uint64_t id = 1; id <= count; ++id) attempts.push_back(attempt(id, 1));
    std::vector<ProviderReport> reports;
    std::set<std::string> succeeded;
    const auto told = *rc::gen::inRange(1, 10);
    for (int i = 0; i < told; ++i) {
        const auto which = *rc::gen::inRange<std::uint64_t>(1, count + 1);
        const auto said = *rc::gen::element(ProviderState::success, ProviderState::failed,
                                            ProviderState::closed, ProviderState::pending);
        const auto amount = *rc::gen::element<std::int64_t>(100, 100, 100, 99);
        reports.push_back(report(which, said, amount));
        if (said == ProviderState::success && amount == 100) succeeded.insert(reports.back().attempt_number);
    }
    const auto start = fold_of(attempts, state);
    Books together{start.attempts(), start.orders(), {}, 0};
    together.apply(reports);
    Books apart{start.attempts(), start.orders(), {}, 0};
    for (auto at = reports.begin(); at != reports.end();) {
        const auto left = static_cast<int>(reports.end() - at);
        const auto end = at + *rc::gen::inRange(1, left + 1);
        apart.apply({at, end});
        at = end;
    }
    RC_ASSERT(together.sales == apart.sales);
    RC_ASSERT(together.refunds == apart.refunds);
    RC_ASSERT(together.orders == apart.orders);
    for (const auto& [number, one] : together.attempts) {
        RC_ASSERT(one.state == apart.attempts.at(number).state);
        // An attempt that was paid is a success, whatever else was said of it before or after.
        RC_ASSERT((one.state == AttemptState::success) == succeeded.contains(number));
    }
    const bool sellable = state != OrderState::cancelled;
    RC_ASSERT(together.sales == (sellable && !succeeded.empty() ? 1 : 0));
    RC_ASSERT(together.refunds.size() + static_cast<std::size_t>(together.sales) == succeeded.size());
}

}  // namespace
}  // namespace shanhai::orders
