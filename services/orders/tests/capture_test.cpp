#include "orders/domain/capture.hpp"
#include "orders/domain/receipts.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <algorithm>

namespace shanhai::orders {
namespace {

using std::chrono::days;
using std::chrono::hours;

const Instant at = std::chrono::sys_days{std::chrono::year{2026} / 5 / 4};
const Date today = shanghai_date(at);

Lot lot(std::optional<Date> expiry) {
    return {LotId{1}, SkuId{1}, "L1", "530624", std::nullopt, expiry, true};
}
OfferTerms terms(bool food) {
    OfferTerms terms;
    terms.sku = SkuId{1};
    terms.merchant = MerchantId{5};
    terms.food = food;
    return terms;
}
Order order_of(const OfferTerms& of) {
    Order order;
    order.lines.push_back({OrderLineId{1}, std::make_shared<OfferTerms>(of), LotId{1}, "L1", "530624", 1});
    return order;
}

TEST(LotFault, SaysWhyGoodsMayNotBeHandedOver) {
    EXPECT_FALSE(lot_fault(lot(today + days{1}), terms(true), today));
    EXPECT_EQ(lot_fault(lot(today), terms(true), today), reason_lot_expired);
    EXPECT_EQ(lot_fault(lot(std::nullopt), terms(true), today), reason_expiry_unknown);
    EXPECT_FALSE(lot_fault(lot(std::nullopt), terms(false), today));
    auto blocked = lot(today + days{30});
    blocked.saleable = false;
    EXPECT_EQ(lot_fault(blocked, terms(true), today), reason_lot_blocked);
}

TEST(Food, IsNeverSoldFromALotWithoutADayOfExpiry) {
    EXPECT_FALSE(lot(std::nullopt).sellable_on(today, days{1}, true));
    EXPECT_TRUE(lot(std::nullopt).sellable_on(today, days{1}, false));
    Allocator allocator{{{lot(std::nullopt), 10, 0}}};
    const std::vector<Demand> food{Demand::of(terms(true), 1)};
    const std::vector<Demand> craft{Demand::of(terms(false), 1)};
    EXPECT_FALSE(allocator.take(food, today));
    EXPECT_TRUE(allocator.take(craft, today));
}

TEST(Food, IsWhateverIsNotKnownToBeSomethingElse) {
    for (const char* food : {"food_processed", "tea", "livestock_pork", "", "something_new"}) {
        EXPECT_TRUE(is_food(food)) << food;
    }
    for (const char* other :
         {"handicraft_bamboo", "furniture_bamboo", "homeware_bamboo", "raw_silk", "tobacco"}) {
        EXPECT_FALSE(is_food(other)) << other;
    }
}

TEST(HoldFault, EndsUnpaidOrdersOfStoppedSellersAndLapsedCertifications) {
    OfferBook book;
    book.add(Offer{
        std::make_shared<OfferTerms>(terms(true)), true, {{CertificationId{1}, at, at + hours{2}, {}, {}}}});
    EXPECT_FALSE(hold_fault(order_of(terms(true)), book, at));
    EXPECT_EQ(hold_fault(order_of(terms(true)), book, at + hours{2}), reason_not_certified);
    book.deactivate(MerchantId{5});
    EXPECT_EQ(seller_fault(order_of(terms(true)), book), reason_merchant_inactive);
    EXPECT_EQ(hold_fault(order_of(terms(true)), book, at), reason_merchant_inactive);
}

TEST(Certification, StaysSuspendedInTheTimeItWasWhateverHappenedLater) {
    Certification one{CertificationId{1},
                      at,
                      at + hours{100},
                      CertificationState::revoked,
                      at + hours{20},
                      {{CertificationState::certified, at},
                       {CertificationState::suspended, at + hours{5}},
                       {CertificationState::certified, at + hours{8}},
                       {CertificationState::suspended, at + hours{15}}}};
    EXPECT_TRUE(one.valid_at(at + hours{4}));
    EXPECT_FALSE(one.valid_at(at + hours{5}));
    EXPECT_FALSE(one.valid_at(at + hours{7}));
    EXPECT_TRUE(one.valid_at(at + hours{8}));
    EXPECT_FALSE(one.valid_at(at + hours{16}));
    EXPECT_FALSE(one.valid_at(at + hours{20}));
}

RC_GTEST_PROP(CertificationProperty, WhatIsLearnedLaterNeverChangesWhatWasSo, ()) {
    Certification one{CertificationId{1}, at, at + hours{1000}, CertificationState::certified, at};
    std::vector<CertificationStep> steps{{CertificationState::certified, at}};
    auto since = at;
    const auto count = *rc::gen::inRange(1, 8);
    for (int i = 0; i < count; ++i) {
        const auto before = one;
        since += hours{*rc::gen::inRange(1, 50)};
        one.earlier.push_back({one.state, one.state_since});
        one.state = *rc::gen::element(CertificationState::certified, CertificationState::suspended,
                                      CertificationState::revoked, CertificationState::withdrawn);
        one.state_since = since;
        steps.push_back({one.state, since});
        const auto asked = at + hours{*rc::gen::inRange(0, 1000)};
        if (asked < since) RC_ASSERT(one.valid_at(asked) == before.valid_at(asked));
        // The state of a moment is that of the last step before it.
        const auto next = std::ranges::upper_bound(steps, asked, {}, &CertificationStep::since);
        RC_ASSERT(one.valid_at(asked) == (std::prev(next)->state == CertificationState::certified));
    }
}

TEST(Receipts, AreNoMoreThanTheLotHolds) {
    EXPECT_TRUE(may_receive({10, 0, 0, 0}, 10));
    const auto refused = may_receive({10, 4, 0, 0}, 7);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), "receipt-above-lot");
    EXPECT_EQ(refused.error().fields()[0].pointer, "/quantity");
    EXPECT_TRUE(may_receive({std::nullopt, 4, 4, 0}, 1000));
    EXPECT_FALSE(may_receive({std::nullopt, 0, on_hand_max, 0}, 1));
}

TEST(Receipts, AddNothingToABlockedLot) {
    constexpr bool blocked = true;
    EXPECT_EQ(may_receive({10, 0, 0, 0, blocked}, 1).error().code(), "lot-blocked");
    EXPECT_EQ(may_correct({10, 5, 5, 0, blocked}, 1).error().code(), "lot-blocked");
    EXPECT_TRUE(may_correct({10, 5, 5, 0, blocked}, -5));  // What is thrown away.
}

TEST(Corrections, TakeNothingThatIsHeldOrNotThereAndAddNothingThatWasNotMade) {
    EXPECT_TRUE(may_correct({10, 10, 10, 4}, -6));
    EXPECT_EQ(may_correct({10, 10, 10, 4}, -7).error().code(), "correction-below-reserved");
    EXPECT_EQ(may_correct({10, 10, 10, 4}, -11).error().code(), "correction-above-stock");
    EXPECT_EQ(may_correct({10, 10, 3, 0}, 1).error().code(), "receipt-above-lot");
    EXPECT_TRUE(may_correct({10, 8, 3, 0}, 2));
}

}  // namespace
}  // namespace shanhai::orders
