#pragma once

#include "vocabulary/result.hpp"
#include "vocabulary/time.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace shanhai {

/// Some months of the year, such as those of a harvest; none: nobody said.
class Months {
public:
    static constexpr int a_year = 12;
    static constexpr std::int64_t bits_max = (1 << a_year) - 1;

    Months() = default;
    /// Of their numbers, in any order. Fails with Failure::invalid unless each is of 1 to 12 and comes once.
    static Result<Months> of(std::span<const std::int64_t> numbers) {
        Months months;
        for (const auto number : numbers) {
            if (number < 1 || number > a_year) return invalid_field("", "a month is a number from 1 to 12");
            if (months.has(static_cast<int>(number))) return invalid_field("", "names each month once");
            months.bits_ |= bit_of(static_cast<int>(number));
        }
        return months;
    }
    /// As they are stored and told: the lowest bit is January. Nothing when there are other bits.
    static std::optional<Months> of_bits(std::int64_t bits) {
        if (bits < 0 || bits > bits_max) return std::nullopt;
        Months months;
        months.bits_ = bits;
        return months;
    }

    std::int64_t bits() const { return bits_; }
    bool none() const { return bits_ == 0; }
    bool has(int number) const { return (bits_ & bit_of(number)) != 0; }
    /// Whether the day is of one of them.
    bool hold(Date day) const {
        return has(static_cast<int>(static_cast<unsigned>(std::chrono::year_month_day{day}.month())));
    }
    /// From 1 to 12, in their order.
    std::vector<int> numbers() const {
        std::vector<int> all;
        for (int number = 1; number <= a_year; ++number) {
            if (has(number)) all.push_back(number);
        }
        return all;
    }

    friend bool operator==(const Months&, const Months&) = default;

private:
    static constexpr std::int64_t bit_of(int number) { return std::int64_t{1} << (number - 1); }

    std::int64_t bits_ = 0;
};

}  // namespace shanhai
