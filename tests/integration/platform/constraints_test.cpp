#include "audit/service.hpp"
#include "catalog/service.hpp"
#include "channel/service.hpp"
#include "identity/service.hpp"
#include "integration/platform/checks.hpp"
#include "orders/service.hpp"
#include "shanhai/event/v1/catalog.pb.h"
#include "trace/events/catalog_facts.hpp"
#include "trace/service.hpp"

#include <boost/json/parse.hpp>
#include <map>

namespace shanhai {
namespace {

using namespace checks;

// --- catalog ---------------------------------------------------------------------------------------------

json::object county() {
    return {{"county_code", "530624"}, {"name", "大关县"},     {"short_name", "大关县"},
            {"prefecture", "昭通市"},  {"province", "云南省"}, {"assisted", true}};
}
json::object pairing() {
    return {{"district_code", "310112"}, {"district_name", "闵行区"},
            {"county_code", "530624"},   {"county_name", "大关县"},
            {"certainty", "STATED"},     {"programme", "EAST_WEST_COLLABORATION"},
            {"valid_from", "2021-01-01"}};
}
json::object merchant() {
    return {{"name", "大关县翠竹专业合作社"}, {"kind", "COOPERATIVE"}, {"county_code", "530624"}};
}
json::object sku() {
    return {{"gtin", "9525306240017"}, {"name", "500克袋装"}, {"net_content_g", 500}, {"price_fen", 1980}};
}
json::object product() {
    return {{"merchant_id", 1},
            {"county_code", "530624"},
            {"name", "箬竹面"},
            {"category", "food_processed"},
            {"summary", "掺入鲜笋的挂面。"},
            {"description", "慢火烘干。"},
            {"storage", "阴凉干燥处"},
            {"shelf_life_days", 365},
            {"origin_statement", "云南省昭通市大关县"},
            {"return_policy", "SEVEN_DAY"},
            {"purchase_mode", "ASSISTED_SALE"},
            {"skus", json::array{sku()}}};
}
json::object product_with_sku(std::string_view member, json::value value) {
    return with(product(), "skus", json::array{with(sku(), member, std::move(value))});
}

json::object bundle(std::string_view member, json::value value) {
    const json::object body{{"merchant_id", 1},
                            {"name", "礼盒"},
                            {"summary", "两袋。"},
                            {"price_fen", 3900},
                            {"components", json::array{json::object{{"sku_id", 1}, {"quantity", 2}}}}};
    return with(body, member, std::move(value));
}

TEST(Checks, OfTheCatalogAreReachedByNoRequest) {
    ServiceHost host{"catalog"};
    host.run(catalog::make_service);
    const auto made = [&](const char* target, const json::object& body) {
        const auto answer = host.call_as("operator", "POST", target, json::serialize(body));
        ASSERT_EQ(answer.status, 201) << answer.body;
    };
    made("/v1/counties", county());
    made("/v1/pairings", pairing());
    made("/v1/merchants", merchant());
    made("/v1/products", product());

    const auto refused = [](const char* check, const char* target, auto body, const char* pointer) {
        return Refused{check, "operator", "POST", target, body, pointer};
    };
    const char* const counties = "/v1/counties";
    const char* const pairings = "/v1/pairings";
    const char* const products = "/v1/products";
    expect_all(
        host,
        {refused(
             "county.county_code_is_gb2260", counties, [] { return with(county(), "county_code", "530600"); },
             "/county_code"),
         refused(
             "county.county_code_is_gb2260", counties, [] { return with(county(), "county_code", "030624"); },
             "/county_code"),
         refused(
             "county_former_code.former_code_differs", counties,
             [] { return with(county(), "former_codes", json::array{"530624"}); }, "/former_codes"),
         refused(
             "pairing.pairing_of_two", pairings, [] { return with(pairing(), "county_code", "310112"); },
             "/county_code"),
         refused(
             "pairing.pairing_ends_later", pairings, [] { return with(pairing(), "valid_to", "2021-01-01"); },
             "/valid_to"),
         refused(
             "pairing.pairing_ends_later", pairings, [] { return with(pairing(), "valid_to", "9999-12-31"); },
             "/valid_to"),
         refused(
             "pairing.pairing_programme", pairings, [] { return with(pairing(), "programme", "X"); },
             "/programme"),
         refused(
             "pairing.pairing_certainty", pairings, [] { return with(pairing(), "certainty", "stated"); },
             "/certainty"),
         refused(
             "merchant.merchant_kind", "/v1/merchants", [] { return with(merchant(), "kind", "SHOP"); },
             "/kind"),
         refused(
             "merchant.merchant_service_phone", "/v1/merchants",
             [] { return with(merchant(), "service_phone", "021-64160000-123"); }, "/service_phone"),
         refused(
             "product_version.version_category", products,
             [] { return with(product(), "category", "tobacco"); }, "/category"),
         refused(
             "product_version.version_return_policy", products,
             [] { return with(product(), "return_policy", "NEVER"); }, "/return_policy"),
         refused(
             "product_version.version_purchase_mode", products,
             [] { return with(product(), "purchase_mode", ""); }, "/purchase_mode"),
         refused(
             "sku.sku_gtin_form", products, [] { return product_with_sku("gtin", "x"); }, "/skus/0/gtin"),
         refused(
             "sku.sku_gtin_form", products, [] { return product_with_sku("gtin", "00000000000000"); },
             "/skus/0/gtin"),
         refused(
             "sku.sku_gtin_form", products, [] { return product_with_sku("gtin", "2000000000015"); },
             "/skus/0/gtin"),
         refused(
             "sku.sku_limits", products, [] { return product_with_sku("net_content_g", 0); },
             "/skus/0/net_content_g"),
         refused(
             "sku.sku_limits", products, [] { return product_with_sku("quantity_max", 0); },
             "/skus/0/quantity_max"),
         refused(
             "sku.sku_limits", products, [] { return product_with_sku("min_remaining_days", -1); },
             "/skus/0/min_remaining_days"),
         refused(
             "sku.sku_limits", products, [] { return product_with_sku("min_remaining_days", 365); },
             "/skus/0/min_remaining_days"),
         refused(
             "price.price_bounds", products, [] { return product_with_sku("price_fen", 0); },
             "/skus/0/price_fen"),
         refused(
             "bundle_version.bundle_price", "/v1/bundles", [] { return bundle("price_fen", 0); },
             "/price_fen"),
         refused(
             "bundle_component.bundle_packs", "/v1/bundles",
             [] {
                 const json::object part{{"sku_id", 1}, {"quantity", 100}};
                 return bundle("components", json::array{part});
             },
             "/components/0/quantity"),
         refused(
             "price.price_bounds", "/v1/skus/1/prices",
             [] {
                 return json::object{{"price_fen", 1'000'000'001}};
             },
             "/price_fen")},
        {{"product.product_version_from_one", "the store counts versions"},
         {"bundle.bundle_version_from_one", "the same"},
         {"product.product_listed_counts", "the store notes it with the listing"},
         {"bundle.bundle_listed_counts", "the same"},
         {"file.file_state_known", "states are an enum"},
         {"file.file_received", "what is more than was announced is refused while the file is locked"},
         {"certification.certification_term", "its service declares it, within the bounds of the fact"},
         {"certification.certification_state_known", "the same"},
         {"verified_merchant.verified_hindrance_known", "the domain names it"},
         {"verified_merchant.verified_either", "the store writes one of the two"},
         {"product_version.version_hash", "the store computes it of the text beside it"},
         {"told.told_is_one_row", "no request names it"}});
}

// --- trace -----------------------------------------------------------------------------------------------

json::object base() {
    return {{"merchant_id", 5},
            {"county_code", "530624"},
            {"name", "一号基地"},
            {"village", "天星镇"},
            {"mu_x100", 1000},
            {"yield_kg_per_mu", 100},
            {"product_words", json::array{"方竹笋"}}};
}
json::object lot() {
    const auto today = shanghai_date(now());
    return {{"base_id", 1},
            {"sku_id", 11},
            {"lot_code", "A1"},
            {"harvest_date", date_text(today - std::chrono::days{3})},
            {"production_date", date_text(today - std::chrono::days{2})},
            {"quantity", 10}};
}

void tell_trace(ServiceHost& host) {
    event::v1::CountyRegistered place;
    place.set_county_code("530624");
    place.set_name("大关县");
    event::v1::MerchantRegistered seller;
    seller.set_merchant_id(5);
    seller.set_name("合作社");
    seller.set_active(true);
    event::v1::OfferPublished offer;
    offer.set_sku_id(11);
    offer.set_product_id(70);
    offer.set_merchant_id(5);
    offer.set_product_name("箬竹面");
    offer.set_county_code("530624");
    offer.set_net_content_g(500);
    offer.set_food(true);
    offer.set_shelf_life_days(365);
    host.transact([&](database::Session& session) {
        for (const auto& fact :
             {events::Event::of(place), events::Event::of(seller), events::Event::of(offer)}) {
            trace::lessons().apply(session, {}, fact);
        }
    });
}

TEST(Checks, OfTraceAreReachedByNoRequest) {
    ServiceHost host{"trace"};
    host.run(trace::make_service);
    tell_trace(host);
    ASSERT_EQ(host.call_as("operator", "POST", "/v1/bases", json::serialize(base())).status, 201);
    host.transact([](database::Session& session) {
        session.execute("UPDATE base SET confirmed_by = 2, confirmed_at = UTC_TIMESTAMP(6)");
    });
    ASSERT_EQ(host.call_as("operator", "POST", "/v1/lots", json::serialize(lot())).status, 201);

    const auto refused = [](const char* check, const char* target, auto body, const char* pointer) {
        return Refused{check, "operator", "POST", target, body, pointer};
    };
    const char* const bases = "/v1/bases";
    const char* const lots = "/v1/lots";
    expect_all(
        host,
        {refused(
             "base.CONSTRAINT_1", bases, [] { return with(base(), "mu_x100", 0); }, "/mu_x100"),
         refused(
             "base.CONSTRAINT_1", bases, [] { return with(base(), "mu_x100", 100'000'001); }, "/mu_x100"),
         refused(
             "base.CONSTRAINT_2", bases, [] { return with(base(), "yield_kg_per_mu", 0); },
             "/yield_kg_per_mu"),
         refused(
             "base.CONSTRAINT_2", bases, [] { return with(base(), "yield_kg_per_mu", 20'000); },
             "/yield_kg_per_mu"),
         refused(
             "base.base_months", bases,
             [] {
                 return with(base(), "harvest_months", json::array{4, 13});
             },
             "/harvest_months"),
         refused(
             "base.base_position_whole", bases, [] { return with(base(), "latitude", 27.75); }, "/longitude"),
         refused(
             "base.base_latitude", bases,
             [] { return with(with(base(), "latitude", 54.1), "longitude", 103.89); }, "/latitude"),
         refused(
             "base.base_longitude", bases,
             [] { return with(with(base(), "latitude", 27.75), "longitude", 72.9); }, "/longitude"),
         refused(
             "lot.CONSTRAINT_1", lots, [] { return with(lot(), "lot_code", ""); }, "/lot_code"),
         refused(
             "lot.CONSTRAINT_2", lots,
             [] { return with(lot(), "harvest_date", json::value(date_text(shanghai_date(now())))); },
             "/harvest_date"),
         refused(
             "lot.CONSTRAINT_3", lots, [] { return with(lot(), "expiry_date", lot().at("production_date")); },
             "/expiry_date"),
         refused(
             "lot.CONSTRAINT_3", lots, [] { return with(lot(), "expiry_date", "9999-12-31"); },
             "/expiry_date"),
         refused(
             "lot.CONSTRAINT_4", lots, [] { return with(lot(), "quantity", 0); }, "/quantity"),
         refused(
             "lot.CONSTRAINT_5", lots, [] { return with(lot(), "net_content_g", 0); }, "/net_content_g"),
         refused(
             "lot.CONSTRAINT_7", "/v1/lots/1/block",
             [] {
                 return json::object{{"reason", " "}};
             },
             "/reason"),
         refused(
             "lot.CONSTRAINT_7", "/v1/lots/1/block",
             [] {
                 return json::object{{"reason", "　\u200b"}};
             },
             "/reason")},
        {{"lot.CONSTRAINT_6", "one statement sets both"}, {"told.told_is_one_row", "no request names it"}});
}

// --- channel ---------------------------------------------------------------------------------------------

json::object campaign() {
    return {{"name", "地铁"},
            {"organiser", "合作交流办"},
            {"from", "2026-01-01T00:00:00Z"},
            {"to", "2027-01-01T00:00:00Z"}};
}
json::object item() {
    return {{"product_id", 70}, {"from", "2026-01-01T00:00:00Z"}, {"to", "2027-01-01T00:00:00Z"}};
}
json::object playlist(std::string_view member, json::value value) {
    return {{"items", json::array{with(item(), member, std::move(value))}}};
}

TEST(Checks, OfTheChannelAreReachedByNoRequest) {
    ServiceHost host{"channel"};
    host.run(channel::make_service);
    ASSERT_EQ(host.call_as("operator", "POST", "/v1/campaigns", json::serialize(campaign())).status, 201);
    const json::object screen{{"campaign_id", 1}, {"name", "1屏"}, {"channel", "METRO_QR"}};
    ASSERT_EQ(host.call_as("operator", "POST", "/v1/placements", json::serialize(screen)).status, 201);

    const char* const campaigns = "/v1/campaigns";
    const char* const items = "/v1/placements/1/playlist";
    const char* const too_late = "9999-12-31T23:59:59-14:00";
    expect_all(host,
               {{"campaign.CONSTRAINT_1", "operator", "POST", campaigns,
                 [] { return with(campaign(), "to", "2026-01-01T00:00:00Z"); }, "/to"},
                {"campaign.CONSTRAINT_1", "operator", "POST", campaigns,
                 [=] { return with(campaign(), "to", too_late); }, "/to"},
                {"campaign.CONSTRAINT_1", "operator", "POST", campaigns,
                 [] { return with(campaign(), "to", "9999-12-31T23:59:59Z"); }, "/to"},
                {"placement.CONSTRAINT_1", "operator", "POST", "/v1/placements",
                 [=] { return with(screen, "channel", "TRAM"); }, "/channel"},
                {"playlist_item.CONSTRAINT_1", "operator", "PUT", items,
                 [] { return playlist("to", "2026-01-01T00:00:00Z"); }, "/items/0/to"},
                {"playlist_item.CONSTRAINT_1", "operator", "PUT", items,
                 [=] { return playlist("to", too_late); }, "/items/0/to"},
                {"playlist_item.CONSTRAINT_2", "operator", "PUT", items,
                 [] { return playlist("seconds", 0); }, "/items/0/seconds"}},
               {});
}

}  // namespace
}  // namespace shanhai
