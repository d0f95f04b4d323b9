#include "orders/domain/allocation.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace shanhai::orders {
namespace {

const Date today = std::chrono::sys_days{std::chrono::year{2026} / 5 / 4};

LotStock stock(std::uint64_t lot, std::uint64_t sku, std::optional<int> days_left, std::int64_t on_hand,
               std::int64_t reserved = 0) {
    Lot facts{LotId{lot}, SkuId{sku}, "L", "530624", today, std::nullopt, true};
    if (days_left) facts.expiry = today + std::chrono::days{*days_left};
    return {facts, on_hand, reserved};
}
Demand demand(std::uint64_t sku, std::int64_t quantity, int remaining_min = 0) {
    return {SkuId{sku}, quantity, std::chrono::days{remaining_min}};
}

TEST(Allocation, TakesFirstWhatExpiresFirstAndLastWhatNeverExpires) {
    Allocator allocator{{stock(1, 1, std::nullopt, 5), stock(2, 1, 20, 5), stock(3, 1, 10, 5)}};
    const std::vector<Demand> demands{demand(1, 12)};
    const auto picks = allocator.take(demands, today);
    ASSERT_TRUE(picks);
    std::vector<LotId> lots;
    for (const auto& pick : *picks) lots.push_back(allocator.stock()[pick.stock].lot.id);
    EXPECT_EQ(lots, (std::vector{LotId{3}, LotId{2}, LotId{1}}));
    EXPECT_EQ(picks->back().quantity, 2);
}

TEST(Allocation, PassesOverWhatMayNotBeSold) {
    auto recalled = stock(1, 1, 50, 5);
    recalled.lot.saleable = false;
    auto unmade = stock(2, 1, 50, 5);
    unmade.lot.production = today + std::chrono::days{1};
    Allocator allocator{{recalled, unmade, stock(3, 1, 9, 5), stock(4, 1, 10, 5), stock(5, 2, 50, 5)}};
    const std::vector<Demand> demands{demand(1, 5, 10)};
    const auto picks = allocator.take(demands, today);
    ASSERT_TRUE(picks);
    ASSERT_EQ(picks->size(), 1U);
    EXPECT_EQ(allocator.stock()[picks->front().stock].lot.id, LotId{4});
    EXPECT_FALSE(allocator.take(demands, today));
}

TEST(Allocation, NeverSellsOnTheDayOfExpiry) {
    Allocator allocator{{stock(1, 1, 0, 5)}};
    const std::vector<Demand> demands{demand(1, 1)};
    EXPECT_FALSE(allocator.take(demands, today));
}

TEST(Allocation, GivesEverythingBackWhenOneDemandFails) {
    Allocator allocator{{stock(1, 1, 30, 5), stock(2, 2, 30, 1)}};
    const std::vector<Demand> demands{demand(1, 5), demand(2, 2)};
    EXPECT_FALSE(allocator.take(demands, today));
    for (const auto& lot : allocator.stock()) EXPECT_EQ(lot.reserved, 0);
}

RC_GTEST_PROP(AllocationProperty, NeitherOversellsNorLosesAPack, ()) {
    std::vector<LotStock> lots;
    const auto count = *rc::gen::inRange<std::uint64_t>(1, 8);
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto on_hand = *rc::gen::inRange<std::int64_t>(0, 30);
        lots.push_back(stock(i + 1, *rc::gen::inRange<std::uint64_t>(1, 4), *rc::gen::inRange(-2, 40),
                             on_hand, *rc::gen::inRange<std::int64_t>(0, on_hand + 1)));
    }
    Allocator allocator{lots};
    std::vector<std::int64_t> given(lots.size());
    for (int order = 0; order < 12; ++order) {
        std::vector<Demand> demands;
        const auto lines = *rc::gen::inRange(1, 4);
        for (int line = 0; line < lines; ++line) {
            demands.push_back(demand(*rc::gen::inRange<std::uint64_t>(1, 4),
                                     *rc::gen::inRange<std::int64_t>(1, 12), *rc::gen::inRange(0, 20)));
        }
        const auto picks = allocator.take(demands, today);
        if (!picks) continue;
        std::vector<std::int64_t> served(demands.size());
        for (const auto& pick : *picks) {
            const auto& lot = allocator.stock()[pick.stock].lot;
            RC_ASSERT(pick.quantity > 0);
            RC_ASSERT(lot.sku == demands[pick.demand].sku);
            RC_ASSERT(lot.sellable_on(today, demands[pick.demand].remaining_min));
            served[pick.demand] += pick.quantity;
            given[pick.stock] += pick.quantity;
        }
        for (std::size_t i = 0; i < demands.size(); ++i) RC_ASSERT(served[i] == demands[i].quantity);
    }
    for (std::size_t i = 0; i < lots.size(); ++i) {
        const auto& now = allocator.stock()[i];
        RC_ASSERT(now.reserved == lots[i].reserved + given[i]);
        RC_ASSERT(now.reserved <= now.on_hand);
    }
}

RC_GTEST_PROP(AllocationProperty, RefusesOnlyWhatTheFreshLotsCannotServe, ()) {
    std::vector<LotStock> lots;
    for (std::uint64_t i = 1; i <= 5; ++i) {
        lots.push_back(stock(i, 1, *rc::gen::inRange(-2, 40), *rc::gen::inRange<std::int64_t>(0, 10)));
    }
    const auto asked = demand(1, *rc::gen::inRange<std::int64_t>(1, 40), *rc::gen::inRange(0, 20));
    std::int64_t sellable = 0;
    for (const auto& lot : lots) {
        if (lot.lot.sellable_on(today, asked.remaining_min)) sellable += lot.available();
    }
    const std::vector<Demand> demands{asked};
    RC_ASSERT(Allocator{lots}.take(demands, today).has_value() == (asked.quantity <= sellable));
}

}  // namespace
}  // namespace shanhai::orders
