#include "vocabulary/money.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <limits>
#include <numeric>

namespace shanhai {
namespace {

TEST(Money, ThrowsInsteadOfWrapping) {
    const Fen most{std::numeric_limits<std::int64_t>::max()};
    EXPECT_THROW(most + Fen{1}, std::overflow_error);
    EXPECT_THROW(most * 2, std::overflow_error);
    EXPECT_THROW(Fen{-2} - most, std::overflow_error);
    EXPECT_EQ(Fen{450} * 2 + Fen{1}, Fen{901});
}

TEST(Money, SplitsByLargestRemainderWithTiesToTheEarlierPart) {
    const std::vector<std::int64_t> thirds{1, 1, 1};
    EXPECT_EQ(split_by_largest_remainder(100, thirds), (std::vector<std::int64_t>{34, 33, 33}));
    EXPECT_EQ(split_by_largest_remainder(-100, thirds), (std::vector<std::int64_t>{-34, -33, -33}));
    const std::vector<std::int64_t> uneven{7, 0, 3};
    EXPECT_EQ(split_by_largest_remainder(1, uneven), (std::vector<std::int64_t>{1, 0, 0}));
}

TEST(Money, PartsAlwaysSumToTheWhole) {
    EXPECT_TRUE(rc::check([](std::int64_t whole, std::vector<std::uint16_t> raw) {
        std::vector<std::int64_t> weights(raw.begin(), raw.end());
        RC_PRE(std::accumulate(weights.begin(), weights.end(), std::int64_t{0}) > 0);
        const auto parts = split_by_largest_remainder(whole / 2, weights);
        RC_ASSERT(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}) == whole / 2);
    }));
}

TEST(Money, RefusesWeightsThatSplitNothing) {
    const std::vector<std::int64_t> none{0, 0};
    const std::vector<std::int64_t> negative{1, -1};
    EXPECT_THROW(split_by_largest_remainder(5, none), std::invalid_argument);
    EXPECT_THROW(split_by_largest_remainder(5, negative), std::invalid_argument);
}

TEST(Money, ReadsAsYuan) {
    EXPECT_EQ(yuan_text(Fen{1234}), "12.34");
    EXPECT_EQ(yuan_text(Fen{-5}), "-0.05");
    EXPECT_EQ(yuan_text(Fen{std::numeric_limits<std::int64_t>::min()}), "-92233720368547758.08");
}

}  // namespace
}  // namespace shanhai
