#include "certification/store/certification_rows.hpp"

#include "certification/store/edition_rows.hpp"
#include "certification/store/household_columns.hpp"
#include "chassis/database/in_list.hpp"
#include "chassis/database/stored_name.hpp"
#include "chassis/database/unique.hpp"

namespace shanhai::certification {
namespace {

using database::Literal;
using database::Rows;
using database::Session;
using database::stored_name;

const std::string columns =
    "c.certification_id, c.product_id, c.scheme, c.year, c.authority, c.number, c.valid_from, c.valid_to, "
    "c.recorded_at, c.households, c.people";
const std::string state_now = ", c.state, c.state_since, c.reason";
const std::string state_then = ", t.state, t.at, t.reason";
constexpr unsigned state_column = 11;
constexpr unsigned product_column = 14;
/// A product is named by the first of its sizes: they all say the same.
const std::string shown =
    ", COALESCE(k.product_name, ''), COALESCE(k.county_code, '') FROM certification c LEFT JOIN known_sku k "
    "ON k.sku_id = (SELECT MIN(s.sku_id) FROM known_sku s WHERE s.product_id = c.product_id) ";

/// The last step until that moment; none before the certification was entered.
std::string step_at(Instant at) {
    return "JOIN certification_state t ON t.certification_id = c.certification_id AND t.step = "
           "(SELECT MAX(x.step) FROM certification_state x WHERE x.certification_id = c.certification_id "
           "AND x.at <= " +
           Literal{at}.text() + ") ";
}

/// As Certification::standing has it.
std::string stands_so(const std::string& state, CertificationStanding standing, Date today) {
    const auto day = Literal{today}.text();
    if (standing == CertificationStanding::expired) {
        return state + " IN ('CERTIFIED', 'SUSPENDED') AND c.valid_to <= " + day;
    }
    const auto so = state + " = " + Literal{wire_name(standing)}.text();
    const bool ended =
        standing == CertificationStanding::revoked || standing == CertificationStanding::withdrawn;
    return ended ? so : so + " AND c.valid_to > " + day;
}

Certification certification_of(const Rows& rows) {
    return {.id = rows.id<CertificationId>(0),
            .product = rows.id<ProductId>(1),
            .scheme = *SchemeCode::parse(rows.text(2)),
            .year = static_cast<int>(rows.integer(3)),
            .authority = rows.text(4),
            .number = rows.text(5),
            .valid_from = rows.date(6),
            .valid_to = rows.date(7),
            .state = stored_name<CertificationState>(rows.text(state_column)),
            .state_since = rows.instant(state_column + 1),
            .reason = rows.text(state_column + 2),
            .recorded = rows.instant(8),
            .households = households_in(rows, 9)};
}

Recognition recognition_of(const Rows& rows) {
    return {rows.id<CertificationId>(0), certification_of(rows), rows.text(product_column),
            rows.text(product_column + 1)};
}

void append(Session& session, CertificationId id, const StateChange& change) {
    session.execute(
        "INSERT INTO certification_state (certification_id, step, state, reason, at, by_account) "
        "SELECT ?, COALESCE(MAX(step), 0) + 1, ?, ?, ?, ? FROM certification_state "
        "WHERE certification_id = ?",
        id, wire_name(change.state), change.reason, change.at, change.by, id);
}

}  // namespace

std::optional<Recognition> find_certification(Session& session, CertificationId id) {
    auto rows = session.query("SELECT " + columns + state_now + shown + "WHERE c.certification_id = ?", id);
    if (!rows.next()) return std::nullopt;
    std::vector<Recognition> found{recognition_of(rows)};
    name_editions(session, found);
    return std::move(found.front());
}

std::vector<Certification> certifications_of(Session& session, ProductId product) {
    std::vector<Certification> all;
    auto rows = session.query("SELECT " + columns + state_now +
                                  " FROM certification c WHERE c.product_id = ? ORDER BY c.certification_id",
                              product);
    while (rows.next()) all.push_back(certification_of(rows));
    return all;
}

std::vector<Recognition> list_certifications(Session& session, const Filter& filter, CertificationId after,
                                             std::size_t count) {
    std::string where = "WHERE c.certification_id > " + Literal{after}.text();
    const auto narrow = [&where](std::string_view column, const Literal& value) {
        where.append(" AND ").append(column).append(" = ").append(value.text());
    };
    if (filter.product) narrow("c.product_id", *filter.product);
    if (filter.year) narrow("c.year", *filter.year);
    if (filter.scheme) narrow("c.scheme", filter.scheme->text());
    if (filter.standing) {
        const auto today = shanghai_date(filter.at.value_or(session.now()));
        where += " AND " + stands_so(filter.at ? "t.state" : "c.state", *filter.standing, today);
    }
    std::vector<Recognition> found;
    auto rows = session.ask("SELECT " + columns + (filter.at ? state_then : state_now) + shown +
                            (filter.at ? step_at(*filter.at) : "") + where +
                            " ORDER BY c.certification_id LIMIT " + Literal{count}.text());
    while (rows.next()) found.push_back(recognition_of(rows));
    name_editions(session, found);
    return found;
}

std::map<CertificationId, Recognition> certifications_by_id(Session& session,
                                                            const std::vector<CertificationId>& ids) {
    std::vector<Recognition> found;
    if (ids.empty()) return {};
    auto rows = session.ask("SELECT " + columns + state_now + shown + "WHERE c.certification_id IN " +
                            database::in_list(ids));
    while (rows.next()) found.push_back(recognition_of(rows));
    name_editions(session, found);
    std::map<CertificationId, Recognition> by_id;
    for (auto& one : found) by_id.emplace(one.id, std::move(one));
    return by_id;
}

std::vector<StateChange> history_of(Session& session, CertificationId id) {
    std::vector<StateChange> changes;
    auto rows = session.query(
        "SELECT state, reason, at, by_account FROM certification_state WHERE certification_id = ? "
        "ORDER BY step",
        id);
    while (rows.next()) {
        changes.push_back({stored_name<CertificationState>(rows.text(0)), rows.text(1), rows.instant(2),
                           rows.id<AccountId>(3)});
    }
    return changes;
}

std::optional<CertificationId> insert_certification(Session& session, const Certification& certification,
                                                    Instant at, AccountId by) {
    const auto [households, people] = columns_of(certification.households);
    const auto id = database::insert_unique<CertificationId>(
        session,
        "INSERT INTO certification (product_id, scheme, year, authority, number, valid_from, valid_to, "
        "state, state_since, reason, recorded_at, households, people) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        certification.product, certification.scheme.text(), certification.year, certification.authority,
        certification.number, certification.valid_from, certification.valid_to,
        wire_name(certification.state), at, certification.reason, at, households, people);
    if (id) append(session, *id, {certification.state, certification.reason, at, by});
    return id;
}

void change_state(Session& session, CertificationId id, const StateChange& change) {
    session.execute(
        "UPDATE certification SET state = ?, state_since = ?, reason = ? WHERE certification_id = ?",
        wire_name(change.state), change.at, change.reason, id);
    append(session, id, change);
}

bool take_over(Session& session, const Certification& one, const std::vector<StateChange>& history) {
    if (session.query("SELECT 1 FROM certification WHERE certification_id = ?", one.id).next()) return false;
    session.execute(
        "INSERT INTO certification (certification_id, product_id, scheme, year, authority, number, "
        "valid_from, valid_to, state, state_since, reason, recorded_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        one.id, one.product, one.scheme.text(), one.year, one.authority, one.number, one.valid_from,
        one.valid_to, wire_name(one.state), one.state_since, one.reason, one.recorded);
    for (const auto& change : history) append(session, one.id, change);
    return true;
}

bool handed_over(Session& session) { return session.query("SELECT 1 FROM handover WHERE one = 1").next(); }

void end_handover(Session& session, std::uint64_t last_id) {
    if (last_id > 0 && !find_certification(session, CertificationId{last_id})) {
        // A row that comes and goes moves the counter; the owner alone might set it.
        session.execute(
            "INSERT INTO certification (certification_id, product_id, scheme, year, authority, number, "
            "valid_from, valid_to, state, state_since, reason, recorded_at) VALUES (?, 0, '', 2016, '', '', "
            "'2016-01-01', '2016-01-02', 'WITHDRAWN', ?, '', ?)",
            last_id, session.now(), session.now());
        session.execute("DELETE FROM certification WHERE certification_id = ?", last_id);
    }
    session.execute("INSERT INTO handover (one, at) VALUES (1, ?) ON DUPLICATE KEY UPDATE at = at",
                    session.now());
}

}  // namespace shanhai::certification
