#include "certification/http/edition_json.hpp"

#include "chassis/http/json.hpp"
#include "chassis/security/crypto.hpp"

#include <boost/json/array.hpp>

namespace shanhai::certification {

namespace json = boost::json;

namespace {

json::object json_of(const CatalogueEntry& entry) {
    json::object body;
    body["certification_id"] = number(entry.certification);
    body["number"] = entry.number;
    body["authority"] = entry.authority;
    body["product_id"] = number(entry.product);
    body["product_name"] = entry.product_name;
    body["snapshot_hash"] = entry.snapshot_hash;
    body["county_code"] = entry.county_code;
    body["county_name"] = entry.county_name;
    body["merchant_id"] = number(entry.merchant);
    body["merchant_name"] = entry.merchant_name;
    body["valid_from"] = date_text(entry.valid_from);
    body["valid_to"] = date_text(entry.valid_to);
    body["application_id"] =
        entry.application ? json::value(static_cast<std::uint64_t>(*entry.application)) : json::value{};
    body["evidence_sha256"] = entry.evidence_hash.empty() ? json::value{} : json::value(entry.evidence_hash);
    if (entry.households) body["households"] = entry.households->count;
    if (entry.households && entry.households->people) body["people"] = *entry.households->people;
    return body;
}

json::array json_of(const std::vector<CatalogueEntry>& entries) {
    json::array list;
    for (const auto& entry : entries) list.emplace_back(json_of(entry));
    return list;
}

json::object changed_json(const CatalogueEntry& before, const CatalogueEntry& after) {
    json::object body;
    body["product_id"] = number(after.product);
    json::array fields;
    for (const auto name : before.differing(after)) fields.emplace_back(name);
    body["fields"] = std::move(fields);
    body["before"] = json_of(before);
    body["after"] = json_of(after);
    return body;
}

}  // namespace

Result<NewEdition> edition_in(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    http::Fields fields{*body};
    const auto scheme = fields.parsed<SchemeCode>("scheme");
    const auto year = fields.integer("year", Certification::year_min, Certification::year_max);
    if (auto error = fields.complaints()) return *error;
    return NewEdition{*scheme, static_cast<int>(year)};
}

json::object json_of(const Edition& edition) {
    json::object body;
    body["edition_id"] = number(edition.id);
    body["scheme"] = edition.scheme.text();
    body["year"] = edition.year;
    body["number"] = edition.number;
    body["office"] = edition.office;
    body["frozen_at"] = rfc3339(edition.frozen);
    body["sha256"] = security::hex(edition.sha256);
    body["certifications"] = edition.certifications;
    body["previous_edition_id"] = edition.previous ? json::value(number(*edition.previous)) : json::value{};
    return body;
}

json::object json_of(const Comparison& comparison) {
    json::object body;
    body["edition_id"] = number(comparison.edition.id);
    body["from_edition_id"] = comparison.from ? json::value(number(comparison.from->id)) : json::value{};
    body["added"] = json_of(comparison.difference.added);
    body["gone"] = json_of(comparison.difference.gone);
    json::array changed;
    for (const auto& [before, after] : comparison.difference.changed) {
        changed.emplace_back(changed_json(before, after));
    }
    body["changed"] = std::move(changed);
    return body;
}

json::object json_of(const EditionMention& mention) {
    json::object body;
    body["edition_id"] = number(mention.id);
    body["number"] = mention.number;
    body["frozen_at"] = rfc3339(mention.frozen);
    return body;
}

}  // namespace shanhai::certification
