#include "certification/application/catalogue_reading.hpp"

#include <boost/json/parse.hpp>
#include <string>

namespace shanhai::certification {
namespace {

namespace json = boost::json;

std::string text(const json::object& object, std::string_view name) {
    return std::string{object.at(name).as_string()};
}
template <class Id>
Id id(const json::object& object, std::string_view name) {
    return static_cast<Id>(object.at(name).to_number<std::uint64_t>());
}
Date day(const json::object& object, std::string_view name) { return *parse_date(text(object, name)); }

CatalogueEntry entry_of(const json::object& one) {
    CatalogueEntry entry{.certification = id<CertificationId>(one, "certification_id"),
                         .number = text(one, "number"),
                         .authority = text(one, "authority"),
                         .product = id<ProductId>(one, "product_id"),
                         .product_name = text(one, "product_name"),
                         .snapshot_hash = text(one, "snapshot_hash"),
                         .county_code = text(one, "county_code"),
                         .county_name = text(one, "county_name"),
                         .merchant = id<MerchantId>(one, "merchant_id"),
                         .merchant_name = text(one, "merchant_name"),
                         .valid_from = day(one, "valid_from"),
                         .valid_to = day(one, "valid_to"),
                         .application = std::nullopt,
                         .evidence_hash = {}};
    if (!one.at("application_id").is_null()) entry.application = id<ApplicationId>(one, "application_id");
    if (!one.at("evidence_sha256").is_null()) entry.evidence_hash = text(one, "evidence_sha256");
    if (const auto* const count = one.if_contains("households")) {
        entry.households = Households{count->to_number<std::int64_t>()};
        if (const auto* const people = one.if_contains("people")) {
            entry.households->people = people->to_number<std::int64_t>();
        }
    }
    return entry;
}

}  // namespace

Catalogue catalogue_of(std::string_view content) {
    const auto parsed = json::parse(json::string_view{content.data(), content.size()});
    const auto& whole = parsed.as_object();
    Catalogue catalogue{.scheme = *SchemeCode::parse(text(whole, "scheme")),
                        .scheme_name = text(whole, "scheme_name"),
                        .year = whole.at("year").to_number<int>(),
                        .number = whole.at("number").to_number<int>(),
                        .office = text(whole, "office"),
                        .frozen = *parse_rfc3339(text(whole, "frozen_at")),
                        .entries = {}};
    for (const auto& one : whole.at("certifications").as_array()) {
        catalogue.entries.push_back(entry_of(one.as_object()));
    }
    return catalogue;
}

}  // namespace shanhai::certification
