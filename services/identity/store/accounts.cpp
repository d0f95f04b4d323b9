#include "chassis/database/in_list.hpp"
#include "chassis/database/stored_name.hpp"
#include "chassis/database/unique.hpp"
#include "identity/domain/duties.hpp"
#include "identity/store/account_rows.hpp"
#include "identity/store/link_rows.hpp"
#include "identity/store/mysql_identity_store.hpp"

#include <algorithm>
#include <stdexcept>

namespace shanhai::identity {
namespace {

using database::Session;
using database::stored_name;

constexpr std::string_view account_columns =
    "SELECT a.account_id, a.login, a.name, a.organisation_id, a.password_hash,"
    " (SELECT GROUP_CONCAT(r.role ORDER BY r.role) FROM account_role r WHERE r.account_id = a.account_id),"
    " a.disabled, a.password_until IS NOT NULL, a.position,"
    " (SELECT COUNT(*) FROM second_factor f WHERE f.account_id = a.account_id AND f.confirmed_at IS NOT "
    "NULL), a.factor_required, a.disabled = 1 AND COALESCE(a.disabled_as, 'ADMIN') = 'OWNER',"
    " (SELECT COALESCE(MIN(l.made_by), 0) FROM link l WHERE l.account_id = a.account_id AND l.purpose = "
    "'INVITATION'), a.disabled = 1 AND COALESCE(a.disabled_as, '') = 'OFFICE' "
    "FROM account a WHERE ";
constexpr std::string_view usable =
    "a.disabled = 0 AND (a.password_until IS NULL OR a.password_until > ?) AND ";

std::vector<Role> roles_of(std::string_view names) {
    std::vector<Role> roles;
    while (!names.empty()) {
        const auto end = std::min(names.find(','), names.size());
        const auto role = from_wire_name<Role>(names.substr(0, end));
        if (!role) throw std::runtime_error{"an account has a role that this program does not know"};
        roles.push_back(*role);
        names.remove_prefix(std::min(end + 1, names.size()));
    }
    return roles;
}

AccountRow account_in(const database::Rows& rows) {
    AccountRow row;
    row.account.id = rows.id<AccountId>(0);
    row.account.login = rows.text(1);
    row.account.name = rows.text(2);
    if (!rows.null(3)) row.account.organisation = rows.id<OrganisationId>(3);
    row.password_hash = rows.text(4);
    row.account.roles = roles_of(rows.optional_text(5).value_or(""));
    row.account.disabled = rows.integer(6) != 0;
    row.account.password_temporary = rows.integer(7) != 0;
    if (const auto position = rows.optional_text(8)) row.account.position = stored_name<Position>(*position);
    row.account.second_factor = rows.integer(9) != 0;
    row.account.second_factor_required = rows.integer(10) != 0;
    row.account.disabled_by_owner = rows.integer(11) != 0;
    row.account.let_in_by = rows.id<AccountId>(12);
    row.account.awaits_administrator = rows.integer(13) != 0;
    return row;
}

std::optional<AccountRow> first_of(database::Rows rows) {
    return rows.next() ? std::optional{account_in(rows)} : std::nullopt;
}

Account as_wanted(const NewAccount& account) {
    Account wanted{AccountId{}, account.login().text(), account.name(), account.organisation(),
                   account.roles()};
    wanted.position = account.position();
    return wanted;
}

}  // namespace

std::optional<std::string> position_name(const std::optional<Position>& position) {
    return position ? std::optional{std::string{wire_name(*position)}} : std::nullopt;
}

std::optional<AccountRow> find_account(Session& session, const Login& login) {
    return first_of(session.query(std::string{account_columns}.append(usable) + "a.login = ?", session.now(),
                                  login.text()));
}

std::optional<AccountRow> find_account(Session& session, AccountId id) {
    return first_of(
        session.query(std::string{account_columns}.append(usable) + "a.account_id = ?", session.now(), id));
}

std::optional<AccountRow> hold_account(Session& session, AccountId id) {
    auto held = session.query("SELECT 1 FROM account WHERE account_id = ? FOR UPDATE", id);
    return held.next() ? find_account(session, id) : std::nullopt;
}

Result<Account> insert_account(Session& session, Account wanted, const std::string& hash) {
    if (wanted.organisation) {
        if (auto fault = fault_of_employment(session, *wanted.organisation, wanted.roles, "/organisation_id"))
            return *fault;
    }
    wanted.second_factor_required = needs_second_factor(wanted.roles);
    const auto id = database::insert_unique<AccountId>(
        session,
        "INSERT INTO account (login, name, password_hash, organisation_id, position, factor_required, "
        "created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        wanted.login, wanted.name, hash, wanted.organisation, position_name(wanted.position),
        wanted.second_factor_required ? 1 : 0, session.now());
    if (!id) return Error{Failure::conflict, "login-taken", "another account has this login"};
    wanted.id = *id;
    write_roles(session, *id, wanted.roles);
    return wanted;
}

std::optional<Error> fault_of_employment(Session& session, OrganisationId employer,
                                         const std::vector<Role>& roles, const char* pointer) {
    auto rows =
        session.query("SELECT kind FROM organisation WHERE organisation_id = ? LOCK IN SHARE MODE", employer);
    if (!rows.next()) return invalid_field("/organisation_id", "there is no such organisation");
    const auto kind = from_wire_name<OrganisationKind>(rows.text(0));
    if (!kind) throw std::runtime_error{"an organisation is of a kind that this program does not know"};
    const auto role = misplaced(roles, *kind);
    if (!role) return std::nullopt;
    return invalid_field(pointer, "nobody who works for an organisation of the kind " +
                                      std::string{wire_name(*kind)} + " is a " +
                                      std::string{wire_name(*role)});
}

void write_roles(Session& session, AccountId id, const std::vector<Role>& roles) {
    database::Insert rows{"INSERT INTO account_role (account_id, role) VALUES"};
    for (const auto role : roles) rows.row(id, wire_name(role));
    rows.run(session);
}

Account account_with(Session& session, AccountId id) {
    auto row = first_of(session.query(std::string{account_columns} + "a.account_id = ?", id));
    if (!row) throw std::runtime_error{"an account is gone that was held"};
    return std::move(row->account);
}

std::vector<Account> members_of(Session& session, OrganisationId house, const std::vector<Role>& roles,
                                AccountId after, std::size_t count) {
    const auto named = database::in_list(roles, [](Role role) { return wire_name(role); });
    auto rows = session.query(std::string{account_columns} +
                                  "a.organisation_id = ? AND a.account_id > ? AND NOT EXISTS (SELECT 1 FROM "
                                  "account_role other WHERE other.account_id = a.account_id AND other.role "
                                  "NOT IN " +
                                  named + ") ORDER BY a.account_id LIMIT ?",
                              house, after, count);
    std::vector<Account> found;
    while (rows.next()) found.push_back(account_in(rows).account);
    return found;
}

IdentityStore::Answer<std::vector<AccountName>> MysqlIdentityStore::names(std::vector<AccountId> ids,
                                                                          std::vector<OrganisationKind> kinds,
                                                                          OrganisationId own) {
    auto work = [ids = std::move(ids), kinds = std::move(kinds),
                 own](Session& session) -> Result<std::vector<AccountName>> {
        std::string seen = "a.organisation_id = " + database::Literal{own}.text();
        if (!kinds.empty()) {
            seen += " OR COALESCE(o.kind, 'OPERATOR') IN " +
                    database::in_list(kinds, [](OrganisationKind kind) { return wire_name(kind); });
        }
        auto rows = session.ask(
            "SELECT a.account_id, a.name, COALESCE(a.organisation_id, 0) FROM account a "
            "LEFT JOIN organisation o ON o.organisation_id = a.organisation_id WHERE a.account_id IN " +
            database::in_list(ids) + " AND (" + seen + ") ORDER BY a.account_id");
        std::vector<AccountName> found;
        while (rows.next())
            found.push_back({rows.id<AccountId>(0), rows.text(1), rows.id<OrganisationId>(2)});
        return found;
    };
    co_return co_await pool_.transact(std::move(work));
}

IdentityStore::Answer<Account> MysqlIdentityStore::account(AccountId id) {
    auto work = [id](Session& session) -> Result<Account> {
        auto row = find_account(session, id);
        if (!row) return account_unknown();
        return std::move(row->account);
    };
    co_return co_await pool_.transact(std::move(work));
}

IdentityStore::Answer<std::vector<Account>> MysqlIdentityStore::accounts(AccountId after, std::size_t limit) {
    auto work = [after, limit](Session& session) -> Result<std::vector<Account>> {
        auto rows = session.query(
            std::string{account_columns} + "a.account_id > ? ORDER BY a.account_id LIMIT ?", after, limit);
        std::vector<Account> found;
        while (rows.next()) found.push_back(account_in(rows).account);
        return found;
    };
    co_return co_await pool_.transact(std::move(work));
}

IdentityStore::Answer<Account> MysqlIdentityStore::open_account(NewAccount account,
                                                                std::string password_hash) {
    auto work = [account = as_wanted(account), hash = std::move(password_hash)](Session& session) {
        return insert_account(session, account, hash);
    };
    co_return co_await pool_.transact(std::move(work));
}

Result<bool> MysqlIdentityStore::has_account(const Login& login) {
    return pool_.transact_blocking([&](Session& session) -> Result<bool> {
        return session.query("SELECT 1 FROM account WHERE login = ?", login.text()).next();
    });
}

Result<Done> MysqlIdentityStore::open_first_account(const NewAccount& account,
                                                    const std::string& password_hash) {
    const auto opened = pool_.transact_blocking(
        [&](Session& session) { return insert_account(session, as_wanted(account), password_hash); });
    // Another process may have started at the same moment.
    if (opened || opened.error().code() == "login-taken") return Done{};
    return opened.error();
}

}  // namespace shanhai::identity
