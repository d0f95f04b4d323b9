#include "chassis/batch/isolate.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <bit>
#include <numeric>
#include <set>
#include <vector>

namespace shanhai::batch {
namespace {

/// Works things off, but for the bad ones; counts how often it was asked.
struct Workshop {
    std::set<int> bad;
    std::multiset<int> done;
    std::multiset<int> set_aside;
    std::size_t tries = 0;

    Result<int> work(const std::vector<int>& items) {
        const auto together = [this](std::span<const int> some) -> Result<int> {
            ++tries;
            for (const int one : some) {
                if (bad.contains(one)) return Error{Failure::internal, "internal", "a bad one"};
            }
            done.insert(some.begin(), some.end());
            return static_cast<int>(some.size());
        };
        const auto alone = [this](int one) -> Result<int> {
            set_aside.insert(one);
            return 0;
        };
        return isolate(std::span{items}, together, alone, [](int& first, int second) { first += second; });
    }
};

TEST(Isolation, SetsAsideTheBadOnesAloneAndDoesTheOthersOnce) {
    const auto holds = rc::check("any bad ones among any number", [] {
        const auto count = *rc::gen::inRange<std::size_t>(1, 300);
        std::vector<int> items(count);
        std::iota(items.begin(), items.end(), 0);
        Workshop shop;
        shop.bad = *rc::gen::container<std::set<int>>(rc::gen::inRange(0, static_cast<int>(count)));
        const auto answer = shop.work(items);
        RC_ASSERT(answer);
        RC_ASSERT(static_cast<std::size_t>(*answer) == count - shop.bad.size());
        RC_ASSERT(shop.set_aside == std::multiset<int>(shop.bad.begin(), shop.bad.end()));
        RC_ASSERT(shop.done.size() == count - shop.bad.size());
        for (const int one : shop.bad) RC_ASSERT(!shop.done.contains(one));
        RC_ASSERT(shop.tries <= 2 * shop.bad.size() * (std::bit_width(count) + 1) + 1);
    });
    EXPECT_TRUE(holds);
}

TEST(Isolation, EndsWhereTheFaultIsNobodys) {
    std::size_t tries = 0;
    const auto together = [&](std::span<const int>) -> Result<int> {
        ++tries;
        return Error{Failure::unavailable, "database-unavailable", "away"};
    };
    const auto alone = [](int) -> Result<int> { return 0; };
    const std::vector items{1, 2, 3, 4};
    const auto answer = isolate(std::span{items}, together, alone, [](int&, int) {});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code(), "database-unavailable");
    EXPECT_EQ(tries, 1U);
}

TEST(Isolation, TriesNothingWhereThereIsNothing) {
    Workshop shop;
    const auto answer = shop.work({});
    ASSERT_TRUE(answer);
    EXPECT_EQ(*answer, 0);
    EXPECT_EQ(shop.tries, 0U);
}

}  // namespace
}  // namespace shanhai::batch
