#include "vocabulary/households.hpp"

#include <gtest/gtest.h>

namespace shanhai {
namespace {

TEST(Households, HaveSomebodyInEach) {
    for (const auto& good : {Households{0}, Households{0, 0}, Households{38}, Households{38, 38},
                             Households{Households::count_max, Households::people_max}}) {
        EXPECT_FALSE(good.fault()) << good.count;
    }
    for (const auto& bad : {Households{38, 37}, Households{0, 1}, Households{1, 0}}) {
        ASSERT_TRUE(bad.fault()) << bad.count;
        EXPECT_EQ(bad.fault()->fields().at(0).pointer, "/people");
    }
}

}  // namespace
}  // namespace shanhai
