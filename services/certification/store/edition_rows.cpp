#include "certification/store/edition_rows.hpp"

#include "certification/store/evidence_rows.hpp"
#include "certification/store/household_columns.hpp"
#include "chassis/database/in_list.hpp"
#include "chassis/database/stored_name.hpp"
#include "chassis/events/set_aside.hpp"
#include "chassis/security/crypto.hpp"

#include <map>
#include <set>

namespace shanhai::certification {
namespace {

using database::Literal;
using database::Rows;
using database::Session;

const std::string select =
    "SELECT e.edition_id, e.scheme, e.year, e.number, e.office, e.frozen_at, e.sha256, e.certifications, "
    "e.previous_edition_id FROM edition e ";

Edition edition_of(const Rows& rows) {
    Edition edition{.id = rows.id<EditionId>(0),
                    .scheme = *SchemeCode::parse(rows.text(1)),
                    .year = static_cast<int>(rows.integer(2)),
                    .number = static_cast<int>(rows.integer(3)),
                    .office = rows.text(4),
                    .frozen = rows.instant(5),
                    .sha256 = rows.text(6),
                    .certifications = rows.integer(7)};
    if (!rows.null(8)) edition.previous = rows.id<EditionId>(8);
    return edition;
}

std::optional<Edition> first_of(Rows rows) {
    if (!rows.next()) return std::nullopt;
    return edition_of(rows);
}

/// What others told and this service could not learn.
class Doubts {
public:
    explicit Doubts(Session& session)
        : counties_{events::untrusted(session, "shanhai.event.v1.CountyRegistered", "county_code")},
          merchants_{events::untrusted(session, "shanhai.event.v1.MerchantRegistered", "merchant_id")} {
        const auto sizes = events::untrusted(session, "shanhai.event.v1.OfferPublished", "sku_id");
        if (sizes.empty()) return;
        auto rows =
            session.ask("SELECT product_id FROM known_sku WHERE sku_id IN " + database::in_list(sizes));
        while (rows.next()) products_.insert(rows.id<ProductId>(0));
    }

    /// Empties what is not sure.
    void strike(CatalogueEntry& entry) const {
        if (counties_.contains(entry.county_code)) entry.county_name.clear();
        if (merchants_.contains(std::to_string(shanhai::number(entry.merchant)))) entry.merchant_name.clear();
        if (products_.contains(entry.product)) entry.product_name.clear();
    }

private:
    std::set<std::string> counties_;
    std::set<std::string> merchants_;
    std::set<ProductId> products_;
};

CatalogueEntry entry_of(const Rows& rows) {
    CatalogueEntry entry{.certification = rows.id<CertificationId>(0),
                         .number = rows.text(1),
                         .authority = rows.text(2),
                         .product = rows.id<ProductId>(3),
                         .product_name = rows.text(6),
                         .snapshot_hash = security::hex(rows.text(7)),
                         .county_code = rows.text(8),
                         .county_name = rows.text(9),
                         .merchant = rows.id<MerchantId>(10),
                         .merchant_name = rows.text(11),
                         .valid_from = rows.date(4),
                         .valid_to = rows.date(5),
                         .application = std::nullopt,
                         .evidence_hash = {}};
    if (!rows.null(12)) entry.application = rows.id<ApplicationId>(12);
    entry.households = households_in(rows, 13);
    return entry;
}

void add_evidence(Session& session, std::vector<CatalogueEntry>& entries) {
    std::vector<ApplicationId> ids;
    for (const auto& entry : entries) {
        if (entry.application) ids.push_back(*entry.application);
    }
    auto papers = submitted_papers(session, ids);
    for (auto& entry : entries) {
        if (entry.application) entry.evidence_hash = security::hex(hash_of(papers[*entry.application]));
    }
}

}  // namespace

void share_scheme(Session& session, const SchemeCode& code) {
    session.query("SELECT version FROM scheme_version WHERE scheme = ? AND version = 1 LOCK IN SHARE MODE",
                  code.text());
}

void hold_scheme(Session& session, const SchemeCode& code) {
    session.query("SELECT version FROM scheme_version WHERE scheme = ? AND version = 1 FOR UPDATE",
                  code.text());
}

std::vector<CatalogueEntry> in_force(Session& session, const SchemeCode& scheme, int year, Instant at,
                                     std::size_t count) {
    const Doubts doubts{session};
    // As Certification::valid_at has it; a product is named by the first of its sizes: they all say the same.
    auto rows = session.query(
        "SELECT c.certification_id, c.number, c.authority, c.product_id, c.valid_from, c.valid_to, "
        "COALESCE(k.product_name, ''), COALESCE(k.snapshot_hash, ''), COALESCE(k.county_code, ''), "
        "COALESCE(n.name, ''), COALESCE(k.merchant_id, 0), COALESCE(m.name, ''), a.application_id, "
        "c.households, c.people "
        "FROM certification c LEFT JOIN known_sku k "
        "ON k.sku_id = (SELECT MIN(s.sku_id) FROM known_sku s WHERE s.product_id = c.product_id) "
        "LEFT JOIN known_county n ON n.county_code = k.county_code "
        "LEFT JOIN known_merchant m ON m.merchant_id = k.merchant_id "
        "LEFT JOIN application a ON a.certification_id = c.certification_id "
        "WHERE c.scheme = ? AND c.year = ? AND c.state = 'CERTIFIED' AND c.valid_from <= ? AND c.valid_to > ? "
        "AND c.recorded_at <= ? ORDER BY c.certification_id LIMIT ?",
        scheme.text(), year, shanghai_date(at), shanghai_date(at), at, count);
    std::vector<CatalogueEntry> entries;
    while (rows.next()) {
        entries.push_back(entry_of(rows));
        doubts.strike(entries.back());
    }
    add_evidence(session, entries);
    return entries;
}

std::optional<Edition> find_edition(Session& session, EditionId id) {
    return first_of(session.query(select + "WHERE e.edition_id = ?", id));
}

std::optional<Edition> last_edition(Session& session, const SchemeCode& scheme, int year) {
    return first_of(session.query(select + "WHERE e.scheme = ? AND e.year = ? ORDER BY e.number DESC LIMIT 1",
                                  scheme.text(), year));
}

std::optional<Edition> last_edition_before(Session& session, const SchemeCode& scheme, int year) {
    return first_of(session.query(
        select + "WHERE e.scheme = ? AND e.year < ? ORDER BY e.year DESC, e.number DESC LIMIT 1",
        scheme.text(), year));
}

std::string content_of(Session& session, EditionId id) {
    auto rows = session.query("SELECT content FROM edition WHERE edition_id = ?", id);
    return rows.next() ? rows.text(0) : std::string{};
}

std::vector<Edition> list_editions(Session& session, const EditionFilter& filter, EditionId after,
                                   std::size_t count) {
    auto where = "WHERE e.edition_id > " + Literal{after}.text();
    if (filter.scheme) where += " AND e.scheme = " + Literal{filter.scheme->text()}.text();
    if (filter.year) where += " AND e.year = " + Literal{*filter.year}.text();
    std::vector<Edition> found;
    auto rows = session.ask(select + where + " ORDER BY e.edition_id LIMIT " + Literal{count}.text());
    while (rows.next()) found.push_back(edition_of(rows));
    return found;
}

void name_editions(Session& session, std::vector<Recognition>& recognitions) {
    if (recognitions.empty()) return;
    std::map<CertificationId, std::vector<EditionMention>> mentions;
    auto rows = session.ask(
        "SELECT n.certification_id, e.edition_id, e.number, e.frozen_at FROM edition_certification n "
        "JOIN edition e ON e.edition_id = n.edition_id WHERE n.certification_id IN " +
        database::in_list(recognitions, [](const Recognition& one) { return one.id; }) +
        " ORDER BY e.edition_id");
    while (rows.next()) {
        mentions[rows.id<CertificationId>(0)].push_back(
            {rows.id<EditionId>(1), static_cast<int>(rows.integer(2)), rows.instant(3)});
    }
    for (auto& one : recognitions) one.editions = std::move(mentions[one.id]);
}

EditionId insert_edition(Session& session, const Edition& edition, const std::string& content,
                         const std::vector<CatalogueEntry>& entries, AccountId by) {
    session.execute(
        "INSERT INTO edition (scheme, year, number, office, frozen_at, by_account, previous_edition_id, "
        "certifications, sha256, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        edition.scheme.text(), edition.year, edition.number, edition.office, edition.frozen, by,
        edition.previous, edition.certifications, Literal::bytes(edition.sha256), Literal::bytes(content));
    const EditionId id{session.last_insert_id()};
    database::Insert named{"INSERT INTO edition_certification (certification_id, edition_id) VALUES"};
    for (const auto& entry : entries) named.row(entry.certification, id);
    named.run(session);
    return id;
}

}  // namespace shanhai::certification
