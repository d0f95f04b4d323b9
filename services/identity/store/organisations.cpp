#include "chassis/database/unique.hpp"
#include "identity/store/mysql_identity_store.hpp"
#include "identity/store/organisation_rows.hpp"

#include <stdexcept>

namespace shanhai::identity {
namespace {

using database::Session;

constexpr std::string_view organisation_columns =
    "SELECT organisation_id, name, kind, uscc, county_code FROM organisation WHERE ";

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
