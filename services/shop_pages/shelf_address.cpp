#include "shop_pages/shelf_address.hpp"

#include "chassis/http/message.hpp"
#include "vocabulary/codes.hpp"

#include <algorithm>

namespace shanhai::shop_pages {
namespace {

constexpr std::size_t name_size_max = 60;  // Bytes: twenty Chinese characters.

bool is_category(std::string_view text) {
    return !text.empty() && text.size() <= 32 &&
           std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}
/// Nothing that is written in ASCII is the name of a province.
bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= name_size_max &&
           std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

}  // namespace

ShelfAddress ShelfAddress::of(std::string_view query) {
    ShelfAddress address;
    while (!query.empty()) {
        const auto one = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), one.size() + 1));
        const auto equals = one.find('=');
        if (equals == std::string_view::npos) continue;
        const auto name = one.substr(0, equals);
        const auto value = http::percent_decoded(one.substr(equals + 1), true);
        if (!value) continue;
        if (name == "county" && CountyCode::parse(*value)) address.county = *value;
        if (name == "category" && is_category(*value)) address.category = *value;
        if (name == "area" && is_name(*value)) {
            address.area = *value;
            address.area_sent = one;
        }
    }
    return address;
}

http::PageHead head_of_shelf(const ShelfNames& names) {
    std::string title;
    for (const auto* name : {&names.area, &names.county, &names.category}) {
        if (!name->empty()) title += *name + " · ";
    }
    const auto& place = names.county.empty() ? names.area : names.county_whole;
    auto description = place.empty() ? names.category + "：来自上海结对地区" : place;
    if (!place.empty()) description += names.category.empty() ? "的帮扶好物" : "的" + names.category;
    return {title + "帮扶好物 · 山海集", description + "，每一件都标明认证、产地和批次。"};
}

}  // namespace shanhai::shop_pages
