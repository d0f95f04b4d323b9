#include "vocabulary/months.hpp"

#include <gtest/gtest.h>
#include <array>

namespace shanhai {
namespace {

TEST(Months, AreThoseThatWereNamed) {
    const std::array<std::int64_t, 3> named{12, 1, 4};
    const auto months = Months::of(named);
    ASSERT_TRUE(months);
    EXPECT_EQ(months->numbers(), (std::vector<int>{1, 4, 12}));
    EXPECT_TRUE(months->hold(*parse_date("2026-12-31")));
    EXPECT_FALSE(months->hold(*parse_date("2026-11-30")));
    EXPECT_EQ(Months::of_bits(months->bits()), *months);
    EXPECT_TRUE(Months{}.none());
}

TEST(Months, AreTwelveAndComeOnce) {
    const std::array<std::int64_t, 2> twice{4, 4};
    EXPECT_FALSE(Months::of(twice));
    for (const std::int64_t number : {0, 13, -1, 1'000'000}) EXPECT_FALSE(Months::of({&number, 1})) << number;
    EXPECT_FALSE(Months::of_bits(1 << 12));
    EXPECT_FALSE(Months::of_bits(-1));
    EXPECT_EQ(Months::of_bits(Months::bits_max)->numbers().size(), 12U);
}

}  // namespace
}  // namespace shanhai
