#include "catalog/domain/place.hpp"

#include "vocabulary/region.hpp"

#include <algorithm>

namespace shanhai::catalog {

std::optional<Error> County::fault() const {
    if (!is_region(code.text())) {
        return invalid_field("/county_code", "GB/T 2260 has no county or district of that code");
    }
    if (std::ranges::find(former_codes, code) != former_codes.end()) {
        return invalid_field("/former_codes", "a county's present code is not one of its former codes");
    }
    return std::nullopt;
}

std::string County::canonical() const {
    std::string text = "name=" + name + "\nshort_name=" + short_name;
    text.append("\nprefecture=").append(prefecture).append("\nprovince=").append(province);
    text.append(assisted ? "\nassisted=true\n" : "\nassisted=false\n");
    for (const auto& former : former_codes) text.append("former_code=").append(former.text()).append("\n");
    return text;
}

std::optional<Error> Pairing::fault() const {
    if (valid_from && valid_to && *valid_to <= *valid_from) {
        return invalid_field("/valid_to", "a pairing ends after it begins");
    }
    const Date last{std::chrono::year{2199} / 12 / 31};
    for (const auto& [day, pointer] :
         {std::pair{valid_from, "/valid_from"}, std::pair{valid_to, "/valid_to"}}) {
        if (day && *day > last) return invalid_field(pointer, "a pairing without an end leaves it out");
    }
    for (const auto& [code, pointer] :
         {std::pair{&district, "/district_code"}, std::pair{&area, "/county_code"}}) {
        if (!is_region(code->text())) return invalid_field(pointer, "GB/T 2260 has no area of that code");
    }
    if (area.level() == AreaLevel::province) {
        return invalid_field("/county_code", "a pairing names a county or a prefecture");
    }
    if (district == area) return invalid_field("/county_code", "a district is not paired with itself");
    return std::nullopt;
}

std::string Pairing::canonical() const {
    const auto day = [](const std::optional<Date>& date) { return date ? date_text(*date) : std::string{}; };
    std::string text = "district_code=" + district.text() + "\ndistrict_name=" + district_name;
    text.append("\ncounty_code=").append(area.text()).append("\ncounty_name=").append(area_name);
    text.append("\nprogramme=").append(wire_name(programme));
    text.append("\ncertainty=").append(wire_name(certainty));
    text.append("\nvalid_from=").append(day(valid_from)).append("\nvalid_to=").append(day(valid_to));
    return text.append("\nnote=").append(note) + "\n";
}

bool Pairing::valid_on(Date day) const {
    return (!valid_from || *valid_from <= day) && (!valid_to || day < *valid_to);
}

}  // namespace shanhai::catalog
