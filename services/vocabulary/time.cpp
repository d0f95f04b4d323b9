#include "vocabulary/time.hpp"

#include <array>
#include <charconv>
#include <cstdio>

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

std::string printed(const char* format, int a, int b, int c) {
    std::array<char, 48> buffer{};
    std::snprintf(buffer.data(), buffer.size(), format, a, b, c);
    return buffer.data();
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

std::string Month::text() const {
    return printed("%04d-%02d", static_cast<int>(month_.year()),
                   static_cast<int>(static_cast<unsigned>(month_.month())), 0);
}

Instant Month::from() const { return start_of(Date{month_ / 1}); }
Instant Month::until() const { return start_of(Date{(month_ + std::chrono::months{1}) / 1}); }

/// Every statement that writes a row writes dates, so that the usual ones are not left to printf.
std::string date_text(Date day) {
    const std::chrono::year_month_day parts{day};
    const auto year = static_cast<int>(parts.year());
    if (year >= 1000 && year <= 9999) {
        std::string text = "0000-00-00";
        const auto put = [&text](std::size_t end, unsigned number) {
            for (; number > 0; number /= 10) text[--end] = static_cast<char>('0' + number % 10);
        };
        put(4, static_cast<unsigned>(year));
        put(7, static_cast<unsigned>(parts.month()));
        put(10, static_cast<unsigned>(parts.day()));
        return text;
    }
    return printed("%04d-%02d-%02d", static_cast<int>(parts.year()),
                   static_cast<int>(static_cast<unsigned>(parts.month())),
                   static_cast<int>(static_cast<unsigned>(parts.day())));
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
    const auto day = std::chrono::floor<days>(at);
    const std::chrono::hh_mm_ss<microseconds> clock{at - day};
    auto text = date_text(day) + printed("T%02d:%02d:%02d", static_cast<int>(clock.hours().count()),
                                         static_cast<int>(clock.minutes().count()),
                                         static_cast<int>(clock.seconds().count()));
    if (clock.subseconds().count() != 0) {
        text += printed(".%06d", static_cast<int>(clock.subseconds().count()), 0, 0);
    }
    return text + "Z";
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
