#pragma once

#include "vocabulary/result.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace shanhai {

/// A moment in UTC, to the microsecond, as the database stores it (DATETIME(6)).
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

/// A calendar day, without a time zone ("2026-04-02"); days that people write are Asia/Shanghai's.
using Date = std::chrono::sys_days;

/// China has had one zone and no summer time since 1992; month boundaries follow it.
inline constexpr std::chrono::hours shanghai_offset{8};

inline Instant now() {
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}
inline std::int64_t unix_microseconds(Instant at) { return at.time_since_epoch().count(); }
inline Instant instant_of(std::int64_t microseconds) {
    return Instant{std::chrono::microseconds{microseconds}};
}

/// The day it is in Shanghai at that moment.
inline Date shanghai_date(Instant at) { return std::chrono::floor<std::chrono::days>(at + shanghai_offset); }
/// The moment at which that day begins in Shanghai.
inline Instant start_of(Date day) { return Instant{day} - shanghai_offset; }

/// The years in which anything of ours begins or ends, 2000 to 2199 in UTC. A moment outside is a typing
/// error, and not every part of the platform could keep it.
inline bool in_our_time(Instant at) {
    using std::chrono::year;
    return at >= Instant{Date{year{2000} / 1 / 1}} && at < Instant{Date{year{2200} / 1 / 1}};
}

/// A month of Asia/Shanghai, as reports and seals count: "2026-05".
class Month {
public:
    static Result<Month> parse(std::string_view text);
    static Month of(Instant at);

    std::string text() const;
    Instant from() const;   ///< First moment of the month.
    Instant until() const;  ///< First moment of the next one.

    friend auto operator<=>(const Month&, const Month&) = default;

private:
    explicit Month(std::chrono::year_month month) : month_{month} {}

    std::chrono::year_month month_;
};

/// RFC 3339 in UTC with microseconds only when they are not zero: "2026-05-01T08:00:00Z".
std::string rfc3339(Instant at);
/// Takes any offset. Fails with Failure::invalid, also on moments before 1900 or after 9999 in UTC, which no
/// column of ours holds.
Result<Instant> parse_rfc3339(std::string_view text);
/// The time of day in UTC, with microseconds: "08:00:00.000000".
std::string clock_text(Instant at);
/// "2026-05-01"; fails with Failure::invalid on days that no calendar has, and before 1900.
std::string date_text(Date day);
Result<Date> parse_date(std::string_view text);

}  // namespace shanhai
