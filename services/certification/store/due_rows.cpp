#include "certification/store/due_rows.hpp"

#include "certification/store/application_rows.hpp"
#include "chassis/database/in_list.hpp"
#include "chassis/database/stored_name.hpp"

namespace shanhai::certification {
namespace {

using database::Literal;
using database::Session;

const std::string with_product =
    "FROM application a JOIN batch b ON b.batch_id = a.batch_id "
    "JOIN scheme_version v ON v.scheme = b.scheme AND v.version = b.scheme_version LEFT JOIN known_sku k "
    "ON k.sku_id = (SELECT MIN(s.sku_id) FROM known_sku s WHERE s.product_id = a.product_id) "
    "LEFT JOIN known_merchant m ON m.merchant_id = k.merchant_id ";

std::string of_county(const Competence& competence) {
    if (!competence.county) return "FALSE";
    return "COALESCE(k.county_code = " + Literal{competence.county->text()}.text() + ", FALSE)";
}

std::string decides(const Competence& competence) {
    std::string decides = "(v.offices = '' AND " + of_county(competence) + ")";
    if (competence.schemes.empty()) return decides;
    const auto codes =
        database::in_list(competence.schemes, [](const SchemeCode& code) { return code.text(); });
    return "(b.scheme IN " + codes + " OR " + decides + ")";
}

std::string recommends(const Competence& competence) {
    return "(a.state = 'SUBMITTED' AND v.recommendations > 0 AND " + of_county(competence) + ")";
}

std::string recommended_already(const Competence& competence) {
    return "EXISTS (SELECT 1 FROM application_step r WHERE r.application_id = a.application_id "
           "AND r.action = 'RECOMMEND' AND r.organisation_id = " +
           Literal{competence.office}.text() +
           " AND r.step > (SELECT MAX(s.step) FROM application_step s "
           "WHERE s.application_id = a.application_id AND s.action = 'SUBMIT'))";
}

/// The place of the reason in DueKind; NULL when nothing is due.
std::string reason(Session& session, const Competence& competence) {
    const auto ours = decides(competence);
    const auto county = recommends(competence);
    const std::string reviewable = "a.state = IF(v.recommendations > 0, 'COUNTY_RECOMMENDED', 'SUBMITTED')";
    return "CASE WHEN " + ours +
           " AND a.state = 'PUBLIC_NOTICE' AND EXISTS (SELECT 1 FROM objection o "
           "WHERE o.application_id = a.application_id AND o.answer IS NULL) THEN 0 "
           "WHEN a.product_hash IS NOT NULL AND NOT a.product_hash <=> k.snapshot_hash AND (" +
           county + " OR (" + ours + " AND (a.state IN ('UNDER_REVIEW', 'PUBLIC_NOTICE') OR " + reviewable +
           "))) THEN 2 WHEN " + ours +
           " AND a.state = 'PUBLIC_NOTICE' AND a.notice_until <= " + Literal{session.now()}.text() +
           " THEN 1 WHEN " + ours + " AND a.state = 'UNDER_REVIEW' THEN 3 WHEN " + ours + " AND " +
           reviewable + " THEN 4 WHEN " + county + " AND NOT " + recommended_already(competence) +
           " THEN 5 END";
}

/// Nobody decides about goods of their own house.
std::string all_due(Session& session, const Competence& competence, const std::string& columns) {
    return "SELECT " + reason(session, competence) + " AS reason" + columns + " " + with_product +
           "WHERE a.state IN ('SUBMITTED', 'COUNTY_RECOMMENDED', 'UNDER_REVIEW', 'PUBLIC_NOTICE') "
           "AND NOT COALESCE(m.organisation_id, 0) <=> " +
           Literal{competence.office}.text() + " HAVING reason IS NOT NULL";
}

}  // namespace

std::array<std::int64_t, Due::kinds> due_counts(Session& session, const Competence& competence) {
    std::array<std::int64_t, Due::kinds> counts{};
    auto rows = session.ask("SELECT reason, COUNT(*) FROM (" + all_due(session, competence, "") +
                            ") due GROUP BY reason");
    while (rows.next()) counts.at(rows.natural(0)) = rows.integer(1);
    return counts;
}

std::vector<DueApplication> first_due(Session& session, const Competence& competence, std::size_t count) {
    std::vector<DueApplication> first;
    auto rows = session.ask(
        all_due(session, competence,
                ", a.application_id, b.scheme, b.year, a.product_id, COALESCE(k.product_name, ''), "
                "COALESCE(k.county_code, ''), a.state, a.notice_until") +
        " ORDER BY reason, a.application_id LIMIT " + Literal{count}.text());
    while (rows.next()) {
        first.push_back({.kind = static_cast<DueKind>(rows.integer(0)),
                         .id = rows.id<ApplicationId>(1),
                         .scheme = *SchemeCode::parse(rows.text(2)),
                         .year = static_cast<int>(rows.integer(3)),
                         .product = rows.id<ProductId>(4),
                         .product_name = rows.text(5),
                         .county_code = rows.text(6),
                         .state = database::stored_name<ApplicationState>(rows.text(7)),
                         .notice_until = rows.optional_instant(8)});
    }
    return first;
}

std::int64_t on_notice(Session& session, const Reach& reach) {
    auto rows = session.ask("SELECT COUNT(*) " + with_product + "WHERE a.state = 'PUBLIC_NOTICE' AND " +
                            seen_by(reach));
    rows.next();
    return rows.integer(0);
}

std::int64_t proposals_waiting(Session& session, const Author& viewer) {
    auto rows = session.query(
        "SELECT COUNT(*) FROM proposal WHERE outcome = 'WAITING' AND organisation_id = ? AND by_account <> ?",
        viewer.organisation, viewer.account);
    rows.next();
    return rows.integer(0);
}

}  // namespace shanhai::certification
