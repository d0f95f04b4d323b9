#include "certification/domain/edition.hpp"

#include "chassis/security/crypto.hpp"
#include "vocabulary/canonical_json.hpp"

#include <algorithm>

namespace shanhai::certification {
namespace {

/// Changes with what the members mean, so that no old catalogue is misread.
constexpr std::string_view format = "shanhai-catalogue/1";

std::int64_t plain(std::uint64_t id) { return static_cast<std::int64_t>(id); }

CanonicalObject canonical_of(const CatalogueEntry& entry) {
    CanonicalObject one;
    one.set("certification_id", plain(number(entry.certification)))
        .set("number", entry.number)
        .set("authority", entry.authority)
        .set("product_id", plain(number(entry.product)))
        .set("product_name", entry.product_name)
        .set("snapshot_hash", entry.snapshot_hash)
        .set("county_code", entry.county_code)
        .set("county_name", entry.county_name)
        .set("merchant_id", plain(number(entry.merchant)))
        .set("merchant_name", entry.merchant_name)
        .set("valid_from", date_text(entry.valid_from))
        .set("valid_to", date_text(entry.valid_to));
    if (entry.evidence_hash.empty()) {
        one.set_null("evidence_sha256");
    } else {
        one.set("evidence_sha256", entry.evidence_hash);
    }
    // Left out where nobody said: the bytes of an entry without are what they were before there were any.
    if (entry.households) one.set("households", entry.households->count);
    if (entry.households && entry.households->people) one.set("people", *entry.households->people);
    if (entry.application)
        return one.set("application_id", plain(static_cast<std::uint64_t>(*entry.application)));
    return one.set_null("application_id");
}

std::optional<std::int64_t> count_of(const std::optional<Households>& households) {
    return households ? std::optional{households->count} : std::nullopt;
}
std::optional<std::int64_t> people_of(const std::optional<Households>& households) {
    return households ? households->people : std::nullopt;
}

}  // namespace

std::vector<std::string_view> CatalogueEntry::differing(const CatalogueEntry& other) const {
    std::vector<std::string_view> names;
    const auto look = [&](std::string_view name, bool same) {
        if (!same) names.push_back(name);
    };
    look("certification_id", certification == other.certification);
    look("number", number == other.number);
    look("authority", authority == other.authority);
    look("product_id", product == other.product);
    look("product_name", product_name == other.product_name);
    look("snapshot_hash", snapshot_hash == other.snapshot_hash);
    look("county_code", county_code == other.county_code);
    look("county_name", county_name == other.county_name);
    look("merchant_id", merchant == other.merchant);
    look("merchant_name", merchant_name == other.merchant_name);
    look("valid_from", valid_from == other.valid_from);
    look("valid_to", valid_to == other.valid_to);
    look("application_id", application == other.application);
    look("evidence_sha256", evidence_hash == other.evidence_hash);
    look("households", count_of(households) == count_of(other.households));
    look("people", people_of(households) == people_of(other.households));
    return names;
}

std::string hash_of(const std::vector<SubmittedPaper>& papers) {
    std::vector<CanonicalObject> list;
    for (const auto& [paper, sha256] : papers) {
        CanonicalObject one;
        one.set("kind", wire_name(paper.kind))
            .set("number", paper.number)
            .set("sha256", security::hex(sha256));
        const auto set_day = [&one](std::string_view name, const std::optional<Date>& day) {
            if (day) {
                one.set(name, date_text(*day));
            } else {
                one.set_null(name);
            }
        };
        set_day("issued_on", paper.issued);
        set_day("valid_until", paper.until);
        list.push_back(std::move(one));
    }
    CanonicalObject whole;
    return security::sha256(whole.set("evidence", list).text());
}

std::string Catalogue::canonical() const {
    std::vector<CanonicalObject> list;
    list.reserve(entries.size());
    for (const auto& entry : entries) list.push_back(canonical_of(entry));
    CanonicalObject whole;
    whole.set("format", format)
        .set("scheme", scheme.text())
        .set("scheme_name", scheme_name)
        .set("year", year)
        .set("number", number)
        .set("office", office)
        .set("frozen_at", rfc3339(frozen))
        .set("certifications", list);
    return whole.text();
}

Difference difference(std::vector<CatalogueEntry> before, std::vector<CatalogueEntry> after) {
    std::ranges::sort(before, {}, &CatalogueEntry::product);
    std::ranges::sort(after, {}, &CatalogueEntry::product);
    Difference found;
    auto old = before.begin();
    for (auto& entry : after) {
        while (old != before.end() && old->product < entry.product) found.gone.push_back(std::move(*old++));
        if (old == before.end() || entry.product < old->product) {
            found.added.push_back(std::move(entry));
            continue;
        }
        if (*old != entry) found.changed.emplace_back(std::move(*old), std::move(entry));
        ++old;
    }
    while (old != before.end()) found.gone.push_back(std::move(*old++));
    return found;
}

}  // namespace shanhai::certification
