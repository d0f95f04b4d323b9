#include "vocabulary/time.hpp"

#include <algorithm>
#include <cstdlib>

namespace shanhai {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;

/// The number in text[at, at + length), or -1 unless all of it is digits.
int digits(std::string_view text, std::size_t at, std::size_t length) {
    if (at + length > text.size()) return -1;
    int value = 0;
    for (const char c : text.substr(at, length)) {
        if (c < '0' || c > '9') return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

/// Appends the number with zeros before it, so that it takes `width` characters at least. Every statement
/// that writes a row writes moments, so that they are not left to printf.
void append_padded(std::string& text, std::int64_t number, std::size_t width) {
    if (number < 0) text += '-';
    const auto written = std::to_string(std::abs(number));
    const auto taken = written.size() + (number < 0 ? 1 : 0);
    text.append(width - std::min(width, taken), '0').append(written);
}

/// Nothing in our trade is older, and DATETIME(6) holds no year of five digits.
constexpr int year_min = 1900;
constexpr Instant instant_min{Date{std::chrono::year{year_min} / 1 / 1}};
constexpr Instant instant_end{Date{std::chrono::year{10'000} / 1 / 1}};

Error bad_moment() { return invalid_field("", "a moment looks like 2026-05-01T08:00:00Z"); }

/// The offset may lead out of the years that the text alone names.
Result<Instant> within_bounds(Instant moment) {
    if (moment >= instant_min && moment < instant_end) return moment;
    return invalid_field("", "a moment lies between the years 1900 and 9999, in UTC");
}

}  // namespace

Result<Month> Month::parse(std::string_view text) {
    const int year = digits(text, 0, 4);
    const int month = digits(text, 5, 2);
    if (text.size() != 7 || text[4] != '-' || year < year_min || month < 1 || month > 12) {
        return invalid_field("", "a month looks like 2026-05, and is not before 1900");
    }
    return Month{std::chrono::year{year} / std::chrono::month{static_cast<unsigned>(month)}};
}

Month Month::of(Instant at) {
    const std::chrono::year_month_day day{shanghai_date(at)};
    return Month{day.year() / day.month()};
}

std::string Month::text() const { return date_text(Date{month_ / 1}).substr(0, 7); }

Instant Month::from() const { return start_of(Date{month_ / 1}); }
Instant Month::until() const { return start_of(Date{(month_ + std::chrono::months{1}) / 1}); }

std::string date_text(Date day) {
    const std::chrono::year_month_day parts{day};
    std::string text;
    append_padded(text, static_cast<int>(parts.year()), 4);
    append_padded(text += '-', static_cast<unsigned>(parts.month()), 2);
    append_padded(text += '-', static_cast<unsigned>(parts.day()), 2);
    return text;
}

std::string clock_text(Instant at) {
    const std::chrono::hh_mm_ss<microseconds> clock{at - std::chrono::floor<days>(at)};
    std::string text;
    append_padded(text, clock.hours().count(), 2);
    append_padded(text += ':', clock.minutes().count(), 2);
    append_padded(text += ':', clock.seconds().count(), 2);
    append_padded(text += '.', clock.subseconds().count(), 6);
    return text;
}

Result<Date> parse_date(std::string_view text) {
    const int year = digits(text, 0, 4);
    const int month = digits(text, 5, 2);
    const int day = digits(text, 8, 2);
    if (text.size() != 10 || text[4] != '-' || text[7] != '-' || year < 1 || month < 1 || day < 1) {
        return invalid_field("", "a day looks like 2026-05-01");
    }
    const auto parts = std::chrono::year{year} / month / day;
    if (!parts.ok()) return invalid_field("", "no calendar has that day");
    if (year < year_min) return invalid_field("", "a day is not before 1900");
    return Date{parts};
}

std::string rfc3339(Instant at) {
    auto clock = clock_text(at);
    if (clock.ends_with(".000000")) clock.resize(clock.find('.'));
    return date_text(std::chrono::floor<days>(at)) + 'T' + clock + 'Z';
}

Result<Instant> parse_rfc3339(std::string_view text) {
    const auto day = parse_date(text.substr(0, std::min<std::size_t>(text.size(), 10)));
    const int hour = digits(text, 11, 2);
    const int minute = digits(text, 14, 2);
    const int second = digits(text, 17, 2);
    if (!day || text.size() < 20 || (text[10] != 'T' && text[10] != 't') || text[13] != ':' ||
        text[16] != ':' || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
        return bad_moment();
    }
    std::size_t at = 19;
    int micros = 0;
    if (text[at] == '.') {
        int scale = 100'000;
        const auto first = ++at;
        for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10) {
            micros += (text[at] - '0') * scale;
        }
        if (at == first) return bad_moment();
    }
    Instant moment = Instant{*day} + hours{hour} + minutes{minute} + seconds{second} + microseconds{micros};
    const auto zone = text.substr(at);
    if (zone == "Z" || zone == "z") return within_bounds(moment);
    const int zone_hours = digits(zone, 1, 2);
    const int zone_minutes = digits(zone, 4, 2);
    if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':' || zone_hours < 0 ||
        zone_hours > 23 || zone_minutes < 0 || zone_minutes > 59) {
        return bad_moment();
    }
    const auto offset = hours{zone_hours} + minutes{zone_minutes};
    return within_bounds(zone[0] == '+' ? moment - offset : moment + offset);
}

}  // namespace shanhai
