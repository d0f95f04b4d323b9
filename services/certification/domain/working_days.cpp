#include "certification/domain/working_days.hpp"

namespace shanhai::certification {

bool is_working_day(Date day, const Calendar& calendar) {
    if (const auto said = calendar.find(day); said != calendar.end()) return said->second;
    const std::chrono::weekday weekday{day};
    return weekday != std::chrono::Saturday && weekday != std::chrono::Sunday;
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
