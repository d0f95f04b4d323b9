#include "certification/domain/working_days.hpp"

#include <algorithm>
#include <array>

namespace shanhai::certification {

namespace {

bool is_fixed_holiday(Date day) {
    using namespace std::chrono;
    static constexpr std::array fixed{January / 1, May / 1, May / 2, October / 1, October / 2, October / 3};
    const year_month_day on{day};
    return std::ranges::find(fixed, on.month() / on.day()) != fixed.end();
}

}  // namespace

bool is_working_day(Date day, const Calendar& calendar) {
    if (const auto said = calendar.find(day); said != calendar.end()) return said->second;
    const std::chrono::weekday weekday{day};
    return !is_fixed_holiday(day) && weekday != std::chrono::Saturday && weekday != std::chrono::Sunday;
}

Instant after_working_days(Date from, int count, const Calendar& calendar) {
    auto day = from;
    while (count > 0) {
        day += std::chrono::days{1};
        if (is_working_day(day, calendar)) --count;
    }
    return start_of(day + std::chrono::days{1});
}

}  // namespace shanhai::certification
