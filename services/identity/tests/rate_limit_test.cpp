#include "identity/domain/rate_limit.hpp"

#include <gtest/gtest.h>

namespace shanhai::identity {
namespace {

using namespace std::chrono_literals;

constexpr RateLimit three_a_minute{"test", 3, 60s};
const Instant noon = instant_of(1'800'000'000'000'000);

TEST(RateLimit, AdmitsItsQuotaAndNoMore) {
    RateWindow window;
    for (std::int64_t left = 2; left >= 0; --left) {
        const auto allowance = count_attempt(three_a_minute, window, noon + 1s);
        EXPECT_TRUE(allowance.admitted);
        EXPECT_EQ(allowance.remaining, left);
    }
    const auto refused = count_attempt(three_a_minute, window, noon + 21s);
    EXPECT_FALSE(refused.admitted);
    EXPECT_EQ(refused.remaining, 0);
    EXPECT_EQ(refused.reset, 40s);
}

TEST(RateLimit, BeginsAnewWhenItsWindowHasEnded) {
    RateWindow window{noon, 3};
    EXPECT_FALSE(count_attempt(three_a_minute, window, noon + 59s).admitted);
    EXPECT_TRUE(count_attempt(three_a_minute, window, noon + 60s).admitted);
    EXPECT_EQ(window.started, noon + 60s);
    EXPECT_EQ(window.attempts, 1);
}

TEST(RateLimit, DoesNotCountRefusedAttempts) {
    RateWindow window{noon, 3};
    for (int i = 0; i < 10; ++i) EXPECT_FALSE(count_attempt(three_a_minute, window, noon + 30s).admitted);
    EXPECT_EQ(window.attempts, 3);
}

TEST(RateLimit, LetsPeopleInWhenTheClockWentBack) {
    RateWindow window{noon + 24h, 3};
    EXPECT_TRUE(count_attempt(three_a_minute, window, noon).admitted);
}

TEST(RateLimit, CountsAnAttemptThatReadTheClockBeforeTheWindowBegan) {
    RateWindow window{noon + 5ms, 3};
    EXPECT_FALSE(count_attempt(three_a_minute, window, noon).admitted);
}

TEST(RateLimit, NeverSaysToTryAgainInNoTime) {
    RateWindow window{noon, 3};
    EXPECT_EQ(count_attempt(three_a_minute, window, noon + 60s - 1us).reset, 1s);
}

}  // namespace
}  // namespace shanhai::identity
