#include "catalog/domain/service_phone.hpp"

#include "vocabulary/phone.hpp"
#include "vocabulary/text.hpp"

#include <algorithm>

namespace shanhai::catalog {
namespace {

constexpr std::size_t service_length = 10;        // 400 and seven digits.
constexpr std::size_t short_length_min = 5;       // 95xxx
constexpr std::size_t short_length_max = 6;       // 95xxxx
constexpr std::string_view served_by = "016789";  // Whose 400 numbers there are, by the digit behind.

/// Digits alone of what people write in groups; empty when there is something else.
std::string ungrouped(std::string_view text) {
    std::string digits;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            digits += c;
        } else if (c != '-' && c != ' ') {
            return {};
        }
    }
    return digits;
}

bool is_of_service(std::string_view digits) {
    if (digits.starts_with("400"))
        return digits.size() == service_length && served_by.find(digits[3]) != std::string_view::npos;
    return digits.starts_with("95") && digits.size() >= short_length_min && digits.size() <= short_length_max;
}

}  // namespace

Result<ServicePhone> ServicePhone::parse(std::string_view text) {
    if (const auto plain = pasted_number(text)) {
        if (auto digits = ungrouped(*plain); is_of_service(digits)) return ServicePhone{std::move(digits)};
    }
    auto number = phone_digits(text);
    if (!number) return invalid_field("", "is not a telephone number of mainland China");
    if (phone_line(*number) != *number) return invalid_field("", "a service telephone has no extension");
    return ServicePhone{*std::move(number)};
}

}  // namespace shanhai::catalog
