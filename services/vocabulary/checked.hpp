#pragma once

#include <compare>
#include <cstdint>
#include <stdexcept>

namespace shanhai {

/// A whole number of some unit. Arithmetic that would overflow throws instead of wrapping, because
/// a wrapped total is a wrong bill. `Unit` only tells amounts of different things apart.
template <class Unit>
class Amount {
public:
    constexpr Amount() = default;
    constexpr explicit Amount(std::int64_t count) : count_{count} {}

    constexpr std::int64_t count() const { return count_; }

    friend constexpr auto operator<=>(Amount, Amount) = default;

    friend constexpr Amount operator+(Amount left, Amount right) {
        std::int64_t sum = 0;
        if (__builtin_add_overflow(left.count_, right.count_, &sum)) throw std::overflow_error{Unit::name};
        return Amount{sum};
    }

    friend constexpr Amount operator-(Amount left, Amount right) {
        std::int64_t difference = 0;
        if (__builtin_sub_overflow(left.count_, right.count_, &difference)) {
            throw std::overflow_error{Unit::name};
        }
        return Amount{difference};
    }

    friend constexpr Amount operator*(Amount amount, std::int64_t times) {
        std::int64_t product = 0;
        if (__builtin_mul_overflow(amount.count_, times, &product)) throw std::overflow_error{Unit::name};
        return Amount{product};
    }

    constexpr Amount operator-() const { return Amount{} - *this; }
    constexpr Amount& operator+=(Amount other) { return *this = *this + other; }
    constexpr Amount& operator-=(Amount other) { return *this = *this - other; }

private:
    std::int64_t count_ = 0;
};

}  // namespace shanhai
