#include "shop_pages/holes.hpp"

#include "chassis/http/html.hpp"

namespace shanhai::shop_pages {

Holes& Holes::text(std::string_view hole, std::string_view value) {
    return markup(hole, http::html_text(value));
}

Holes& Holes::number(std::string_view hole, std::int64_t value) {
    return markup(hole, std::to_string(value));
}

Holes& Holes::markup(std::string_view hole, std::string value) {
    values_.insert_or_assign(std::string{hole}, std::move(value));
    return *this;
}

std::string Holes::fill(std::string_view drawn) const {
    std::string page;
    page.reserve(drawn.size() * 2);
    for (;;) {
        const auto begin = drawn.find("{{");
        const auto end = begin == std::string_view::npos ? begin : drawn.find("}}", begin);
        if (end == std::string_view::npos) return page.append(drawn);
        page.append(drawn.substr(0, begin));
        const auto value = values_.find(drawn.substr(begin + 2, end - begin - 2));
        if (value != values_.end()) page.append(value->second);
        drawn.remove_prefix(end + 2);
    }
}

}  // namespace shanhai::shop_pages
