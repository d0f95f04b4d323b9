#include "catalog/http/finding_json.hpp"

#include "catalog/domain/category.hpp"
#include "catalog/http/catalog_json.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <set>

namespace shanhai::catalog {
namespace {

namespace json = boost::json;

/// Counted things are in the order of their codes already.
template <class Counted>
std::vector<Counted> fullest_first(std::vector<Counted> all) {
    std::ranges::stable_sort(all, std::ranges::greater{}, &Counted::second);
    return all;
}

const County* county_of(const View& view, std::uint32_t number) {
    const auto code = CountyCode::parse(std::to_string(number));
    return code ? view.facts->county(*code) : nullptr;
}

json::array counties_json(const search::Finding::Counts& counts, const View& view) {
    json::array all;
    using Counted = std::pair<std::uint32_t, std::uint64_t>;
    for (const auto& [number, products] :
         fullest_first(std::vector<Counted>{counts.counties.begin(), counts.counties.end()})) {
        json::object one;
        one["county_code"] = std::to_string(number);
        const auto* const county = county_of(view, number);
        one["name"] = county == nullptr ? json::value{} : json::value(county->name);
        one["province"] = county == nullptr ? json::value{} : json::value(county->province);
        one["prefecture"] = county == nullptr ? json::value{} : json::value(county->prefecture);
        one["products"] = products;
        all.push_back(std::move(one));
    }
    return all;
}

json::array categories_json(const search::Finding::Counts& counts) {
    std::vector<std::pair<std::size_t, std::uint64_t>> counted;
    for (std::size_t place = 0; place < categories().size(); ++place) {
        if (counts.categories[place] > 0) counted.emplace_back(place, counts.categories[place]);
    }
    json::array all;
    for (const auto& [place, products] : fullest_first(std::move(counted))) {
        json::object one;
        one["category"] = categories()[place].code;
        one["name"] = categories()[place].name;
        one["products"] = products;
        all.push_back(std::move(one));
    }
    return all;
}

json::array schemes_json(const search::Finding::Counts& counts, const View& view) {
    json::array all;
    using Counted = std::pair<SchemeCode, std::uint64_t>;
    for (const auto& [scheme, products] :
         fullest_first(std::vector<Counted>{counts.schemes.begin(), counts.schemes.end()})) {
        json::object one;
        one["scheme"] = scheme.text();
        one["name"] = name_of_scheme(*view.facts, scheme);
        one["products"] = products;
        all.push_back(std::move(one));
    }
    return all;
}

json::array merchants_json(const search::Finding::Counts& counts, const View& view,
                           const std::optional<MerchantId>& chosen) {
    using Counted = std::pair<MerchantId, std::uint64_t>;
    auto told = fullest_first(std::vector<Counted>{counts.merchants.begin(), counts.merchants.end()});
    if (told.size() > counted_merchants_max) told.resize(counted_merchants_max);
    if (chosen && std::ranges::find(told, *chosen, &Counted::first) == told.end()) {
        const auto counted = counts.merchants.find(*chosen);
        told.emplace_back(*chosen, counted == counts.merchants.end() ? 0 : counted->second);
    }
    json::array all;
    for (const auto& [id, products] : told) {
        const auto* const merchant = view.facts->merchant(id);
        if (merchant == nullptr) continue;
        json::object one;
        one["merchant_id"] = number(id);
        one["name"] = merchant->name;
        one["products"] = products;
        all.push_back(std::move(one));
    }
    return all;
}

const char* rule_of(const search::Order& order, bool by_words) {
    switch (order.sorting) {
        case search::Sorting::price_ascending:
            return "CHEAPEST_FIRST";
        case search::Sorting::price_descending:
            return "DEAREST_FIRST";
        case search::Sorting::newest:
            return "NEWEST_FIRST";
        case search::Sorting::none:
            break;
    }
    return order.first ? "SCHEME_FIRST" : by_words ? "BEST_MATCH_FIRST" : "CERTIFIED_FIRST";
}

json::object suggestion(const char* kind, std::string_view text) {
    json::object one;
    one["kind"] = kind;
    one["text"] = text;
    one["county_code"] = nullptr;
    one["category"] = nullptr;
    one["product_id"] = nullptr;
    one["products"] = nullptr;
    return one;
}

}  // namespace

std::string ranking_of(const View& view, const search::Order& order, bool by_words) {
    const auto& first = order.first;
    json::object ranking;
    ranking["rule"] = rule_of(order, by_words);
    ranking["scheme"] = first ? json::value(first->text()) : json::value{};
    ranking["scheme_name"] = first ? name_of_scheme(*view.facts, *first) : json::value{};
    return ",\"ranking\":" + json::serialize(ranking);
}

std::string corrected_json(const std::optional<std::string>& corrected_to) {
    return ",\"corrected_to\":" + (corrected_to ? json::serialize(json::value(*corrected_to)) : "null");
}

json::object json_of(const search::Finding::Counts& counts, const View& view,
                     const std::optional<MerchantId>& chosen,
                     const std::optional<std::string>& corrected_to) {
    json::object body;
    body["products"] = counts.products;
    body["counties"] = counties_json(counts, view);
    body["categories"] = categories_json(counts);
    body["schemes"] = schemes_json(counts, view);
    body["merchants"] = merchants_json(counts, view, chosen);
    body["in_season"] = counts.season;
    body["corrected_to"] = corrected_to ? json::value(*corrected_to) : json::value{};
    return body;
}

json::object json_of(const search::Suggestions& suggestions, const View& view) {
    json::array items;
    for (const auto& [number, products] : suggestions.counties) {
        const auto* const county = county_of(view, number);
        if (county == nullptr) continue;
        auto one = suggestion("COUNTY", county->name);
        one["county_code"] = std::to_string(number);
        one["products"] = products;
        items.push_back(std::move(one));
    }
    for (const auto& [place, products] : suggestions.categories) {
        auto one = suggestion("CATEGORY", categories()[place].name);
        one["category"] = categories()[place].code;
        one["products"] = products;
        items.push_back(std::move(one));
    }
    std::set<std::string_view> names;
    for (const auto id : suggestions.products) {
        if (items.size() == search::Suggestions::most) break;
        const auto* const shown = view.product(id);
        if (shown == nullptr || !names.insert(shown->product->text.name).second) continue;
        auto one = suggestion("PRODUCT", shown->product->text.name);
        one["product_id"] = number(id);
        items.push_back(std::move(one));
    }
    json::object body;
    body["items"] = std::move(items);
    return body;
}

}  // namespace shanhai::catalog
