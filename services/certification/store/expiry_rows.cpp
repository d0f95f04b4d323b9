#include "certification/store/expiry_rows.hpp"

#include "certification/store/certification_rows.hpp"
#include "certification/store/known_facts.hpp"
#include "chassis/database/in_list.hpp"

#include <map>

namespace shanhai::certification {
namespace {

using database::Literal;
using database::Session;

const std::string holds = "c.state IN ('CERTIFIED', 'SUSPENDED')";
const std::string continued =
    "(SELECT MIN(n.certification_id) FROM certification n WHERE n.product_id = c.product_id "
    "AND n.scheme = c.scheme AND n.state IN ('CERTIFIED', 'SUSPENDED') AND n.valid_to > c.valid_to)";

std::string text(Date day) { return Literal{day}.text(); }

std::string concerns(const Reach& reach) {
    std::string seen = reach.everything ? "TRUE" : "FALSE";
    if (!reach.houses.empty()) seen += " OR " + sold_by(reach.houses, "c.product_id");
    if (!reach.schemes.empty()) {
        const auto code = [](const SchemeCode& one) { return one.text(); };
        seen += " OR c.scheme IN " + database::in_list(reach.schemes, code);
    }
    if (reach.county) seen += " OR k.county_code = " + Literal{reach.county->text()}.text();
    return "(" + seen + ")";
}

std::string behind(const ExpiryFilter& filter) {
    const auto day = text(filter.after);
    return "c.valid_to >= " + day + " AND (c.valid_to > " + day + " OR c.certification_id > " +
           Literal{filter.after_id}.text() + ")";
}

using Warnings = std::map<CertificationId, std::vector<Warning>>;

Warnings warnings_of(Session& session, const std::vector<CertificationId>& ids) {
    Warnings warnings;
    auto rows = session.ask(
        "SELECT certification_id, days_ahead, warned_at FROM expiry_warning WHERE certification_id IN " +
        database::in_list(ids) + " ORDER BY days_ahead DESC");
    while (rows.next()) {
        warnings[rows.id<CertificationId>(0)].push_back({static_cast<int>(rows.integer(1)), rows.instant(2)});
    }
    return warnings;
}

std::vector<CertificationId> due(Session& session, Date today, const WarningWindow& window,
                                 std::size_t count) {
    const auto after = today + std::chrono::days{window.after};
    const auto until = today + std::chrono::days{window.ahead};
    std::vector<CertificationId> found;
    auto rows = session.query("SELECT c.certification_id FROM certification c WHERE " + holds +
                                  " AND c.valid_to > ? AND c.valid_to <= ? AND " + continued +
                                  " IS NULL AND NOT EXISTS (SELECT 1 FROM expiry_warning w "
                                  "WHERE w.certification_id = c.certification_id AND w.days_ahead <= ?) "
                                  "ORDER BY c.valid_to, c.certification_id LIMIT ?",
                              after, until, window.ahead, count);
    while (rows.next()) found.push_back(rows.id<CertificationId>(0));
    return found;
}

}  // namespace

std::vector<Expiring> list_expiring(Session& session, const Reach& reach, const ExpiryFilter& filter,
                                    std::size_t count) {
    const auto today = shanghai_date(session.now());
    auto where = "WHERE " + holds + " AND c.valid_to > " + text(today) +
                 " AND c.valid_to <= " + text(today + std::chrono::days{filter.within_days}) + " AND " +
                 behind(filter) + " AND " + concerns(reach);
    if (filter.scheme) where += " AND c.scheme = " + Literal{filter.scheme->text()}.text();
    std::vector<CertificationId> ids;
    std::vector<CertificationId> continued_by;
    auto rows =
        session.ask("SELECT c.certification_id, COALESCE(" + continued +
                    ", 0) FROM certification c LEFT JOIN known_sku k ON k.sku_id = "
                    "(SELECT MIN(s.sku_id) FROM known_sku s WHERE s.product_id = c.product_id) " +
                    where + " ORDER BY c.valid_to, c.certification_id LIMIT " + Literal{count}.text());
    while (rows.next()) {
        ids.push_back(rows.id<CertificationId>(0));
        continued_by.push_back(rows.id<CertificationId>(1));
    }
    if (ids.empty()) return {};
    auto recognitions = certifications_by_id(session, ids);
    auto warnings = warnings_of(session, ids);
    std::vector<Expiring> all;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        auto& one = recognitions.at(ids[i]);
        const auto left = static_cast<int>((one.certification.valid_to - today).count());
        all.push_back({std::move(one), left, continued_by[i], std::move(warnings[ids[i]])});
    }
    return all;
}

std::size_t write_due_warnings(Session& session, Date today, std::size_t count) {
    const auto at = session.now();
    std::size_t written = 0;
    for (const auto& window : warning_windows()) {
        // Another copy of this service may write the same meanwhile.
        database::Insert warnings{
            "INSERT INTO expiry_warning (certification_id, days_ahead, warned_at) VALUES",
            "ON DUPLICATE KEY UPDATE days_ahead = expiry_warning.days_ahead"};
        for (const auto id : due(session, today, window, count)) warnings.row(id, window.ahead, at);
        written += warnings.rows();
        warnings.run(session);
    }
    return written;
}

}  // namespace shanhai::certification
