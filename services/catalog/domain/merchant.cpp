#include "catalog/domain/merchant.hpp"

#include <algorithm>

namespace shanhai::catalog {
namespace {

constexpr std::string_view shanghai_province = "31";

/// One of a merchant's codes names an area; the pointer says which code.
std::optional<Error> area_fault(std::string_view area, const Merchant& merchant, std::string pointer) {
    if (area == merchant.county.text()) return std::nullopt;
    std::vector<FieldError> fields;
    const auto refuse = [&](std::string why) {
        fields.push_back({std::move(pointer), why});
        return Error{Failure::invalid, "area-mismatch", std::move(why), std::move(fields)};
    };
    if (area.starts_with(shanghai_province) && merchant.county.province() != shanghai_province) {
        return refuse("a producer of an assisted county is not registered in Shanghai");
    }
    const bool own_prefecture = area.ends_with("00") && area.substr(0, 4) == merchant.county.prefecture();
    if (!own_prefecture) return refuse("the code's area is not the merchant's county");
    if (merchant.area_note.empty()) {
        return refuse("the code's area is the prefecture: an area_note must say why");
    }
    return std::nullopt;
}

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

std::optional<Error> Merchant::fault() const {
    if (!producer()) return std::nullopt;
    if (uscc) {
        if (auto fault = area_fault(uscc->area(), *this, "/uscc")) return fault;
    }
    if (food_licence) return area_fault(food_licence->area(), *this, "/food_licence");
    return std::nullopt;
}

std::string Merchant::canonical() const {
    std::string text = "name=" + name;
    text.append("\nkind=").append(wire_name(kind)).append("\ncounty_code=").append(county.text());
    if (uscc) text.append("\nuscc=").append(uscc->text());
    if (food_licence) text.append("\nfood_licence=").append(food_licence->text());
    text.append("\norganisation_id=").append(std::to_string(number(organisation)));
    text.append(self_operated ? "\nself_operated=true" : "\nself_operated=false");
    text.append(sample ? "\nsample=true" : "\nsample=false");
    return text.append("\narea_note=").append(area_note) + "\n";
}

std::optional<Error> Merchant::fault_of_offering(const CountyCode& origin) const {
    if (!active)
        return Error{Failure::conflict, "merchant-inactive", "this merchant may not sell at present"};
    if (!producer() || origin == county) return std::nullopt;
    return invalid_field("/county_code", "a producer offers what its own county yields");
}

std::optional<Error> Merchant::fault_of_writing(const Author& author) const {
    const bool own = author.organisation != OrganisationId{} && author.organisation == organisation;
    if (!author.own_only || own) return std::nullopt;
    return Error{Failure::forbidden, "not-your-merchant", "this merchant belongs to another organisation"};
}

}  // namespace shanhai::catalog
