#include "vocabulary/licence.hpp"

#include "vocabulary/ids.hpp"

#include <algorithm>
#include <vector>

namespace shanhai {
namespace {

constexpr std::string_view shanghai_province = "31";

}  // namespace

Result<FoodLicence> FoodLicence::parse(std::string_view text) {
    const auto digits = text.substr(std::min<std::size_t>(2, text.size()));
    const bool all_digits = std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
    if (text.size() != 16 || !text.starts_with("SC") || !all_digits) {
        return invalid_field("", "a food production licence is SC and 14 digits");
    }
    if (mod_11_10_check_digit(digits.substr(0, 13)) != digits.back()) {
        return invalid_field("", "the licence's check digit is wrong");
    }
    return FoodLicence{text};
}

Result<std::string> business_licence_number(std::string_view text) {
    const auto plain = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); };
    if (text.size() < 6 || text.size() > 30 || !std::ranges::all_of(text, plain))
        return invalid_field("", "is not 6 to 30 digits and capital letters");
    return std::string{text};
}

std::optional<Error> fault_of_area(std::string_view area, const CountyCode& county, bool explained,
                                   std::string pointer) {
    if (area == county.text()) return std::nullopt;
    std::vector<FieldError> fields;
    const auto refuse = [&](std::string why) {
        fields.push_back({std::move(pointer), why});
        return Error{Failure::invalid, "area-mismatch", std::move(why), std::move(fields)};
    };
    if (area.starts_with(shanghai_province) && county.province() != shanghai_province) {
        return refuse("a producer of an assisted county is not registered in Shanghai");
    }
    const bool own_prefecture = area.ends_with("00") && area.substr(0, 4) == county.prefecture();
    if (!own_prefecture) return refuse("the code's area is not the merchant's county");
    if (!explained) return refuse("the code's area is the prefecture: an area_note must say why");
    return std::nullopt;
}

}  // namespace shanhai
