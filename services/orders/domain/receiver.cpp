#include "orders/domain/receiver.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

namespace shanhai::orders {
namespace {

constexpr std::string_view hidden = "***";

/// The characters (code points) of a UTF-8 text.
std::vector<std::string_view> characters(std::string_view text) {
    std::vector<std::string_view> found;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at + 1;
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
        found.push_back(text.substr(at, end - at));
        at = end;
    }
    return found;
}

bool is_unit_number(std::string_view character) {
    static constexpr std::array<std::string_view, 11> chinese{"一", "二", "三", "四", "五", "六",
                                                              "七", "八", "九", "十", "甲"};
    if (character.size() == 1) {
        return std::isalnum(static_cast<unsigned char>(character[0])) != 0 || character == "-" ||
               character == "#";
    }
    return std::ranges::find(chinese, character) != chinese.end();
}

/// Where a run of digits or letters directly before `end` begins.
std::size_t run_start(const std::vector<std::string_view>& text, std::size_t end) {
    while (end > 0 && is_unit_number(text[end - 1])) --end;
    return end;
}

/// The index of the character at which the building, unit or room begins; text.size() when unknown.
std::size_t unit_start(const std::vector<std::string_view>& text) {
    static constexpr std::array<std::string_view, 7> unit_words{"栋", "幢", "座", "室", "层", "楼", "房"};
    for (std::size_t i = 1; i < text.size(); ++i) {
        const bool building = text[i] == "号" && i + 1 < text.size() && text[i + 1] == "楼";
        const bool unit = text[i] == "单" && i + 1 < text.size() && text[i + 1] == "元";
        const bool word = std::ranges::find(unit_words, text[i]) != unit_words.end();
        const auto start = run_start(text, i);
        if ((building || unit || word) && start < i) return start;
    }
    return run_start(text, text.size());
}

}  // namespace

Result<std::string> phone_digits(std::string_view text) {
    const auto refused = [] { return invalid_field("", "is not a telephone number of mainland China"); };
    if (text.starts_with("+86")) text.remove_prefix(3);
    std::string digits;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            digits += c;
        } else if (c != ' ' && c != '-') {
            return refused();
        }
    }
    const bool mobile = digits.size() == 11 && digits[0] == '1' && digits[1] >= '3';
    const bool landline = digits.size() >= 10 && digits.size() <= 12 && digits[0] == '0' && digits[1] != '0';
    if (!mobile && !landline) return refused();
    return digits;
}

std::string masked_name(std::string_view name) {
    const auto parts = characters(name);
    return parts.empty() ? "*" : std::string{parts.front()} + "*";
}

std::string masked_phone(std::string_view digits) {
    if (digits.size() < 6) return std::string(digits.size(), '*');
    return std::string{digits.substr(0, 3)} + std::string(digits.size() - 5, '*') +
           std::string{digits.substr(digits.size() - 2)};
}

std::string masked_address(std::string_view address) {
    const auto text = characters(address);
    auto shown = unit_start(text);
    if (shown == text.size()) shown = text.size() * 3 / 5;  // No unit recognised: hide the tail.
    std::string masked;
    for (std::size_t i = 0; i < shown; ++i) masked += text[i];
    return masked + std::string{hidden};
}

}  // namespace shanhai::orders
