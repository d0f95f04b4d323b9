#include "certification/domain/working_days.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace shanhai::certification {
namespace {

Date day(std::string_view text) { return *parse_date(text); }

TEST(WorkingDays, AreMondayToFriday) {
    // 2026-11-27 is a Friday.
    EXPECT_TRUE(is_working_day(day("2026-11-27"), {}));
    EXPECT_FALSE(is_working_day(day("2026-11-28"), {}));
    EXPECT_FALSE(is_working_day(day("2026-11-29"), {}));
    EXPECT_EQ(after_working_days(day("2026-11-27"), 1, {}), start_of(day("2026-12-01")));
    EXPECT_EQ(after_working_days(day("2026-11-27"), 5, {}), start_of(day("2026-12-05")));
    EXPECT_EQ(after_working_days(day("2026-11-28"), 1, {}), start_of(day("2026-12-01")));
}

TEST(WorkingDays, AreNoHolidaysOfTheLawAlsoInAYearOfWhichNothingIsSaid) {
    for (const char* free :
         {"2027-01-01", "2031-05-01", "2031-05-02", "2031-10-01", "2031-10-02", "2031-10-03"}) {
        EXPECT_FALSE(is_working_day(day(free), {})) << free;
    }
    EXPECT_TRUE(is_working_day(day("2026-10-01"), {{day("2026-10-01"), true}}));
    EXPECT_EQ(after_working_days(day("2026-12-31"), 1, {}), start_of(day("2027-01-05")));
}

TEST(WorkingDays, AreWhatTheCalendarSays) {
    const Calendar national{{day("2026-10-01"), false}, {day("2026-10-02"), false},
                            {day("2026-10-05"), false}, {day("2026-10-06"), false},
                            {day("2026-10-07"), false}, {day("2026-10-10"), true}};
    EXPECT_EQ(after_working_days(day("2026-09-30"), 1, national), start_of(day("2026-10-09")));
    EXPECT_EQ(after_working_days(day("2026-09-30"), 3, national), start_of(day("2026-10-11")));
}

RC_GTEST_PROP(WorkingDays, AreCountedOneByOne, ()) {
    Calendar calendar;
    const auto first = day("2026-01-01");
    for (int i = *rc::gen::inRange(0, 60); i > 0; --i) {
        calendar[first + std::chrono::days{*rc::gen::inRange(0, 200)}] = *rc::gen::arbitrary<bool>();
    }
    const auto from = first + std::chrono::days{*rc::gen::inRange(0, 200)};
    const auto count = *rc::gen::inRange(1, 61);
    const auto over = after_working_days(from, count, calendar);
    int worked = 0;
    for (auto one = from + std::chrono::days{1}; start_of(one) < over; one += std::chrono::days{1}) {
        worked += is_working_day(one, calendar);
    }
    RC_ASSERT(worked == count);
    RC_ASSERT(is_working_day(shanghai_date(over - std::chrono::microseconds{1}), calendar));
}

}  // namespace
}  // namespace shanhai::certification
