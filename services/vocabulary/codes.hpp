#pragma once

#include "vocabulary/result.hpp"

#include <array>
#include <compare>
#include <string>
#include <string_view>

namespace shanhai {

/// The six-digit GB/T 2260 code of a county or district: two digits each for province, prefecture
/// and county ("530624" is 大关县, "310112" is 闵行区). A code that exists is well formed; whether the
/// county exists is the catalog's business.
class CountyCode {
public:
    static constexpr std::size_t length = 6;

    /// Fails with Failure::invalid unless `text` is six digits that name a county, not a whole
    /// province ("530000") or prefecture ("530600").
    static Result<CountyCode> parse(std::string_view text);

    std::string_view text() const { return {digits_.data(), length}; }
    std::string_view province() const { return text().substr(0, 2); }
    std::string_view prefecture() const { return text().substr(0, 4); }

    friend auto operator<=>(const CountyCode&, const CountyCode&) = default;

private:
    explicit CountyCode(std::string_view text) { text.copy(digits_.data(), length); }

    std::array<char, length> digits_{};
};

enum class AreaLevel { province, prefecture, county };

/// A GB/T 2260 code of any level: pairings also join whole prefectures (克拉玛依市 is 650200) and cities.
class AreaCode {
public:
    /// Six digits that do not begin with 0; fails with Failure::invalid.
    static Result<AreaCode> parse(std::string_view text);

    const std::string& text() const { return digits_; }
    AreaLevel level() const;
    /// Whether that county lies in this area, or is it.
    bool holds(const CountyCode& county) const;

    friend auto operator<=>(const AreaCode&, const AreaCode&) = default;

private:
    explicit AreaCode(std::string_view text) : digits_{text} {}

    std::string digits_;
};

std::string_view level_name(AreaLevel level);

/// The code of a scheme of recognition, "MINHANG_YOUPIN": what schemes there are is data (service
/// certification).
class SchemeCode {
public:
    static constexpr std::size_t length_max = 24;

    /// 3 to 24 capital letters, digits and single underscores, a letter first; fails with Failure::invalid.
    static Result<SchemeCode> parse(std::string_view text);

    const std::string& text() const { return text_; }

    friend auto operator<=>(const SchemeCode&, const SchemeCode&) = default;

private:
    explicit SchemeCode(std::string_view text) : text_{text} {}

    std::string text_;
};

/// A Global Trade Item Number in its 14-digit form (GS1 General Specifications, section 7.9: the
/// last digit is a check digit with weights 3, 1, 3, … from the right).
class Gtin {
public:
    /// Takes 8, 12, 13 or 14 digits and pads with zeros. Fails with Failure::invalid.
    static Result<Gtin> parse(std::string_view text);

    /// Fails with Failure::invalid on a number that is formed well but that GS1 gives to no goods of open
    /// trade: nothing but zeros, numbers for use within a company (02, 04, 2 …), coupons and refunds (05,
    /// 98, 99), goods of variable measure (GS1 General Specifications, section 1.4).
    Result<Gtin> for_open_trade() const;

    std::string_view text() const { return {digits_.data(), digits_.size()}; }

    friend auto operator<=>(const Gtin&, const Gtin&) = default;

private:
    std::array<char, 14> digits_{};
};

/// The GS1 check digit of `digits` (the code without its last digit), as a character.
char gs1_check_digit(std::string_view digits);

/// A unified social credit code, 统一社会信用代码 (GB 32100-2015): 18 characters, the last a check
/// character modulo 31; characters 3 to 8 are the area of the registering authority.
class Uscc {
public:
    /// Fails with Failure::invalid on a wrong length, character or check character.
    static Result<Uscc> parse(std::string_view text);

    /// The check character of the first 17 characters, or 0 when one of them is not allowed.
    static char check_character(std::string_view first_seventeen);

    const std::string& text() const { return text_; }
    std::string_view area() const { return std::string_view{text_}.substr(2, 6); }

    friend bool operator==(const Uscc&, const Uscc&) = default;

private:
    explicit Uscc(std::string_view text) : text_{text} {}

    std::string text_;
};

}  // namespace shanhai
