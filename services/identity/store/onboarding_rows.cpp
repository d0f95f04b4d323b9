#include "identity/store/onboarding_rows.hpp"

#include "chassis/database/in_list.hpp"
#include "chassis/database/stored_name.hpp"
#include "chassis/database/unique.hpp"

#include <stdexcept>

namespace shanhai::identity {
namespace {

using database::Literal;
using database::Rows;
using database::Session;
using database::stored_name;

const std::string columns =
    "SELECT onboarding_id, state, version, name, kind, uscc, county_code, business_licence, "
    "business_licence_until, food_licence, food_licence_until, bank_reference, area_note, login, "
    "COALESCE(organisation_id, 0) FROM onboarding ";

std::optional<std::string> text_of(const std::optional<FoodLicence>& licence) {
    return licence ? std::optional{licence->text()} : std::nullopt;
}

Onboarding onboarding_of(const Rows& rows) {
    MerchantPapers papers{.name = rows.text(3),
                          .kind = stored_name<MerchantKind>(rows.text(4)),
                          .uscc = *Uscc::parse(rows.text(5)),
                          .county = *CountyCode::parse(rows.text(6)),
                          .business_licence = rows.text(7),
                          .business_licence_until = rows.optional_date(8),
                          .food_licence = std::nullopt,
                          .food_licence_until = rows.optional_date(10),
                          .bank_reference = rows.text(11),
                          .area_note = rows.text(12)};
    if (const auto licence = rows.optional_text(9)) papers.food_licence = *FoodLicence::parse(*licence);
    return {.id = rows.id<OnboardingId>(0),
            .state = stored_name<OnboardingState>(rows.text(1)),
            .version = static_cast<int>(rows.integer(2)),
            .papers = std::move(papers),
            .login = rows.text(13),
            .organisation = rows.id<OrganisationId>(14),
            .steps = {}};
}

/// Asked once for all of them, which stand in the order of their ids.
void read_steps(Session& session, std::vector<Onboarding>& found) {
    std::vector<OnboardingId> ids;
    for (const auto& one : found) ids.push_back(one.id);
    auto rows = session.ask(
        "SELECT onboarding_id, action, state, version, reason, at, COALESCE(by_account, 0) "
        "FROM onboarding_step WHERE onboarding_id IN " +
        database::in_list(ids) + " ORDER BY onboarding_id, step");
    auto one = found.begin();
    while (rows.next()) {
        while (one->id != rows.id<OnboardingId>(0)) ++one;
        one->steps.push_back({stored_name<OnboardingAction>(rows.text(1)),
                              stored_name<OnboardingState>(rows.text(2)), static_cast<int>(rows.integer(3)),
                              rows.text(4), rows.instant(5), rows.id<AccountId>(6)});
    }
}

/// Others that are open, by code or by name; asked once for all of them.
void read_rivals(Session& session, std::vector<Onboarding>& found) {
    std::vector<OnboardingId> ids;
    for (const auto& one : found) ids.push_back(one.id);
    const auto pairs_by = [&](const std::string& column) {
        return "SELECT o.onboarding_id AS id, r.onboarding_id AS rival FROM onboarding o JOIN onboarding r ON r." +
               column + " = o." + column +
               " AND r.waiting = 1 AND r.onboarding_id <> o.onboarding_id WHERE o.onboarding_id IN " +
               database::in_list(ids);
    };
    auto rows = session.ask("SELECT id, COUNT(*) FROM (" + pairs_by("uscc") + " UNION " + pairs_by("name") +
                            ") AS pairs GROUP BY id ORDER BY id");
    auto one = found.begin();
    while (rows.next()) {
        while (one->id != rows.id<OnboardingId>(0)) ++one;
        one->rivals = rows.integer(1);
    }
}

std::vector<Onboarding> read_all(Session& session, const std::string& where) {
    std::vector<Onboarding> found;
    {
        auto rows = session.ask(columns + where);
        while (rows.next()) found.push_back(onboarding_of(rows));
    }
    if (found.empty()) return found;
    read_steps(session, found);
    read_rivals(session, found);
    return found;
}

}  // namespace

std::optional<OnboardingId> insert_onboarding(Session& session, const NewOnboarding& wanted,
                                              const std::string& password_hash) {
    const auto& papers = wanted.papers;
    const auto at = session.now();
    return database::insert_unique<OnboardingId>(
        session,
        "INSERT INTO onboarding (state, version, name, kind, uscc, county_code, business_licence, "
        "business_licence_until, food_licence, food_licence_until, bank_reference, area_note, login, "
        "password_hash, created_at, changed_at, request_key, request_hash) "
        "VALUES ('SUBMITTED', 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        papers.name, wire_name(papers.kind), papers.uscc.text(), papers.county.text(),
        papers.business_licence, papers.business_licence_until, text_of(papers.food_licence),
        papers.food_licence_until, papers.bank_reference, papers.area_note, wanted.login.text(),
        password_hash, at, at, Literal::bytes(wanted.request_key), Literal::bytes(wanted.request_hash));
}

std::optional<SeenRequest> find_request(Session& session, const std::string& request_key) {
    auto rows = session.query(
        "SELECT onboarding_id, request_hash FROM onboarding WHERE request_key = ? LOCK IN SHARE MODE",
        Literal::bytes(request_key));
    if (!rows.next()) return std::nullopt;
    return SeenRequest{rows.id<OnboardingId>(0), rows.text(1)};
}

bool is_login_taken(Session& session, const std::string& login) {
    return session.query("SELECT 1 FROM account WHERE login = ?", login).next();
}

bool is_registered(Session& session, const MerchantPapers& papers) {
    return session
        .query("SELECT 1 FROM organisation WHERE uscc = ? OR name = ?", papers.uscc.text(), papers.name)
        .next();
}

std::int64_t open_onboardings(Session& session) {
    auto rows = session.query("SELECT COUNT(*) FROM onboarding WHERE waiting = 1");
    rows.next();
    return rows.integer(0);
}

std::optional<Onboarding> find_onboarding(Session& session, OnboardingId id, Hold hold) {
    const std::string lock = hold == Hold::lock ? " FOR UPDATE" : "";
    auto found = read_all(session, "WHERE onboarding_id = " + Literal{id}.text() + lock);
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<Onboarding> list_onboardings(Session& session, std::optional<OnboardingState> state,
                                         OnboardingId after, std::size_t count) {
    std::string where = "WHERE onboarding_id > " + Literal{after}.text();
    if (state) where += " AND state = " + Literal{wire_name(*state)}.text();
    return read_all(session, where + " ORDER BY onboarding_id LIMIT " + Literal{count}.text());
}

void replace_papers(Session& session, OnboardingId id, const MerchantPapers& papers, const std::string& login,
                    const std::optional<std::string>& password_hash) {
    session.execute(
        "UPDATE onboarding SET version = version + 1, name = ?, kind = ?, uscc = ?, county_code = ?, "
        "business_licence = ?, business_licence_until = ?, food_licence = ?, food_licence_until = ?, "
        "bank_reference = ?, area_note = ?, login = ?, password_hash = COALESCE(?, password_hash) "
        "WHERE onboarding_id = ?",
        papers.name, wire_name(papers.kind), papers.uscc.text(), papers.county.text(),
        papers.business_licence, papers.business_licence_until, text_of(papers.food_licence),
        papers.food_licence_until, papers.bank_reference, papers.area_note, login, password_hash, id);
}

void append_step(Session& session, OnboardingId id, const OnboardingStep& step,
                 const std::optional<std::string>& papers, std::optional<OrganisationId> made) {
    const auto by = step.by == AccountId{} ? std::nullopt : std::optional{step.by};
    session.execute(
        "INSERT INTO onboarding_step (onboarding_id, step, action, state, version, reason, at, by_account, "
        "papers) SELECT ?, COUNT(*) + 1, ?, ?, ?, ?, ?, ?, ? FROM onboarding_step WHERE onboarding_id = ?",
        id, wire_name(step.action), wire_name(step.state), step.version, step.reason, step.at, by, papers,
        id);
    session.execute(
        "UPDATE onboarding SET state = ?, changed_at = ?, organisation_id = ?, "
        "password_hash = IF(?, password_hash, NULL) WHERE onboarding_id = ?",
        wire_name(step.state), step.at, made, is_open(step.state) ? 1 : 0, id);
}

std::string password_hash_of(Session& session, OnboardingId id) {
    auto rows = session.query("SELECT password_hash FROM onboarding WHERE onboarding_id = ?", id);
    if (!rows.next()) throw std::runtime_error{"an application is gone that was held"};
    return rows.text(0);
}

void store_contact(Session& session, OnboardingId id, const security::Envelope& envelope) {
    session.execute(
        "INSERT INTO onboarding_contact (onboarding_id, wrapped_key, sealed) VALUES (?, ?, ?) "
        "ON DUPLICATE KEY UPDATE wrapped_key = VALUES(wrapped_key), sealed = VALUES(sealed)",
        id, Literal::bytes(envelope.wrapped_key), Literal::bytes(envelope.sealed));
}

std::optional<security::Envelope> load_contact(Session& session, OnboardingId id) {
    auto rows =
        session.query("SELECT wrapped_key, sealed FROM onboarding_contact WHERE onboarding_id = ?", id);
    if (!rows.next() || rows.null(0)) return std::nullopt;
    return security::Envelope{rows.text(0), rows.text(1)};
}

void log_contact_view(Session& session, OnboardingId id, AccountId by, Instant at) {
    session.execute("INSERT INTO onboarding_contact_view (onboarding_id, at, by_account) VALUES (?, ?, ?)",
                    id, at, by);
}

std::vector<OnboardingId> returned_before(Session& session, Instant moment, std::size_t count) {
    std::vector<OnboardingId> found;
    auto rows = session.query(
        "SELECT onboarding_id FROM onboarding WHERE state = 'RETURNED' AND changed_at < ? LIMIT ?", moment,
        count);
    while (rows.next()) found.push_back(rows.id<OnboardingId>(0));
    return found;
}

void destroy_contacts(Session& session, Instant ended_before, std::size_t count) {
    std::vector<OnboardingId> ids;
    {
        auto rows = session.query(
            "SELECT c.onboarding_id FROM onboarding_contact c JOIN onboarding o ON o.onboarding_id = "
            "c.onboarding_id WHERE o.waiting IS NULL AND o.changed_at < ? AND c.wrapped_key IS NOT NULL LIMIT ?",
            ended_before, count);
        while (rows.next()) ids.push_back(rows.id<OnboardingId>(0));
    }
    if (ids.empty()) return;
    const auto those = " WHERE onboarding_id IN " + database::in_list(ids);
    session.run("UPDATE onboarding_contact SET wrapped_key = NULL, sealed = ''" + those);
    session.run("UPDATE onboarding SET login = ''" + those);
}

}  // namespace shanhai::identity
