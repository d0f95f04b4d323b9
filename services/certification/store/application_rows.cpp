#include "certification/store/application_rows.hpp"

#include "certification/store/evidence_rows.hpp"
#include "certification/store/household_columns.hpp"
#include "certification/store/known_facts.hpp"
#include "certification/store/objection_rows.hpp"
#include "chassis/database/in_list.hpp"
#include "chassis/database/stored_name.hpp"
#include "chassis/database/unique.hpp"
#include "chassis/files/file_rows.hpp"

namespace shanhai::certification {
namespace {

using database::Literal;
using database::Rows;
using database::Session;
using database::stored_name;

const std::string batch_columns =
    "b.batch_id, b.scheme, b.scheme_version, b.year, b.applications_from, b.applications_until, "
    "b.valid_from, b.valid_to";
/// Behind the columns of the batch.
const std::string application_columns =
    "a.application_id, a.product_id, a.statement, a.linkage, a.state, a.version, a.notice_until, "
    "COALESCE(a.certification_id, 0), a.renews, a.returned_at, a.households, a.people";
constexpr unsigned application_column = 8;
constexpr unsigned product_column = 20;
/// A product is named by the first of its sizes: they all say the same. Read in the order of the
/// applications, so that a page ends once it is full: left alone, the database begins with the few batches
/// and sorts every application of them.
const std::string select_shown =
    "SELECT STRAIGHT_JOIN " + batch_columns + ", " + application_columns +
    ", COALESCE(k.product_name, ''), COALESCE(k.county_code, ''), "
    "COALESCE(m.active, 1), COALESCE(m.distributor, 0), COALESCE(o.registered_in, ''), a.product_hash IS NOT NULL AND NOT a.product_hash <=> k.snapshot_hash "
    "FROM application a JOIN batch b FORCE INDEX (PRIMARY) ON b.batch_id = a.batch_id LEFT JOIN known_sku k "
    "ON k.sku_id = (SELECT MIN(s.sku_id) FROM known_sku s WHERE s.product_id = a.product_id) "
    "LEFT JOIN known_merchant m ON m.merchant_id = k.merchant_id "
    "LEFT JOIN known_organisation o ON o.organisation_id = m.organisation_id ";

Batch batch_of(const Rows& rows) {
    return {.id = rows.id<BatchId>(0),
            .scheme = *SchemeCode::parse(rows.text(1)),
            .scheme_version = static_cast<int>(rows.integer(2)),
            .year = static_cast<int>(rows.integer(3)),
            .applications_from = rows.date(4),
            .applications_until = rows.date(5),
            .valid_from = rows.date(6),
            .valid_to = rows.date(7)};
}

Application application_of(const Rows& rows) {
    constexpr auto at = application_column;
    return {.id = rows.id<ApplicationId>(at),
            .batch = batch_of(rows),
            .product = rows.id<ProductId>(at + 1),
            .text = {rows.text(at + 2), rows.text(at + 3), {}, households_in(rows, at + 10)},
            .state = stored_name<ApplicationState>(rows.text(at + 4)),
            .version = static_cast<int>(rows.integer(at + 5)),
            .notice_until = rows.optional_instant(at + 6),
            .sent_back = rows.optional_instant(at + 9),
            .certification = rows.id<CertificationId>(at + 7),
            .renews = rows.null(at + 8) ? std::nullopt : std::optional{rows.id<ApplicationId>(at + 8)},
            .steps = {}};
}

ShownApplication shown_of(const Rows& rows) {
    auto application = application_of(rows);
    const auto id = application.id;
    return {id,
            std::move(application),
            rows.text(product_column),
            rows.text(product_column + 1),
            rows.integer(product_column + 2) != 0,
            rows.integer(product_column + 3) != 0,
            rows.text(product_column + 4),
            rows.integer(product_column + 5) != 0,
            {},
            {},
            {}};
}

/// The steps, with the papers of each; and the papers that the application has now.
void read_history(Session& session, Application& application) {
    auto evidence = evidence_of(session, application.id);
    application.text.evidence = std::move(evidence[0]);
    auto rows = session.query(
        "SELECT action, state, reason, at, by_account, organisation_id, statement, linkage, "
        "households, people FROM application_step WHERE application_id = ? ORDER BY step",
        application.id);
    while (rows.next()) {
        std::optional<ApplicationText> submitted;
        const int step = static_cast<int>(application.steps.size()) + 1;
        if (!rows.null(6)) {
            submitted = ApplicationText{rows.text(6), rows.text(7), std::move(evidence[step]),
                                        households_in(rows, 8)};
        }
        application.steps.push_back(
            {stored_name<Action>(rows.text(0)), stored_name<ApplicationState>(rows.text(1)), rows.text(2),
             rows.instant(3), rows.id<AccountId>(4), rows.id<OrganisationId>(5), std::move(submitted)});
    }
}

/// What the steps say at a glance, for lists and figures: when it first came so far, but of what is sent back
/// when that was last.
void note(Session& session, ApplicationId id, const Step& step) {
    std::string column;
    if (step.action == Action::submit) column = "submitted_at";
    if (step.action == Action::return_for_supplement) column = "returned_at";
    if (step.action == Action::recommend) column = "recommended_at";
    if (step.action == Action::certify || step.action == Action::reject) column = "decided_at";
    if (column.empty()) return;
    const bool last = step.action == Action::return_for_supplement;
    session.execute("UPDATE application SET " + column + " = " +
                        (last ? "?" : "COALESCE(" + column + ", ?)") + " WHERE application_id = ?",
                    step.at, id);
}

/// The files of all papers that it has or had.
std::vector<files::File> files_of(Session& session, const Application& application) {
    std::vector<files::FileId> ids;
    const auto add = [&ids](const ApplicationText& text) {
        for (const auto& paper : text.evidence) ids.push_back(paper.file);
    };
    add(application.text);
    for (const auto& step : application.steps) {
        if (step.submitted) add(*step.submitted);
    }
    return files::stored_files(session, ids);
}

std::vector<ShownApplication> all_of(Rows rows) {
    std::vector<ShownApplication> found;
    while (rows.next()) found.push_back(shown_of(rows));
    return found;
}

}  // namespace

std::string went(Action step) {
    if (step == Action::submit) return "a.submitted_at IS NOT NULL";
    if (step == Action::return_for_supplement) return "a.returned_at IS NOT NULL";
    if (step == Action::recommend) return "a.recommended_at IS NOT NULL";
    return "EXISTS (SELECT 1 FROM application_step f WHERE f.application_id = a.application_id AND f.action = " +
           Literal{wire_name(step)}.text() + ")";
}

std::string seen_by(const Reach& reach) {
    const auto sent = went(Action::submit);
    std::string seen = reach.everything ? sent : "FALSE";
    if (!reach.houses.empty()) seen += " OR " + sold_by(reach.houses, "a.product_id");
    if (!reach.schemes.empty()) {
        const auto codes =
            database::in_list(reach.schemes, [](const SchemeCode& code) { return code.text(); });
        seen += " OR (b.scheme IN " + codes + " AND " + sent + ")";
    }
    if (reach.county) {
        seen += " OR (k.county_code = " + Literal{reach.county->text()}.text() + " AND " + sent + ")";
    }
    return "(" + seen + ")";
}

Calendar calendar(Session& session) {
    Calendar days;
    auto rows = session.query("SELECT day, working FROM calendar_day");
    while (rows.next()) days.emplace(rows.date(0), rows.integer(1) != 0);
    return days;
}

std::optional<Batch> find_batch(Session& session, BatchId id) {
    auto rows = session.query("SELECT " + batch_columns + " FROM batch b WHERE b.batch_id = ?", id);
    if (!rows.next()) return std::nullopt;
    return batch_of(rows);
}

std::vector<Batch> batches(Session& session, const std::optional<SchemeCode>& scheme, BatchId after,
                           std::size_t count) {
    std::vector<Batch> found;
    std::optional<std::string_view> code;
    if (scheme) code = scheme->text();
    auto rows = session.query("SELECT " + batch_columns +
                                  " FROM batch b WHERE b.batch_id > ? AND b.scheme = COALESCE(?, b.scheme) "
                                  "ORDER BY b.batch_id LIMIT ?",
                              after, code, count);
    while (rows.next()) found.push_back(batch_of(rows));
    return found;
}

std::optional<BatchId> insert_batch(Session& session, const Batch& batch, AccountId by) {
    return database::insert_unique<BatchId>(
        session,
        "INSERT INTO batch (scheme, scheme_version, year, applications_from, applications_until, valid_from, "
        "valid_to, at, by_account) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        batch.scheme.text(), batch.scheme_version, batch.year, batch.applications_from,
        batch.applications_until, batch.valid_from, batch.valid_to, session.now(), by);
}

std::optional<Application> find_application(Session& session, ApplicationId id, Hold hold) {
    if (hold == Hold::lock) {
        session.query("SELECT application_id FROM application WHERE application_id = ? FOR UPDATE", id);
    }
    auto rows = session.query("SELECT " + batch_columns + ", " + application_columns +
                                  " FROM application a JOIN batch b ON b.batch_id = a.batch_id "
                                  "WHERE a.application_id = ?",
                              id);
    if (!rows.next()) return std::nullopt;
    auto application = application_of(rows);
    read_history(session, application);
    return application;
}

std::optional<ShownApplication> show_application(Session& session, ApplicationId id) {
    auto rows = session.query(select_shown + "WHERE a.application_id = ?", id);
    if (!rows.next()) return std::nullopt;
    auto shown = shown_of(rows);
    read_history(session, shown.application);
    shown.files = files_of(session, shown.application);
    shown.objections = objections_to(session, id);
    return shown;
}

std::vector<ShownApplication> list_applications(Session& session, const Reach& reach,
                                                const ApplicationFilter& filter, ApplicationId after,
                                                std::size_t count) {
    auto where = "WHERE a.application_id > " + Literal{after}.text() + " AND " + seen_by(reach);
    const auto narrow = [&where](std::string_view column, const Literal& value) {
        where.append(" AND ").append(column).append(" = ").append(value.text());
    };
    if (filter.id) narrow("a.application_id", *filter.id);
    if (filter.batch) narrow("a.batch_id", *filter.batch);
    if (filter.product) narrow("a.product_id", *filter.product);
    if (!filter.states.empty()) {
        where += " AND a.state IN " +
                 database::in_list(filter.states, [](ApplicationState state) { return wire_name(state); });
    }
    // What was sent back and is a draft waits for its house: submitted again it is no draft.
    const std::string returned = "(a.state = 'DRAFT' AND a.returned_at IS NOT NULL)";
    if (filter.returned) where += (*filter.returned ? " AND " : " AND NOT ") + returned;
    if (filter.county) narrow("k.county_code", filter.county->text());
    if (filter.category) narrow("k.category", *filter.category);
    if (filter.step) where += " AND " + went(*filter.step);
    if (filter.scheme) narrow("b.scheme", filter.scheme->text());
    if (filter.year) narrow("b.year", *filter.year);
    if (filter.certification) {
        narrow("(SELECT c.state FROM certification c WHERE c.certification_id = a.certification_id)",
               wire_name(*filter.certification));
    }
    return all_of(
        session.ask(select_shown + where + " ORDER BY a.application_id LIMIT " + Literal{count}.text()));
}

std::vector<ShownApplication> open_notices(Session& session, ApplicationId after, std::size_t count) {
    return all_of(session.query(select_shown + "WHERE a.state = 'PUBLIC_NOTICE' AND a.notice_until > ? "
                                               "AND a.application_id > ? ORDER BY a.application_id LIMIT ?",
                                session.now(), after, count));
}

std::optional<ShownApplication> open_notice(Session& session, ApplicationId id) {
    auto found =
        all_of(session.query(select_shown + "WHERE a.application_id = ? AND a.state = 'PUBLIC_NOTICE' "
                                            "AND a.notice_until > ?",
                             id, session.now()));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::optional<ApplicationId> insert_application(Session& session, const NewApplication& wanted) {
    const auto [households, people] = columns_of(wanted.text.households);
    const auto id = database::insert_unique<ApplicationId>(
        session,
        "INSERT INTO application (batch_id, product_id, statement, linkage, households, people, state, "
        "version, renews) VALUES (?, ?, ?, ?, ?, ?, 'DRAFT', 1, ?)",
        wanted.batch, wanted.product, wanted.text.statement, wanted.text.linkage, households, people,
        wanted.renews);
    if (id) replace_evidence(session, *id, wanted.text.evidence);
    return id;
}

void update_application(Session& session, const Application& application) {
    std::optional<CertificationId> certification;
    if (application.certification != CertificationId{}) certification = application.certification;
    const auto [households, people] = columns_of(application.text.households);
    session.execute(
        "UPDATE application SET statement = ?, linkage = ?, households = ?, people = ?, state = ?, version = ?, notice_until = ?, "
        "certification_id = ? WHERE application_id = ?",
        application.text.statement, application.text.linkage, households, people,
        wire_name(application.state), application.version, application.notice_until, certification,
        application.id);
    if (application.state == ApplicationState::draft) {
        replace_evidence(session, application.id, application.text.evidence);
    }
}

void append_step(Session& session, ApplicationId id, const Step& step) {
    std::optional<std::string> statement;
    std::optional<std::string> linkage;
    HouseholdColumns counted;
    if (step.submitted) {
        statement = step.submitted->statement;
        linkage = step.submitted->linkage;
        counted = columns_of(step.submitted->households);
    }
    session.execute(
        "INSERT INTO application_step (application_id, step, action, state, reason, at, by_account, "
        "organisation_id, statement, linkage, households, people, waited_seconds) SELECT ?, "
        "COALESCE(MAX(step), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, GREATEST(TIMESTAMPDIFF(SECOND, MAX(at), ?), 0) FROM application_step WHERE application_id = ?",
        id, wire_name(step.action), wire_name(step.state), step.reason, step.at, step.by, step.organisation,
        statement, linkage, counted.households, counted.people, step.at, id);
    note(session, id, step);
    if (step.submitted) append_evidence(session, id, step.submitted->evidence);
}

void freeze_product(Session& session, ApplicationId id) {
    session.execute(
        "UPDATE application a SET product_hash = (SELECT k.snapshot_hash FROM known_sku k "
        "WHERE k.product_id = a.product_id ORDER BY k.sku_id LIMIT 1) WHERE application_id = ?",
        id);
}

bool product_changed(Session& session, ApplicationId id) {
    auto rows = session.query(
        "SELECT a.product_hash IS NOT NULL AND NOT a.product_hash <=> (SELECT k.snapshot_hash FROM known_sku k "
        "WHERE k.product_id = a.product_id ORDER BY k.sku_id LIMIT 1) FROM application a "
        "WHERE a.application_id = ?",
        id);
    return rows.next() && rows.integer(0) != 0;
}

bool has_batch(Session& session, const SchemeCode& scheme, int year) {
    return session.query("SELECT 1 FROM batch WHERE scheme = ? AND year = ?", scheme.text(), year).next();
}

}  // namespace shanhai::certification
