#include "orders/domain/payment.hpp"

#include <gtest/gtest.h>

namespace shanhai::orders {
namespace {

struct Case {
    ProviderState report;
    AttemptState attempt;
    OrderState order;
    Verdict verdict;
};

TEST(Judge, LetsOldNewsOfAnAttemptHarmNobody) {
    using A = AttemptState;
    using O = OrderState;
    using P = ProviderState;
    const std::vector<Case> cases{
        {P::success, A::pending, O::created, Verdict::pay},
        {P::success, A::created, O::created, Verdict::pay},
        {P::success, A::closed, O::created, Verdict::pay},
        {P::success, A::success, O::paid, Verdict::nothing},
        {P::success, A::success, O::expired, Verdict::nothing},
        {P::success, A::pending, O::paid, Verdict::refund_twice},
        {P::success, A::closed, O::expired, Verdict::reserve_again},
        {P::success, A::closed, O::cancelled, Verdict::refund_cancelled},
        {P::failed, A::pending, O::created, Verdict::fail},
        {P::failed, A::success, O::paid, Verdict::nothing},
        {P::failed, A::pending, O::paid, Verdict::fail},
        {P::closed, A::pending, O::created, Verdict::close},
        {P::closed, A::success, O::paid, Verdict::nothing},
        {P::pending, A::pending, O::created, Verdict::nothing},
        {P::unknown, A::created, O::created, Verdict::nothing},
    };
    for (const auto& one : cases) {
        const Attempt attempt{AttemptId{1}, "PA", OrderId{1}, "sandbox", Fen{100}, one.attempt, ""};
        const ProviderReport report{"PA", one.report, "TX", Fen{100}, Instant{}};
        EXPECT_EQ(judge(report, attempt, one.order), one.verdict)
            << wire_name(one.report) << ' ' << wire_name(one.attempt) << ' ' << wire_name(one.order);
    }
}

TEST(Judge, QuarantinesAnyOtherAmount) {
    const Attempt attempt{AttemptId{1}, "PA", OrderId{1}, "sandbox", Fen{100}, AttemptState::pending, ""};
    for (const std::int64_t amount : {0, 99, 101, -100}) {
        const ProviderReport report{"PA", ProviderState::success, "TX", Fen{amount}, Instant{}};
        EXPECT_EQ(judge(report, attempt, OrderState::created), Verdict::quarantine);
    }
}

TEST(OrderState, NeverGoesBack) {
    using O = OrderState;
    for (const auto to : {O::created, O::expired, O::cancelled}) EXPECT_FALSE(may_become(O::paid, to));
    for (const auto to : {O::created, O::paid, O::expired}) EXPECT_FALSE(may_become(O::cancelled, to));
    for (const auto to : {O::paid, O::expired, O::cancelled}) EXPECT_TRUE(may_become(O::created, to));
    EXPECT_TRUE(may_become(O::expired, O::paid));
    EXPECT_FALSE(may_become(O::expired, O::cancelled));
}

}  // namespace
}  // namespace shanhai::orders
