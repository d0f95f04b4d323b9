#include "certification/store/scheme_rows.hpp"

#include "chassis/database/lines.hpp"
#include "chassis/database/stored_name.hpp"
#include "chassis/database/unique.hpp"

namespace shanhai::certification {
namespace {

using database::Rows;
using database::Session;

const std::string select =
    "SELECT s.scheme, s.version, s.name, s.offices, s.district_code, s.counties, s.term_unit, s.term, "
    "s.notice_days, s.recommendations, s.by_application, s.required_evidence, s.report_months_max, "
    "s.price_band_bp, s.base_required FROM scheme_version s ";
const std::string newest =
    "NOT EXISTS (SELECT 1 FROM scheme_version later WHERE later.scheme = s.scheme AND later.version > "
    "s.version)";

Scheme scheme_of(const Rows& rows) {
    Scheme scheme{.code = *SchemeCode::parse(rows.text(0)),
                  .version = static_cast<int>(rows.integer(1)),
                  .name = rows.text(2),
                  .offices = database::words_of(rows.text(3)),
                  .district = std::nullopt,
                  .counties = {},
                  .term_unit = database::stored_name<TermUnit>(rows.text(6)),
                  .term = static_cast<int>(rows.integer(7)),
                  .notice_days = static_cast<int>(rows.integer(8)),
                  .recommendations = static_cast<int>(rows.integer(9)),
                  .by_application = rows.integer(10) != 0,
                  .required_evidence = {},
                  .report_months_max = static_cast<int>(rows.integer(12)),
                  .price_band_bp = static_cast<int>(rows.integer(13)),
                  .base_required = rows.integer(14) != 0};
    if (const auto district = rows.optional_text(4)) scheme.district = *CountyCode::parse(*district);
    for (const auto& county : database::words_of(rows.text(5)))
        scheme.counties.push_back(*CountyCode::parse(county));
    for (const auto& kind : database::words_of(rows.text(11)))
        scheme.required_evidence.push_back(database::stored_name<EvidenceKind>(kind));
    return scheme;
}

std::optional<Scheme> first_of(Rows rows) {
    if (!rows.next()) return std::nullopt;
    return scheme_of(rows);
}

}  // namespace

std::optional<Scheme> find_scheme(Session& session, const SchemeCode& code) {
    return first_of(
        session.query(select + "WHERE s.scheme = ? ORDER BY s.version DESC LIMIT 1", code.text()));
}

std::optional<Scheme> find_scheme(Session& session, const SchemeCode& code, int version) {
    return first_of(session.query(select + "WHERE s.scheme = ? AND s.version = ?", code.text(), version));
}

std::vector<Scheme> schemes(Session& session, std::string_view after, std::size_t count) {
    std::vector<Scheme> all;
    auto rows = session.query(select + "WHERE s.scheme > ? AND " + newest + " ORDER BY s.scheme LIMIT ?",
                              after, count);
    while (rows.next()) all.push_back(scheme_of(rows));
    return all;
}

std::vector<Scheme> untold_schemes(Session& session) {
    std::vector<Scheme> all;
    auto rows = session.query(select + "WHERE " + newest +
                              " AND NOT EXISTS (SELECT 1 FROM scheme_told t WHERE t.scheme = s.scheme AND "
                              "t.version >= s.version) ORDER BY s.scheme");
    while (rows.next()) all.push_back(scheme_of(rows));
    return all;
}

void note_told(Session& session, const Scheme& scheme) {
    session.execute(
        "INSERT INTO scheme_told (scheme, version) VALUES (?, ?) ON DUPLICATE KEY UPDATE version = "
        "GREATEST(version, VALUES(version))",
        scheme.code.text(), scheme.version);
}

bool insert_scheme(Session& session, const Scheme& scheme, AccountId by) {
    std::optional<std::string_view> district;
    if (scheme.district) district = scheme.district->text();
    std::vector<std::string> counties;
    for (const auto& code : scheme.counties) counties.emplace_back(code.text());
    std::vector<std::string> papers;
    for (const auto kind : scheme.required_evidence) papers.emplace_back(wire_name(kind));
    return database::update_unique(
        session,
        "INSERT INTO scheme_version (scheme, version, name, offices, district_code, counties, term_unit, "
        "term, notice_days, recommendations, by_application, required_evidence, report_months_max, "
        "price_band_bp, base_required, at, by_account) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        scheme.code.text(), scheme.version, scheme.name, database::lines_of(scheme.offices), district,
        database::lines_of(counties), wire_name(scheme.term_unit), scheme.term, scheme.notice_days,
        scheme.recommendations, scheme.by_application, database::lines_of(papers), scheme.report_months_max,
        scheme.price_band_bp, scheme.base_required, session.now(), by);
}

}  // namespace shanhai::certification
