#include "catalog/http/catalog_json.hpp"

#include "chassis/security/crypto.hpp"
#include "vocabulary/gazetteer.hpp"

#include <boost/json/array.hpp>

namespace shanhai::catalog {
namespace {

namespace json = boost::json;

json::value date_json(const std::optional<Date>& day) {
    if (!day) return nullptr;
    return json::value(date_text(*day));
}

json::array texts(const std::vector<std::string>& list) {
    json::array array;
    for (const auto& text : list) array.emplace_back(text);
    return array;
}

json::object county_brief(const Registry& registry, const CountyCode& code) {
    json::object body;
    body["county_code"] = code.text();
    const auto* const county = registry.county(code);
    if (county == nullptr) return body;
    body["name"] = county->name;
    body["short_name"] = county->short_name;
    body["prefecture"] = county->prefecture;
    body["province"] = county->province;
    return body;
}

/// Null where the gazetteer has no such area.
json::value english_name(std::string_view code) {
    const auto* const area = find_area(code);
    return area == nullptr ? json::value{} : json::value(area->english);
}

json::value seat_json(const CountyCode& code) {
    const auto* const area = find_area(code.text());
    if (area == nullptr || !area->seat) return nullptr;
    json::object seat;
    seat["latitude"] = area->seat->latitude();
    seat["longitude"] = area->seat->longitude();
    return seat;
}

json::object merchant_brief(const Merchant& merchant) {
    json::object body;
    body["merchant_id"] = number(merchant.id);
    body["name"] = merchant.name;
    body["kind"] = wire_name(merchant.kind);
    body["self_operated"] = merchant.self_operated;
    body["sample"] = merchant.sample;
    if (merchant.uscc) body["uscc"] = merchant.uscc->text();
    return body;
}

json::object certification_brief(const Registry& facts, const Certification& certification, Instant at) {
    json::object body;
    body["certification_id"] = number(certification.id);
    body["scheme"] = certification.scheme.text();
    body["scheme_name"] = name_of_scheme(facts, certification.scheme);
    body["year"] = certification.year;
    body["authority"] = certification.authority;
    body["number"] = certification.number;
    body["valid_from"] = date_text(certification.valid_from);
    body["valid_to"] = date_text(certification.valid_to);
    body["state"] = wire_name(certification.standing(at));
    body["valid_now"] = certification.valid_at(at);
    if (const auto& counted = certification.households) {
        body["households"] = counted->count;
        if (counted->people) body["people"] = *counted->people;
    }
    return body;
}

json::object sku_json(const Sku& sku) {
    json::object body;
    body["sku_id"] = number(sku.id);
    body["gtin"] = sku.gtin.text();
    body["name"] = sku.name;
    body["net_content_g"] = sku.net_content.count();
    body["price_fen"] = sku.price.count();
    body["price_version"] = sku.price_version;
    body["quantity_max"] = sku.quantity_max;
    body["min_remaining_days"] = sku.min_remaining_days;
    return body;
}

void add_text(json::object& body, const ProductText& text) {
    body["summary"] = text.summary;
    body["description"] = text.description;
    body["storage"] = text.storage;
    body["shelf_life_days"] =
        text.shelf_life_days ? json::value(*text.shelf_life_days) : json::value(nullptr);
    body["origin_statement"] = text.origin_statement;
    body["return_policy"] = wire_name(text.return_policy);
    body["purchase_mode"] = wire_name(text.purchase_mode);
    body["tags"] = texts(text.tags);
    body["image"] = text.cover();
    body["images"] = texts(text.images);
}

}  // namespace

json::object json_of(const County& county, std::int64_t listed) {
    json::object body;
    body["county_code"] = county.code.text();
    body["name"] = county.name;
    body["short_name"] = county.short_name;
    body["prefecture_code"] = county.prefecture_code();
    body["prefecture"] = county.prefecture;
    body["province"] = county.province;
    body["assisted"] = county.assisted;
    json::array former;
    for (const auto& code : county.former_codes) former.emplace_back(code.text());
    body["former_codes"] = std::move(former);
    body["version"] = county.version;
    body["products"] = listed;
    return body;
}

void describe_place(json::object& body, const County& county) {
    body["name_en"] = english_name(county.code.text());
    body["prefecture_en"] = english_name(county.prefecture_code());
    body["province_en"] = english_name(std::string{county.code.province()} + "0000");
    body["seat"] = seat_json(county.code);
}

json::object json_of(const Pairing& pairing, Instant at) {
    json::object body;
    body["pairing_id"] = number(pairing.id);
    body["district_code"] = pairing.district.text();
    body["district_name"] = pairing.district_name;
    body["county_code"] = pairing.area.text();
    body["county_name"] = pairing.area_name;
    body["level"] = level_name(pairing.area.level());
    body["programme"] = wire_name(pairing.programme);
    body["certainty"] = wire_name(pairing.certainty);
    body["valid_from"] = date_json(pairing.valid_from);
    body["valid_to"] = date_json(pairing.valid_to);
    body["valid_now"] = pairing.valid_on(shanghai_date(at));
    body["note"] = pairing.note;
    body["version"] = pairing.version;
    return body;
}

json::object json_of(const Merchant& merchant) {
    auto body = merchant_brief(merchant);
    body["county_code"] = merchant.county.text();
    if (merchant.food_licence) body["food_licence"] = merchant.food_licence->text();
    if (merchant.service_phone) body["service_phone"] = merchant.service_phone->text();
    if (merchant.organisation != OrganisationId{}) body["organisation_id"] = number(merchant.organisation);
    body["active"] = merchant.active;
    body["version"] = merchant.version;
    body["area_note"] = merchant.area_note;
    const auto& licences = merchant.licences;
    if (!licences.business_licence.empty()) body["business_licence"] = licences.business_licence;
    if (licences.business_until) body["business_licence_until"] = date_text(*licences.business_until);
    if (licences.food_until) body["food_licence_until"] = date_text(*licences.food_until);
    if (const auto until = licences.until()) body["licence_until"] = date_text(*until);
    if (licences.checked_on) body["checked_on"] = date_text(*licences.checked_on);
    if (merchant.lapsed) body["lapsed"] = true;
    return body;
}

json::value name_of_scheme(const Registry& registry, const SchemeCode& scheme) {
    const auto found = registry.schemes.find(scheme);
    if (found == registry.schemes.end()) return nullptr;
    return json::value(found->second);
}

json::object json_of(const Category& category) {
    json::object body;
    body["category"] = category.code;
    body["name"] = category.name;
    body["image"] = category.image();
    body["food"] = category.food;
    body["perishable"] = category.perishable;
    return body;
}

json::object json_of(const Registry& registry, const Product& product, Instant at) {
    json::object body;
    body["product_id"] = number(product.id);
    body["version"] = product.version;
    body["name"] = product.text.name;
    body["alias"] = texts(product.text.aliases);
    body["category"] = product.text.category;
    const auto* const category = find_category(product.text.category);
    body["category_name"] = category->name;
    body["county"] = county_brief(registry, product.county);
    if (const auto* merchant = registry.merchant(product.merchant))
        body["merchant"] = merchant_brief(*merchant);
    add_text(body, product.text);
    body["snapshot_hash"] = security::hex(product.snapshot_hash);
    body["listed"] = product.listed;
    body["saleable"] = registry.saleable(product, at);
    body["certified_now"] = product.certified_at(at);
    json::array certifications;
    for (const auto& one : product.certifications)
        certifications.emplace_back(certification_brief(registry, one, at));
    body["certifications"] = std::move(certifications);
    json::array skus;
    for (const auto& sku : product.skus) {
        auto one = sku_json(sku);
        if (category->food) one["unit_price_text"] = unit_price_text(sku.price, sku.net_content);
        skus.emplace_back(std::move(one));
    }
    body["skus"] = std::move(skus);
    return body;
}

json::object json_of(const TextVersion& version, bool names) {
    json::object body;
    body["version"] = version.version;
    body["created_at"] = rfc3339(version.created_at);
    body["snapshot_hash"] = security::hex(version.hash);
    body["text"] = version.canonical;
    if (!names) return body;
    body["by_account"] = version.by == AccountId{} ? json::value{} : json::value(number(version.by));
    return body;
}

std::string unit_price_text(Fen price, Gram net_content) {
    const auto grams = net_content.count();
    const Fen per_kilogram{((price * 2000).count() + grams) / (grams * 2)};
    return yuan_text(per_kilogram) + "元/千克";
}

}  // namespace shanhai::catalog
