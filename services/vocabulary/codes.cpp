#include "vocabulary/codes.hpp"

#include <algorithm>

namespace shanhai {
namespace {

bool all_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Result<CountyCode> CountyCode::parse(std::string_view text) {
    if (text.size() != length || !all_digits(text)) return invalid_field("", "a county code is six digits");
    if (text.front() == '0' || text.ends_with("00")) {
        return invalid_field("", "that code names a province or prefecture, not a county");
    }
    return CountyCode{text};
}

Result<AreaCode> AreaCode::parse(std::string_view text) {
    if (text.size() != CountyCode::length || !all_digits(text) || text.front() == '0') {
        return invalid_field("", "an area code is six digits");
    }
    return AreaCode{text};
}

AreaLevel AreaCode::level() const {
    if (digits_.ends_with("0000")) return AreaLevel::province;
    return digits_.ends_with("00") ? AreaLevel::prefecture : AreaLevel::county;
}

bool AreaCode::holds(const CountyCode& county) const {
    const std::string_view own{digits_};
    switch (level()) {
        case AreaLevel::province:
            return own.substr(0, 2) == county.province();
        case AreaLevel::prefecture:
            return own.substr(0, 4) == county.prefecture();
        case AreaLevel::county:
            break;
    }
    return own == county.text();
}

std::string_view level_name(AreaLevel level) {
    switch (level) {
        case AreaLevel::province:
            return "province";
        case AreaLevel::prefecture:
            return "prefecture";
        case AreaLevel::county:
            break;
    }
    return "county";
}

Result<SchemeCode> SchemeCode::parse(std::string_view text) {
    const auto letter = [](char c) { return c >= 'A' && c <= 'Z'; };
    const bool plain =
        std::ranges::all_of(text, [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '_'; });
    const bool sized = text.size() >= 3 && text.size() <= length_max;
    if (!plain || !sized || !letter(text.front()) || text.ends_with('_') ||
        text.find("__") != std::string_view::npos) {
        return invalid_field("", "a scheme's code is 3 to 24 capital letters, digits and single underscores");
    }
    return SchemeCode{text};
}

char gs1_check_digit(std::string_view digits) {
    int sum = 0;
    int weight = 3;
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, weight = 4 - weight) {
        sum += weight * (*digit - '0');
    }
    return static_cast<char>('0' + (10 - sum % 10) % 10);
}

Result<Gtin> Gtin::parse(std::string_view text) {
    const bool length_known = text.size() == 8 || (text.size() >= 12 && text.size() <= 14);
    if (!length_known || !all_digits(text)) return invalid_field("", "a GTIN is 8, 12, 13 or 14 digits");
    if (gs1_check_digit(text.substr(0, text.size() - 1)) != text.back()) {
        return invalid_field("", "the GTIN's check digit is wrong");
    }
    Gtin gtin;
    gtin.digits_.fill('0');
    std::ranges::copy(text, gtin.digits_.end() - static_cast<std::ptrdiff_t>(text.size()));
    return gtin;
}

Result<Gtin> Gtin::for_open_trade() const {
    const auto digits = text();
    if (digits.front() == '9') return invalid_field("", "this GTIN is one of goods of variable measure");
    const bool of_eight = digits.starts_with("000000");  // A GTIN-8: its own prefixes begin later.
    const auto prefix = digits.substr(of_eight ? 6 : 1, 3);
    // 952 is GS1's own, for demonstrations and examples; nobody's goods carry it.
    const bool within_a_company = prefix.starts_with("02") || prefix.starts_with("04") ||
                                  prefix.starts_with('2') || (of_eight && prefix.starts_with('0'));
    const bool no_goods = prefix.starts_with("05") || prefix.starts_with("98") || prefix.starts_with("99") ||
                          prefix == "951" || (of_eight && prefix >= "977");
    // 0000001 to 0000099 are left out, so that no GTIN-13 looks like a GTIN-8.
    const bool unused = !of_eight && digits.substr(1).starts_with("00000");
    if (within_a_company) return invalid_field("", "GS1 leaves this GTIN to use within a company");
    if (no_goods || unused) return invalid_field("", "GS1 gives this GTIN to no goods");
    return *this;
}

char Uscc::check_character(std::string_view first_seventeen) {
    constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    std::size_t sum = 0;
    std::size_t weight = 1;
    for (const char c : first_seventeen) {
        const auto value = alphabet.find(c);
        if (value == std::string_view::npos) return 0;
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    return alphabet[(31 - sum % 31) % 31];
}

Result<Uscc> Uscc::parse(std::string_view text) {
    if (text.size() != 18) return invalid_field("", "a unified social credit code has 18 characters");
    const char check = check_character(text.substr(0, 17));
    if (check == 0) return invalid_field("", "a unified social credit code has no such character");
    if (check != text.back()) return invalid_field("", "the credit code's check character is wrong");
    return Uscc{text};
}

}  // namespace shanhai
