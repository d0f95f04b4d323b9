#include "vocabulary/phone.hpp"

#include "vocabulary/text.hpp"

#include <algorithm>
#include <array>

namespace shanhai {
namespace {

constexpr std::size_t written_max = 60;
constexpr std::size_t mobile_length = 11;
constexpr std::size_t extension_max = 6;
constexpr auto npos = std::string_view::npos;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool all_digits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_digit); }

bool is_mobile(std::string_view digits) {
    return digits.size() == mobile_length && digits[0] == '1' && digits[1] >= '3';
}

/// 010, 02x: eight digits of one's own; 03xx to 09xx: seven or eight. One's own begin with 2 to 8: 0 and 1
/// are for the network, 9 for services.
bool is_landline(std::string_view digits) {
    if (digits.size() < 11 || digits[0] != '0') return false;
    const bool short_area = digits.starts_with("010") || (digits[1] == '2' && digits[2] != '6');
    const bool long_area = digits[1] >= '3';
    const std::size_t area = short_area ? 3 : 4;
    const auto own = digits.size() - area;
    const bool sized = short_area ? own == 8 : long_area && (own == 7 || own == 8);
    return sized && digits[area] >= '2' && digits[area] <= '8';
}

/// The number in its national form, given its digits without any prefix of the country; empty when there is
/// no such number. `foreign_form`: as it is dialled from abroad, without an area code's zero.
std::string national(std::string_view digits, bool foreign_form) {
    if (is_mobile(digits) || is_landline(digits)) return std::string{digits};
    if (digits.starts_with('0') && is_mobile(digits.substr(1))) return std::string{digits.substr(1)};
    const auto with_zero = "0" + std::string{digits};
    return foreign_form && is_landline(with_zero) ? with_zero : std::string{};
}

std::string digits_in(std::string_view text) {
    std::string digits;
    std::ranges::copy_if(text, std::back_inserter(digits), is_digit);
    return digits;
}

/// The national form of what may begin with +86, 0086 or 86; empty when it is none.
std::string number_in(std::string_view text) {
    const auto plus = text.find('+');
    const bool international = plus != npos;
    if (international && !digits_in(text.substr(0, plus)).empty()) return {};
    const auto all = digits_in(text);
    const auto known = [](char c) { return is_digit(c) || std::string_view{" -.()+/"}.find(c) != npos; };
    if (!std::ranges::all_of(text, known) || std::ranges::count(text, '+') > 1) return {};
    if (international) return all.starts_with("86") ? national(all.substr(2), true) : std::string{};
    if (auto number = national(all, false); !number.empty()) return number;
    if (all.starts_with("0086")) return national(all.substr(4), true);
    return all.starts_with("86") ? national(all.substr(2), true) : std::string{};
}

/// Where a mark that announces an extension begins and ends; npos when there is none.
struct Mark {
    std::size_t begin = npos;
    std::size_t end = 0;
};

Mark extension_mark(std::string_view text) {
    static constexpr std::array<std::string_view, 12> marks{"分机号",    "分機號", "分机", "分機", "转", "轉",
                                                            "extension", "ext",    "x",    "#",    ",",  ";"};
    for (const auto mark : marks) {
        const auto at = text.find(mark);
        if (at != npos) return {at, at + mark.size()};
    }
    return {};
}

/// The digits behind the mark; empty when there are none, or too many, or other things.
std::string extension_in(std::string_view text) {
    const auto first = text.find_first_not_of(" .:-");
    if (first == npos) return {};
    const auto digits = text.substr(first);
    return all_digits(digits) && digits.size() <= extension_max ? std::string{digits} : std::string{};
}

std::string with_extension(const std::string& number, const std::string& extension) {
    return number.empty() || extension.empty() ? std::string{} : number + '-' + extension;
}

std::string lowered(std::string text) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    std::ranges::transform(text, text.begin(), lower);
    return text;
}

std::string canonical(std::string_view text) {
    if (const auto mark = extension_mark(text); mark.begin != npos) {
        auto line = text.substr(0, mark.begin);
        line = line.substr(0, line.find_last_not_of(" -(") + 1);
        auto extension = text.substr(mark.end);
        if (extension.ends_with(')')) extension.remove_suffix(1);
        return with_extension(number_in(line), extension_in(extension));
    }
    // "021-64160000-123": what stands before the last hyphen is a number already.
    if (const auto hyphen = text.find_last_of('-'); hyphen != npos) {
        auto number =
            with_extension(number_in(text.substr(0, hyphen)), extension_in(text.substr(hyphen + 1)));
        if (!number.empty()) return number;
    }
    return number_in(text);
}

bool is_beyond_the_mainland(std::string_view text) {
    static constexpr std::array<std::string_view, 3> codes{"852", "853", "886"};
    const auto digits = digits_in(text);
    const bool international = text.find('+') != npos || digits.starts_with("00");
    const auto country = std::string_view{digits}.substr(digits.starts_with("00") ? 2 : 0, 3);
    return international && std::ranges::find(codes, country) != codes.end();
}

}  // namespace

Result<std::string> phone_digits(std::string_view text) {
    const auto plain = pasted_number(text);
    if (!plain) return invalid_field("", "must be UTF-8");
    if (characters_in(text) > written_max) return invalid_field("", "is longer than 60 characters");
    const auto written = lowered(*plain);
    auto number = canonical(written);
    if (!number.empty()) return number;
    if (is_beyond_the_mainland(written)) {
        return invalid_field("",
                             "is a number of Hong Kong, Macao or Taiwan; we deliver within mainland China "
                             "only and need a number there");
    }
    return invalid_field("", "is not a telephone number of mainland China");
}

std::string_view phone_line(std::string_view phone_digits) {
    return phone_digits.substr(0, phone_digits.find('-'));
}

std::string masked_phone(std::string_view digits) {
    if (digits.size() < 6) return std::string(digits.size(), '*');
    return std::string{digits.substr(0, 3)} + std::string(digits.size() - 5, '*') +
           std::string{digits.substr(digits.size() - 2)};
}

}  // namespace shanhai
