#include "chassis/database/stored_name.hpp"
#include "chassis/database/unique.hpp"
#include "identity/store/mysql_identity_store.hpp"
#include "identity/store/organisation_rows.hpp"

#include <stdexcept>

namespace shanhai::identity {
namespace {

using database::Session;

constexpr std::string_view organisation_columns =
    "SELECT organisation_id, name, kind, uscc, county_code, version FROM organisation WHERE ";

/// What the table holds has been checked when it came in.
template <class T>
std::optional<T> parsed(const std::optional<std::string>& text) {
    if (!text) return std::nullopt;
    auto value = T::parse(*text);
    if (!value) throw std::runtime_error{"an organisation is stored with a code that is none"};
    return *value;
}

Organisation organisation_in(const database::Rows& rows) {
    const auto kind = from_wire_name<OrganisationKind>(rows.text(2));
    if (!kind) throw std::runtime_error{"an organisation is of a kind that this program does not know"};
    Organisation organisation{rows.id<OrganisationId>(0), {rows.text(1), *kind, {}, {}}};
    organisation.facts.uscc = parsed<Uscc>(rows.optional_text(3));
    organisation.facts.county = parsed<CountyCode>(rows.optional_text(4));
    organisation.version = static_cast<int>(rows.integer(5));
    return organisation;
}

std::optional<std::string> uscc_of(const NewOrganisation& facts) {
    return facts.uscc ? std::optional{facts.uscc->text()} : std::nullopt;
}
std::optional<std::string> county_of(const NewOrganisation& facts) {
    return facts.county ? std::optional{std::string{facts.county->text()}} : std::nullopt;
}

Result<Organisation> same_organisation(Session& session, const NewOrganisation& facts) {
    auto rows = session.query(std::string{organisation_columns} + "name = ?", facts.name);
    if (rows.next()) {
        auto stored = organisation_in(rows);
        if (stored.facts == facts) return stored;
    }
    return Error{Failure::conflict, "organisation-exists",
                 "an organisation with this name or code is registered with other facts"};
}

}  // namespace

std::optional<OrganisationId> insert_organisation(Session& session, const NewOrganisation& facts) {
    return database::insert_unique<OrganisationId>(
        session,
        "INSERT INTO organisation (name, kind, uscc, county_code, created_at) VALUES (?, ?, ?, ?, ?)",
        facts.name, wire_name(facts.kind), uscc_of(facts), county_of(facts), session.now());
}

std::optional<Organisation> find_organisation(Session& session, OrganisationId id) {
    auto rows = session.query(std::string{organisation_columns} + "organisation_id = ?", id);
    return rows.next() ? std::optional{organisation_in(rows)} : std::nullopt;
}

std::optional<Organisation> hold_organisation(Session& session, OrganisationId id) {
    auto rows = session.query(std::string{organisation_columns} + "organisation_id = ? FOR UPDATE", id);
    return rows.next() ? std::optional{organisation_in(rows)} : std::nullopt;
}

bool was_verified(Session& session, OrganisationId id) {
    return session.query("SELECT 1 FROM onboarding WHERE organisation_id = ? LIMIT 1", id).next();
}

bool update_organisation(Session& session, const Organisation& organisation) {
    const auto& facts = organisation.facts;
    return database::update_unique(
        session,
        "UPDATE organisation SET name = ?, uscc = ?, county_code = ?, version = ? WHERE organisation_id = ?",
        facts.name, uscc_of(facts), county_of(facts), organisation.version, organisation.id);
}

void append_change(Session& session, OrganisationId id, const OrganisationChange& change) {
    const auto& before = change.before;
    const auto& after = change.after;
    session.execute(
        "INSERT INTO organisation_change (organisation_id, kind, name_before, uscc_before, county_before, "
        "name_after, uscc_after, county_after, reason, at, by_account) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        id, wire_name(after.kind), before.name, uscc_of(before), county_of(before), after.name,
        uscc_of(after), county_of(after), change.reason, change.at, change.by);
}

std::vector<OrganisationChange> read_changes(Session& session, OrganisationId id, std::uint64_t after,
                                             std::size_t count) {
    auto rows = session.query(
        "SELECT change_id, kind, name_before, uscc_before, county_before, name_after, uscc_after, "
        "county_after, reason, at, by_account FROM organisation_change "
        "WHERE organisation_id = ? AND change_id > ? ORDER BY change_id LIMIT ?",
        id, after, count);
    std::vector<OrganisationChange> found;
    while (rows.next()) {
        const auto kind = database::stored_name<OrganisationKind>(rows.text(1));
        found.push_back({rows.natural(0),
                         {rows.text(2), kind, parsed<Uscc>(rows.optional_text(3)),
                          parsed<CountyCode>(rows.optional_text(4))},
                         {rows.text(5), kind, parsed<Uscc>(rows.optional_text(6)),
                          parsed<CountyCode>(rows.optional_text(7))},
                         rows.text(8),
                         rows.instant(9),
                         rows.id<AccountId>(10)});
    }
    return found;
}

IdentityStore::Answer<IdentityStore::Registration> MysqlIdentityStore::register_organisation(
    NewOrganisation facts) {
    auto work = [this, facts = std::move(facts)](Session& session) -> Result<Registration> {
        const auto id = insert_organisation(session, facts);
        if (!id) {
            auto stored = same_organisation(session, facts);
            if (!stored) return stored.error();
            return Registration{std::move(*stored), false};
        }
        Registration registration{{*id, facts}, true};
        announcer_.write(session, registration.organisation);
        return registration;
    };
    auto registration = co_await pool_.transact(std::move(work));
    if (registration && registration->made) announcer_.committed();
    co_return registration;
}

IdentityStore::Answer<std::vector<Organisation>> MysqlIdentityStore::organisations(OrganisationId after,
                                                                                   std::size_t limit) {
    auto work = [after, limit](Session& session) -> Result<std::vector<Organisation>> {
        auto rows = session.query(
            std::string{organisation_columns} + "organisation_id > ? ORDER BY organisation_id LIMIT ?", after,
            limit);
        std::vector<Organisation> found;
        while (rows.next()) found.push_back(organisation_in(rows));
        return found;
    };
    co_return co_await pool_.transact(std::move(work));
}

}  // namespace shanhai::identity
