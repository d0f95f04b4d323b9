#include "certification/store/figure_rows.hpp"

#include "certification/store/application_rows.hpp"
#include "chassis/database/stored_name.hpp"

namespace shanhai::certification {
namespace {

using database::Literal;
using database::Session;

std::string within(const Round& round) {
    if (round.batch) return "b.batch_id = " + Literal{*round.batch}.text();
    return "b.year = " + Literal{round.year}.text();
}

/// Those of the round that were submitted, with their product and its merchant. The first sizes of all
/// products are found at once: of ten thousand applications that is twice as fast as one after the other.
std::string seen_of(const Round& round, const Reach& reach) {
    return "application a JOIN batch b ON b.batch_id = a.batch_id LEFT JOIN (SELECT product_id, MIN(sku_id) AS sku_id "
           "FROM known_sku GROUP BY product_id) first ON first.product_id = a.product_id LEFT JOIN known_sku k "
           "ON k.sku_id = first.sku_id LEFT JOIN known_merchant m ON m.merchant_id = k.merchant_id "
           "LEFT JOIN certification c ON c.certification_id = a.certification_id WHERE " +
           within(round) + " AND " + went(Action::submit) + " AND " + seen_by(reach);
}

}  // namespace

std::vector<Cell> cells_of(Session& session, const Round& round, const Reach& reach) {
    std::vector<Cell> cells;
    auto rows = session.ask(
        "SELECT b.scheme, COALESCE(k.county_code, ''), COALESCE(k.category, ''), COUNT(*), COUNT(a.returned_at), "
        "COUNT(a.recommended_at), COUNT(IF(a.state = 'CERTIFIED', 1, NULL)), COUNT(IF(a.state = 'REJECTED', 1, NULL)), "
        "COUNT(IF(a.state = 'WITHDRAWN', 1, NULL)), COUNT(IF(c.state = 'SUSPENDED', 1, NULL)) FROM " +
        seen_of(round, reach) + " GROUP BY b.scheme, k.county_code, k.category");
    while (rows.next()) {
        cells.push_back({rows.text(0),
                         rows.text(1),
                         rows.text(2),
                         {rows.integer(3), rows.integer(4), rows.integer(5), rows.integer(6), rows.integer(7),
                          rows.integer(8), rows.integer(9)}});
    }
    return cells;
}

std::vector<Waited> waits_of(Session& session, const Round& round, const Reach& reach) {
    std::vector<Waited> waits;
    auto rows = session.ask(
        "SELECT w.action, w.waited_seconds DIV 3600 AS hours, COUNT(*) FROM application_step w JOIN "
        "(SELECT a.application_id FROM " +
        seen_of(round, reach) +
        ") seen ON seen.application_id = w.application_id WHERE w.waited_seconds IS NOT NULL "
        "GROUP BY w.action, hours");
    while (rows.next()) {
        waits.push_back({database::stored_name<Action>(rows.text(0)), std::chrono::hours{rows.integer(1)},
                         rows.integer(2)});
    }
    return waits;
}

std::vector<Waited> whole_ways_of(Session& session, const Round& round, const Reach& reach) {
    std::vector<Waited> ways;
    auto rows = session.ask(
        "SELECT GREATEST(TIMESTAMPDIFF(HOUR, a.submitted_at, a.decided_at), 0) AS hours, COUNT(*) FROM " +
        seen_of(round, reach) + " AND a.decided_at IS NOT NULL GROUP BY hours");
    while (rows.next()) ways.push_back({std::nullopt, std::chrono::hours{rows.integer(0)}, rows.integer(1)});
    return ways;
}

}  // namespace shanhai::certification
