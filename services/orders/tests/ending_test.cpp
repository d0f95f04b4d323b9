#include "orders/domain/ending.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <algorithm>

namespace shanhai::orders {
namespace {

constexpr std::chrono::seconds minute{60};

Order order_in(OrderState state, Instant expires) {
    Order order;
    order.id = OrderId{1};
    order.state = state;
    order.expires = expires;
    return order;
}

Attempt attempt_of(std::uint64_t order, const std::string& provider, bool quarantined) {
    Attempt attempt;
    attempt.id = AttemptId{order * 10};
    attempt.order = OrderId{order};
    attempt.provider = provider;
    attempt.state = AttemptState::pending;
    attempt.quarantined = quarantined;
    return attempt;
}

OrderState any_state() {
    return *rc::gen::element(OrderState::created, OrderState::paid, OrderState::expired,
                             OrderState::cancelled);
}

std::vector<Attempt> any_attempts() {
    std::vector<Attempt> open;
    const auto count = *rc::gen::inRange(0, 4);
    for (int i = 0; i < count; ++i) {
        open.push_back(attempt_of(*rc::gen::inRange<std::uint64_t>(1, 3),
                                  *rc::gen::element<std::string>("a", "b"), *rc::gen::arbitrary<bool>()));
    }
    return open;
}

bool payable(const std::vector<Attempt>& open) {
    return std::ranges::any_of(
        open, [](const Attempt& attempt) { return attempt.order == OrderId{1} && !attempt.quarantined; });
}

RC_GTEST_PROP(Ending, EndsNoOrderThatMayStillBePaidAndNoneTwice, ()) {
    const auto at = now();
    const auto order = order_in(any_state(), at + *rc::gen::inRange(-2, 3) * minute);
    const auto open = any_attempts();
    const bool free = order.state == OrderState::created && !payable(open);
    RC_ASSERT(may_end(order, open, OrderState::cancelled, at) == free);
    RC_ASSERT(may_end(order, open, OrderState::expired, at) == (free && order.expires <= at));
    RC_ASSERT(!may_end(order, open, OrderState::paid, at) || free);
}

RC_GTEST_PROP(Ending, PaysByTheOpenAttemptOfThatProviderOrByANewOne, ()) {
    const auto at = now();
    const auto order = order_in(any_state(), at + *rc::gen::inRange(-2, 3) * minute);
    const auto open = any_attempts();
    const auto chosen = attempt_to_pay(order, open, "a", at);
    RC_ASSERT(static_cast<bool>(chosen) == (order.state == OrderState::created && order.expires > at));
    if (!chosen) {
        RC_ASSERT(chosen.error().code() == "order-not-payable");
        return;
    }
    const bool there = std::ranges::any_of(open, [](const Attempt& attempt) {
        return attempt.order == OrderId{1} && attempt.provider == "a" && !attempt.quarantined;
    });
    RC_ASSERT(chosen->has_value() == there);
    if (there)
        RC_ASSERT((**chosen).provider == "a" && (**chosen).order == OrderId{1} && !(**chosen).quarantined);
}

TEST(Ending, SaysWhyAnOrderIsNotCancelled) {
    EXPECT_FALSE(cancellation_refused(order_in(OrderState::cancelled, now())));
    EXPECT_EQ(cancellation_refused(order_in(OrderState::created, now()))->code(), "provider-unavailable");
    EXPECT_EQ(cancellation_refused(order_in(OrderState::paid, now()))->code(), "order-not-cancellable");
    EXPECT_EQ(cancellation_refused(order_in(OrderState::expired, now()))->code(), "order-not-cancellable");
}

}  // namespace
}  // namespace shanhai::orders
