#include "chassis/database/rows.hpp"

#include <cppconn/exception.h>
#include <algorithm>
#include <array>
#include <charconv>

namespace shanhai::database {
namespace {

template <class Number>
Number number(std::string_view text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        throw std::runtime_error{"a column does not hold a whole number in range"};
    }
    return value;
}

/// Any day of the calendar, of a DATETIME its day. What today's rules refuse, an earlier release may have
/// stored, and a service that cannot read its own rows does not start.
Date day(std::string_view text) {
    const bool formed = text.size() >= 10 && text[4] == '-' && text[7] == '-';
    if (!formed) throw std::runtime_error{"a column does not hold a day"};
    const std::chrono::year_month_day parts{std::chrono::year{number<int>(text.substr(0, 4))},
                                            std::chrono::month{number<unsigned>(text.substr(5, 2))},
                                            std::chrono::day{number<unsigned>(text.substr(8, 2))}};
    if (!parts.ok()) throw std::runtime_error{"a column does not hold a day"};
    return Date{parts};
}

[[noreturn]] void no_moment() { throw std::runtime_error{"a column does not hold a moment"}; }

/// "2026-05-01 08:00:00" with up to six digits of a second, in UTC.
Instant moment(std::string_view text) {
    if (text.size() < 19 || text[10] != ' ' || text[13] != ':' || text[16] != ':') no_moment();
    Instant at = Instant{day(text)} + std::chrono::hours{number<int>(text.substr(11, 2))} +
                 std::chrono::minutes{number<int>(text.substr(14, 2))} +
                 std::chrono::seconds{number<int>(text.substr(17, 2))};
    if (text.size() == 19) return at;
    std::string fraction{text.substr(20)};
    if (text[19] != '.' || fraction.empty() || fraction.size() > 6) no_moment();
    fraction.resize(6, '0');
    return at + std::chrono::microseconds{number<int>(fraction)};
}

}  // namespace

bool DriverRows::null(unsigned column) const try {
    return rows_->isNull(column + 1);
} catch (const ::sql::SQLException& error) {
    throw std::logic_error{"cannot read column " + std::to_string(column) + ": " + error.what()};
}

std::string DriverRows::text(unsigned column) const try {
    if (rows_->isNull(column + 1)) {
        throw std::runtime_error{"column " + std::to_string(column) + " is NULL and was read as a value"};
    }
    return rows_->getString(column + 1).asStdString();
} catch (const ::sql::SQLException& error) {
    throw std::logic_error{"cannot read column " + std::to_string(column) + ": " + error.what()};
}

Rows::Rows(std::unique_ptr<Source> source) : source_{std::move(source)} {}
Rows::Rows(Rows&&) noexcept = default;
Rows& Rows::operator=(Rows&&) noexcept = default;
Rows::~Rows() = default;

bool Rows::next() { return source_->next(); }

bool Rows::null(unsigned column) const { return source_->null(column); }

std::int64_t Rows::integer(unsigned column) const { return number<std::int64_t>(source_->text(column)); }
std::uint64_t Rows::natural(unsigned column) const { return number<std::uint64_t>(source_->text(column)); }
std::string Rows::text(unsigned column) const { return source_->text(column); }
Instant Rows::instant(unsigned column) const { return moment(source_->text(column)); }
Date Rows::date(unsigned column) const { return day(source_->text(column)); }

std::optional<std::int64_t> Rows::optional_integer(unsigned column) const {
    if (null(column)) return std::nullopt;
    return integer(column);
}
std::optional<std::string> Rows::optional_text(unsigned column) const {
    if (null(column)) return std::nullopt;
    return text(column);
}
std::optional<Instant> Rows::optional_instant(unsigned column) const {
    if (null(column)) return std::nullopt;
    return instant(column);
}
std::optional<Date> Rows::optional_date(unsigned column) const {
    if (null(column)) return std::nullopt;
    return date(column);
}

bool SqlError::passing() const {
    constexpr std::array refusals{
        1021, 1026, 1030, 1114,              // Disk full, error on writing, error of the engine, table full.
        1037, 1038, 1041, 1135,              // Out of memory, no more threads.
        1040, 1129, 1203, 1226,              // Too many connections, or broken ones; an account's limits.
        1044, 1045, 1130, 1142, 1143, 1227,  // Rights that are not there (now), from here.
        1370, 1698, 1820, 1862, 4151,  // … for a routine, without a password, with one that is over, locked.
        1158, 1159, 1160, 1161,        // The server could not read from us or write to us.
        1180, 1206, 1637,              // Error during COMMIT; no more room for locks, for transactions.
        1223, 1290, 1792, 1836, 3100,  // Locked for a backup, read-only, refused by the cluster.
    };
    return connection_lost() || worth_repeating() || timed_out() ||
           std::ranges::find(refusals, code_) != refusals.end();
}

std::uint64_t Session::last_insert_id() {
    auto rows = ask("SELECT LAST_INSERT_ID()");
    rows.next();
    return rows.natural(0);
}

const Clock& Session::counting_clock() const {
    const auto* turned = turned_clock();
    return turned == nullptr ? machine_clock() : *turned;
}

Instant Session::database_now() {
    const auto& clock = counting_clock();
    if (!told_) {
        auto rows = ask("SELECT UTC_TIMESTAMP(6)");
        rows.next();
        told_ =
            Told{rows.instant(0), clock.steady()};  // Heard after it was said: what we count is never ahead.
    }
    return told_->time + std::chrono::duration_cast<std::chrono::microseconds>(clock.steady() - told_->heard);
}

const security::KeyRing& Session::outbox_keys() const {
    static const security::KeyRing none;
    return none;
}

}  // namespace shanhai::database
