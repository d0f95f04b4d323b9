#include "shop_pages/first_views.hpp"

#include "shop_pages/goods.hpp"
#include "shop_pages/holes.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <fstream>
#include <stdexcept>

namespace shanhai::shop_pages {

namespace json = boost::json;

namespace {

constexpr std::string_view file_name = ".first.json";
constexpr int awaited_pictures = 2;  ///< On the smallest telephone no more are seen at first.
constexpr int eager_pictures = 4;

constexpr std::string_view loading_first = R"(loading="eager" decoding="async" fetchpriority="high")";
constexpr std::string_view loading_soon = R"(loading="eager" decoding="async" fetchpriority="low")";
constexpr std::string_view loading_late = R"(loading="lazy" decoding="async" fetchpriority="low")";

std::map<std::string, std::string, std::less<>> texts_of(const json::object& object) {
    std::map<std::string, std::string, std::less<>> texts;
    for (const auto& [name, value] : object) texts.emplace(name, value.as_string());
    return texts;
}

/// "picture valid plain".
std::string key_of(std::initializer_list<std::string_view> words) {
    std::string key;
    for (const auto word : words) key.append(key.empty() ? "" : " ").append(word);
    return key;
}

std::string_view cost_of(const json::object* sku) {
    if (sku == nullptr) return "unpriced";
    return price_per_500g(*sku).empty() ? "plain" : "by_weight";
}

std::string_view look_of(const json::object& goods) {
    return text_in(goods, "image").empty() ? "letters" : "picture";
}

void add_goods(Holes& holes, const json::object& goods) {
    const auto name = text_in(goods, "name");
    holes.text("name", name)
        .text("image", text_in(goods, "image"))
        .text("summary", text_in(goods, "summary"));
    holes.text("letter", first_letters(name, 1)).text("letters", first_letters(name, 2));
}

void add_origin(Holes& holes, const json::object& product) {
    const auto& county = product.at("county").as_object();
    holes.number("id", number_in(product, "product_id")).text("county", text_in(county, "name"));
    holes.text("prefecture", text_in(county, "prefecture")).text("province", text_in(county, "province"));
    holes.text("county_code", text_in(county, "county_code"));
}

void add_cost(Holes& holes, const json::object& sku) {
    holes.text("price", money_text(number_in(sku, "price_fen"))).text("size", text_in(sku, "name"));
    holes.text("per_500g", price_per_500g(sku));
}

void add_certification(Holes& holes, const json::object& certification) {
    holes.text("scheme_code", text_in(certification, "scheme"))
        .number("year", number_in(certification, "year"));
    holes.text("until", last_day(certification)).text("number", text_in(certification, "number"));
    holes.text("authority", text_in(certification, "authority"));
}

bool orderable(const json::object& product) {
    return product.at("certified_now").as_bool() && product.at("listed").as_bool() &&
           product.at("saleable").as_bool() && !product.at("skus").as_array().empty();
}

}  // namespace

std::optional<FirstViews> FirstViews::read(const std::filesystem::path& folder) {
    std::ifstream in{folder / file_name, std::ios::binary};
    if (!in.is_open()) return std::nullopt;
    const std::string drawn{std::istreambuf_iterator<char>{in}, {}};
    return FirstViews{drawn};
}

FirstViews::FirstViews(std::string_view drawn) {
    try {
        const auto document = json::parse(drawn);
        const auto& all = document.as_object();
        frame_ = all.at("frame").as_string();
        schemes_ = texts_of(all.at("schemes").as_object());
        for (const auto& [name, value] : all.at("pages").as_object()) {
            const auto& page = value.as_object();
            auto& kept = pages_[name];
            kept.head = page.at("head").as_string();
            kept.variants = texts_of(page.at("variants").as_object());
            if (const auto* pieces = page.if_contains("pieces")) kept.pieces = texts_of(pieces->as_object());
        }
    } catch (const std::exception& fault) {
        throw std::runtime_error{std::string{"the first views of the pages cannot be read: "} + fault.what()};
    }
    for (const auto* name : {"list", "product", "bundle"}) {
        if (!pages_.contains(name)) throw std::runtime_error{std::string{"no first view of "} + name};
    }
}

const FirstViews::Page& FirstViews::page(std::string_view name) const { return pages_.find(name)->second; }

/// As the pages say it; those that offices made later go by what their offices call them.
std::string FirstViews::scheme_name(const json::object& certification) const {
    const auto code = text_in(certification, "scheme");
    const auto found = schemes_.find(code);
    if (found != schemes_.end()) return found->second;
    const auto& told = certification.at("scheme_name");
    return std::string{told.is_string() ? std::string_view{told.as_string()} : code};
}

std::optional<http::FirstView> FirstViews::view(const Page& page, std::string content) const {
    Holes holes;
    holes.markup("page", std::move(content));
    return http::FirstView{page.head, holes.fill(frame_), "{}"};
}

std::string FirstViews::cards(const json::object& products, bool& drawn) const {
    std::string all;
    int place = 0;
    for (const auto& one : products.at("items").as_array()) {
        const auto& product = one.as_object();
        const auto* const sku = cheapest(product);
        const auto [certification, standing] = shown_certification(product);
        const auto card = page("list").pieces.find(key_of({look_of(product), standing, cost_of(sku)}));
        drawn = drawn && card != page("list").pieces.end();
        if (!drawn) break;
        Holes holes;
        add_goods(holes, product);
        add_origin(holes, product);
        if (sku != nullptr) add_cost(holes, *sku);
        if (certification != nullptr) holes.text("scheme", scheme_name(*certification));
        const auto loading = place < awaited_pictures ? loading_first
                             : place < eager_pictures ? loading_soon
                                                      : loading_late;
        all += holes.markup("loading", std::string{loading}).fill(card->second);
        ++place;
    }
    return all;
}

/// Those that lead to something, as the page offers them.
std::string FirstViews::chips(const json::object& categories, const json::object& facets) const {
    const auto& pieces = page("list").pieces;
    std::string all;
    const auto& counted = facets.at("categories").as_array();
    for (const auto& one : categories.at("items").as_array()) {
        const auto& category = one.as_object();
        const auto code = text_in(category, "category");
        const bool with_goods = std::ranges::any_of(counted, [code](const json::value& other) {
            return text_in(other.as_object(), "category") == code;
        });
        if (!with_goods) continue;
        Holes holes;
        holes.text("category", code).text("category_name", text_in(category, "name"));
        all += holes.fill(pieces.at("chip"));
    }
    return all;
}

std::optional<http::FirstView> FirstViews::shelf(const json::object& products, const json::object& categories,
                                                 const json::object& facets) const {
    const auto& shelf = page("list");
    const auto found = products.at("items").as_array().size();
    if (found == 0) return std::nullopt;
    bool drawn = true;
    Holes holes;
    holes.markup("cards", cards(products, drawn)).markup("chips", chips(categories, facets));
    if (number_in(facets, "in_season") > 0) holes.markup("season", shelf.pieces.at("season"));
    holes.number("found", static_cast<std::int64_t>(found));
    if (!drawn) return std::nullopt;
    return view(shelf, holes.fill(shelf.variants.at("list")));
}

/// Whom the goods help, as helped.ts of the shop has it; empty where the certification says nothing.
std::string FirstViews::helped(const json::object& certification) const {
    const auto* const households = certification.if_contains("households");
    if (households == nullptr || !households->is_int64() || households->as_int64() < 1) return {};
    const auto* const people = certification.if_contains("people");
    const bool counted = people != nullptr && people->is_int64();
    const auto& pieces = page("product").pieces;
    const auto piece = pieces.find(counted ? "helped_people" : "helped");
    if (piece == pieces.end()) return {};
    Holes holes;
    add_certification(holes, certification);
    holes.text("scheme", scheme_name(certification)).number("households", households->as_int64());
    if (counted) holes.number("people", people->as_int64());
    return holes.fill(piece->second);
}

std::optional<http::FirstView> FirstViews::product(const json::object& product) const {
    if (!orderable(product)) return std::nullopt;
    const auto [certification, standing] = shown_certification(product);
    if (standing != "valid") return std::nullopt;
    const auto& sku = product.at("skus").as_array().front().as_object();
    const auto& drawn = page("product");
    const auto* const numbered = text_in(*certification, "number").empty() ? "unnumbered" : "numbered";
    const auto variant = drawn.variants.find(
        key_of({look_of(product), cost_of(&sku), numbered, text_in(product, "return_policy")}));
    const auto tag = drawn.pieces.find("tag");
    if (variant == drawn.variants.end() || tag == drawn.pieces.end()) return std::nullopt;
    std::string tags;
    for (const auto& one : product.at("tags").as_array())
        tags += Holes{}.text("tag", std::string_view{one.as_string()}).fill(tag->second);
    Holes holes;
    add_goods(holes, product);
    add_origin(holes, product);
    add_cost(holes, sku);
    add_certification(holes, *certification);
    holes.text("scheme", scheme_name(*certification)).markup("tags", std::move(tags));
    holes.markup("helped", helped(*certification));
    holes.markup("loading", std::string{loading_first});
    return view(drawn, holes.fill(variant->second));
}

std::optional<http::FirstView> FirstViews::bundle(const json::object& bundle) const {
    if (!bundle.at("listed").as_bool() || !bundle.at("saleable").as_bool()) return std::nullopt;
    if (text_in(bundle, "image").empty()) return std::nullopt;
    const auto merchant = text_in(bundle.at("merchant").as_object(), "name");
    const auto price = number_in(bundle, "price_fen");
    const auto parts = number_in(bundle, "parts_fen");
    const auto& drawn = page("bundle");
    const auto variant = drawn.variants.find(
        key_of({parts > price ? "cheaper" : "same", merchant.empty() ? "unnamed" : "named"}));
    if (variant == drawn.variants.end()) return std::nullopt;
    Holes holes;
    add_goods(holes, bundle);
    holes.number("id", number_in(bundle, "bundle_id")).text("merchant", merchant);
    holes.text("price", money_text(price)).text("parts_price", money_text(parts));
    holes.text("saving", money_text(parts - price)).markup("loading", std::string{loading_first});
    return view(drawn, holes.fill(variant->second));
}

}  // namespace shanhai::shop_pages
