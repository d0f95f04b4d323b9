#include "vocabulary/ids.hpp"

#include <algorithm>

namespace shanhai {
namespace {

constexpr std::uint64_t half = 100'000;  // The ten digits are two halves of five.

/// A four-round Feistel network over pairs of five-digit numbers: a permutation of 0 … 10^10 − 1
/// that hides the count of orders from a competitor. It is not a secret, only not a counter.
std::uint64_t scattered(std::uint64_t sequence) {
    std::uint64_t left = sequence / half % half;
    std::uint64_t right = sequence % half;
    for (const std::uint64_t key : {48'271U, 69'621U, 16'807U, 39'373U}) {
        const std::uint64_t mixed = (right * right * 7 + right * key + key / 7) % 99'991 + (right ^ key) % 10;
        left = (left + mixed) % half;
        std::swap(left, right);
    }
    return left * half + right;
}

std::string padded(std::uint64_t value, std::size_t width) {
    auto text = std::to_string(value);
    return std::string(width - std::min(width, text.size()), '0') + text;
}

}  // namespace

char mod_11_10_check_digit(std::string_view digits) {
    int product = 10;
    for (const char digit : digits) {
        int sum = (digit - '0' + product) % 10;
        if (sum == 0) sum = 10;
        product = sum * 2 % 11;
    }
    return static_cast<char>('0' + (11 - product) % 10);
}

OrderNumber OrderNumber::make(Instant at, std::uint64_t sequence) {
    auto day = date_text(shanghai_date(at));
    std::erase(day, '-');
    const auto digits = day + padded(scattered(sequence % (half * half)), 10);
    return OrderNumber{"SH" + digits + mod_11_10_check_digit(digits)};
}

Result<OrderNumber> OrderNumber::parse(std::string_view text) {
    const auto digits = text.substr(std::min<std::size_t>(2, text.size()));
    const bool form = text.size() == length && text.starts_with("SH") &&
                      std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
    if (!form || mod_11_10_check_digit(digits.substr(0, 18)) != digits.back()) {
        return invalid_field("", "that is not an order number");
    }
    const std::string day{digits.substr(0, 8)};
    const auto date = parse_date(day.substr(0, 4) + "-" + day.substr(4, 2) + "-" + day.substr(6));
    if (!date) return invalid_field("", "that is not an order number");
    return OrderNumber{std::string{text}};
}

}  // namespace shanhai
