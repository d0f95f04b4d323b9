#include "trace/http/trace_json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <string_view>

namespace shanhai::trace {
namespace {

boost::json::value day_or_null(const std::optional<Date>& day) {
    if (!day) return nullptr;
    return boost::json::value(date_text(*day));
}

boost::json::value text_or_null(const std::string& text) {
    if (text.empty()) return nullptr;
    return boost::json::value(text);
}

std::string_view kind_name(OriginStep::Kind kind) {
    switch (kind) {
        case OriginStep::Kind::harvested:
            return "HARVESTED";
        case OriginStep::Kind::packed:
            return "PACKED";
        case OriginStep::Kind::conformity_committed:
            return "CONFORMITY_COMMITTED";
        case OriginStep::Kind::tested:
            return "TESTED";
    }
    return {};
}

boost::json::array words_json(const std::vector<std::string>& words) {
    boost::json::array array;
    for (const auto& word : words) array.emplace_back(word);
    return array;
}

boost::json::array months_json(const Months& months) {
    boost::json::array array;
    const auto numbers = months.numbers();
    for (const auto number : numbers) array.emplace_back(number);
    return array;
}

boost::json::value degrees_or_null(const std::optional<Position>& position,
                                   double (Position::*degrees)() const) {
    if (!position) return nullptr;
    return ((*position).*degrees)();
}

/// The part of a lot that both the registry and the card show.
boost::json::object lot_facts(const Lot& lot) {
    return {{"lot_id", number(lot.id)},
            {"lot_code", lot.code.text()},
            {"harvest_date", day_or_null(lot.harvest)},
            {"production_date", date_text(lot.production)},
            {"expiry_date", day_or_null(lot.expiry)},
            {"net_content_g", lot.net_content.count()},
            {"quantity", lot.quantity},
            {"conformity_certificate_no", text_or_null(lot.conformity_certificate_no)},
            {"test_report_no", text_or_null(lot.test_report_no)},
            {"saleable", lot.saleable}};
}

boost::json::value card_base(const std::optional<Base>& base) {
    if (!base) return nullptr;
    const auto details = base->for_everybody().details;
    return boost::json::object{{"base_id", number(base->id)},
                               {"name", details.name},
                               {"village", details.village},
                               {"mu_x100", details.area.count()},
                               {"latitude", degrees_or_null(details.position, &Position::latitude)},
                               {"longitude", degrees_or_null(details.position, &Position::longitude)},
                               {"merchant_id", number(details.merchant)}};
}

boost::json::array steps_json(const std::vector<OriginStep>& steps) {
    boost::json::array array;
    for (const auto& step : steps) {
        array.push_back({{"kind", kind_name(step.kind)},
                         {"at", day_or_null(step.at)},
                         {"place", text_or_null(step.place)},
                         {"detail", step.detail}});
    }
    return array;
}

}  // namespace

boost::json::object json_of(const Base& base) {
    const auto& details = base.details;
    return {{"base_id", number(base.id)},
            {"merchant_id", number(details.merchant)},
            {"county_code", details.county.text()},
            {"name", details.name},
            {"village", details.village},
            {"product_words", words_json(details.product_words)},
            {"mu_x100", details.area.count()},
            {"yield_kg_per_mu", details.yield_kg_per_mu},
            {"harvest_months", months_json(details.harvest_months)},
            {"latitude", degrees_or_null(details.position, &Position::latitude)},
            {"longitude", degrees_or_null(details.position, &Position::longitude)},
            {"version", base.version},
            {"confirmed", base.confirmed_by.has_value()}};
}

boost::json::object json_of(const Lot& lot) {
    auto object = lot_facts(lot);
    object["base_id"] = number(lot.base);
    object["sku_id"] = number(lot.sku);
    object["product_id"] = number(lot.product);
    object["merchant_id"] = number(lot.merchant);
    object["county_code"] = lot.county.text();
    object["block_reason"] = text_or_null(lot.block_reason);
    return object;
}

boost::json::object json_of(const OriginCard& card) {
    boost::json::value lot = nullptr;
    if (card.lot) lot = lot_facts(*card.lot);
    return {
        {"product_id", number(card.product)},
        {"county", boost::json::object{{"county_code", card.county.code.text()}, {"name", card.county.name}}},
        {"base", card_base(card.base)},
        {"lot", std::move(lot)},
        {"steps", steps_json(card.steps)}};
}

}  // namespace shanhai::trace
