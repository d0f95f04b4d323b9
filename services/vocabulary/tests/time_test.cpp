#include "vocabulary/time.hpp"

#include <gtest/gtest.h>
#include <array>
#include <cstdio>

namespace shanhai {
namespace {

TEST(Month, BeginsAtMidnightInShanghai) {
    const auto may = Month::parse("2026-05");
    ASSERT_TRUE(may);
    EXPECT_EQ(rfc3339(may->from()), "2026-04-30T16:00:00Z");
    EXPECT_EQ(rfc3339(may->until()), "2026-05-31T16:00:00Z");
    EXPECT_EQ(Month::of(may->from()), *may);
    EXPECT_LT(Month::of(may->from() - std::chrono::microseconds{1}), *may);
    for (const auto* text : {"2026-13", "2026-5", "2026/05", "", "26-05-01"})
        EXPECT_FALSE(Month::parse(text)) << text;
}

TEST(Rfc3339, ReadsWhatItWrites) {
    for (const auto* text :
         {"2026-05-01T08:00:00Z", "1999-12-31T23:59:59.000001Z", "2024-02-29T00:00:00.5Z"}) {
        const auto at = parse_rfc3339(text);
        ASSERT_TRUE(at) << text;
        EXPECT_EQ(*parse_rfc3339(rfc3339(*at)), *at) << text;
    }
    EXPECT_EQ(*parse_rfc3339("2026-05-01T16:00:00+08:00"), *parse_rfc3339("2026-05-01T08:00:00Z"));
}

TEST(Rfc3339, RefusesWhatIsNoMoment) {
    for (const auto* text :
         {"", "2026-05-01", "2026-05-01T08:00:00", "2026-02-30T08:00:00Z", "2026-05-01T24:00:00Z",
          "2026-05-01T08:00:00.Z", "2026-05-01T08:00:00+8", "2026-05-01T08:00:00Zx",
          "9999-12-31T23:59:59-14:00", "1900-01-01T00:00:00+00:01", "0001-01-01T00:00:00Z"}) {
        EXPECT_FALSE(parse_rfc3339(text)) << text;
    }
}

TEST(Date, KnowsItsCalendar) {
    EXPECT_EQ(date_text(*parse_date("2024-02-29")), "2024-02-29");
    EXPECT_FALSE(parse_date("2026-02-29"));
    EXPECT_FALSE(parse_date("2026-2-9"));
    EXPECT_FALSE(parse_date("1899-12-31"));
    EXPECT_TRUE(parse_date("9999-12-31"));
}

TEST(Time, WritesEveryDayAsItIs) {
    for (auto day = Date{std::chrono::year{995} / 1 / 1}; day < Date{std::chrono::year{10'003} / 1 / 1};
         day += std::chrono::days{29}) {
        const std::chrono::year_month_day parts{day};
        std::array<char, 16> expected{};
        std::snprintf(expected.data(), expected.size(), "%04d-%02u-%02u", static_cast<int>(parts.year()),
                      static_cast<unsigned>(parts.month()), static_cast<unsigned>(parts.day()));
        ASSERT_EQ(date_text(day), expected.data());
    }
}

}  // namespace
}  // namespace shanhai
