#include "shop_pages/goods.hpp"

#include "vocabulary/money.hpp"
#include "vocabulary/time.hpp"

#include <algorithm>
#include <vector>

namespace shanhai::shop_pages {

namespace json = boost::json;

std::string_view text_in(const json::object& of, std::string_view member) {
    const auto* const value = of.if_contains(member);
    return value != nullptr && value->is_string() ? std::string_view{value->get_string()}
                                                  : std::string_view{};
}

std::int64_t number_in(const json::object& of, std::string_view member) {
    return of.at(member).to_number<std::int64_t>();
}

namespace {

/// "1,234,567.89".
std::string grouped_yuan(std::int64_t fen) {
    auto text = yuan_text(Fen{fen});
    const std::size_t sign = text.starts_with('-') ? 1 : 0;
    for (auto at = text.find('.'); at > sign + 3;) {
        at -= 3;
        text.insert(at, ",");
    }
    return text;
}

std::string_view standing_of(const json::object& certification) {
    if (certification.at("valid_now").as_bool()) return "valid";
    const auto state = text_in(certification, "state");
    if (state == "SUSPENDED") return "suspended";
    if (state == "REVOKED") return "revoked";
    if (state == "WITHDRAWN") return "withdrawn";
    return state == "EXPIRED" ? "expired" : "upcoming";
}

}  // namespace

std::string money_text(std::int64_t fen) {
    return (fen < 0 ? "-¥" : "¥") + grouped_yuan(fen < 0 ? -fen : fen);
}

std::string price_per_500g(const json::object& sku) {
    if (text_in(sku, "unit_price_text").empty()) return {};
    const auto grams = number_in(sku, "net_content_g");
    if (grams <= 0) return {};
    return grouped_yuan((number_in(sku, "price_fen") * 1000 + grams) / (2 * grams));
}

const json::object* cheapest(const json::object& product) {
    const json::object* least = nullptr;
    for (const auto& one : product.at("skus").as_array()) {
        const auto& sku = one.as_object();
        if (least == nullptr || number_in(sku, "price_fen") < number_in(*least, "price_fen")) least = &sku;
    }
    return least;
}

std::string first_letters(std::string_view name, std::size_t letters) {
    const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; };
    std::size_t at = 0;
    for (; at < name.size(); ++at) {
        if (begins(name[at]) && letters-- == 0) break;
    }
    return std::string{name.substr(0, at)};
}

ShownCertification shown_certification(const json::object& product) {
    std::vector<const json::object*> latest_first;
    for (const auto& one : product.at("certifications").as_array()) latest_first.push_back(&one.as_object());
    if (latest_first.empty()) return {};
    const auto later = [](const auto* a, const auto* b) {
        return text_in(*a, "valid_to") > text_in(*b, "valid_to");
    };
    std::ranges::stable_sort(latest_first, later);
    const auto valid = [](const auto* one) { return one->at("valid_now").as_bool(); };
    const auto found = std::ranges::find_if(latest_first, valid);
    const auto* const shown = found == latest_first.end() ? latest_first.front() : *found;
    return {shown, standing_of(*shown)};
}

std::string last_day(const json::object& certification) {
    const auto end = parse_date(text_in(certification, "valid_to"));  // Half-open.
    return end ? date_text(*end - std::chrono::days{1}) : std::string{};
}

}  // namespace shanhai::shop_pages
