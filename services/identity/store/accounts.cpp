#include "identity/store/account_rows.hpp"
#include "identity/store/mysql_identity_store.hpp"

#include <algorithm>
#include <stdexcept>

namespace shanhai::identity {
namespace {

using database::Session;

constexpr std::string_view account_columns =
    "SELECT a.account_id, a.login, a.name, a.organisation_id, a.password_hash,"
    " (SELECT GROUP_CONCAT(r.role ORDER BY r.role) FROM account_role r WHERE r.account_id = a.account_id)"
    " FROM account a WHERE a.disabled = 0 AND ";

Error account_unknown() { return Error{Failure::not_found, "account-unknown", "there is no such account"}; }

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

std::optional<AccountRow> first_of(database::Rows rows) {
    if (!rows.next()) return std::nullopt;
    AccountRow row;
    row.account.id = rows.id<AccountId>(0);
    row.account.login = rows.text(1);
    row.account.name = rows.text(2);
    if (!rows.null(3)) row.account.organisation = rows.id<OrganisationId>(3);
    row.password_hash = rows.text(4);
    row.account.roles = roles_of(rows.optional_text(5).value_or(""));
    return row;
}

bool organisation_exists(Session& session, OrganisationId id) {
    return session.query("SELECT 1 FROM organisation WHERE organisation_id = ? LOCK IN SHARE MODE", id)
        .next();
}

Result<Account> insert_account(Session& session, const NewAccount& account, const std::string& hash) try {
    if (account.organisation() && !organisation_exists(session, *account.organisation())) {
        return invalid_field("/organisation_id", "there is no such organisation");
    }
    session.execute(
        "INSERT INTO account (login, name, password_hash, organisation_id, created_at) VALUES (?, ?, ?, ?, "
        "?)",
        account.login().text(), account.name(), hash, account.organisation(), session.database_now());
    const AccountId id{session.last_insert_id()};
    database::Insert roles{"INSERT INTO account_role (account_id, role) VALUES"};
    for (const auto role : account.roles()) roles.row(id, wire_name(role));
    roles.run(session);
    return Account{id, account.login().text(), account.name(), account.organisation(), account.roles()};
} catch (const database::SqlError& error) {
    if (!error.duplicate()) throw;
    return Error{Failure::conflict, "login-taken", "another account has this login"};
}

}  // namespace

std::optional<AccountRow> find_account(Session& session, const Login& login) {
    return first_of(session.query(std::string{account_columns} + "a.login = ?", login.text()));
}

std::optional<AccountRow> find_account(Session& session, AccountId id) {
    return first_of(session.query(std::string{account_columns} + "a.account_id = ?", id));
}

IdentityStore::Answer<Account> MysqlIdentityStore::account(AccountId id) {
    auto work = [id](Session& session) -> Result<Account> {
        auto row = find_account(session, id);
        if (!row) return account_unknown();
        return std::move(row->account);
    };
    co_return co_await pool_.transact(std::move(work));
}

IdentityStore::Answer<Account> MysqlIdentityStore::open_account(NewAccount account,
                                                                std::string password_hash) {
    auto work = [account = std::move(account), hash = std::move(password_hash)](Session& session) {
        return insert_account(session, account, hash);
    };
    co_return co_await pool_.transact(std::move(work));
}

IdentityStore::Answer<Done> MysqlIdentityStore::set_disabled(AccountId id, bool disabled) {
    auto work = [id, disabled](Session& session) -> Result<Done> {
        const auto matched =
            session.execute("UPDATE account SET disabled = ? WHERE account_id = ?", disabled ? 1 : 0, id);
        if (matched == 0) return account_unknown();
        if (disabled) {
            session.execute(
                "UPDATE session SET ended_at = ?, end_reason = 'DISABLED' WHERE account_id = ? AND ended_at "
                "IS NULL",
                session.database_now(), id);
        }
        return Done{};
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
        [&](Session& session) { return insert_account(session, account, password_hash); });
    // Another process may have started at the same moment.
    if (opened || opened.error().code() == "login-taken") return Done{};
    return opened.error();
}

}  // namespace shanhai::identity
