#include "identity/domain/duties.hpp"
#include "identity/store/account_rows.hpp"
#include "identity/store/api_key_rows.hpp"
#include "identity/store/factor_rows.hpp"
#include "identity/store/link_rows.hpp"
#include "identity/store/mysql_identity_store.hpp"

#include <algorithm>

namespace shanhai::identity {
namespace {

using database::Session;

constexpr std::chrono::hours temporary_life{72};

Error last_administrator() {
    return Error{Failure::conflict, "last-administrator",
                 "this is the last administrator who can sign in; make another one first"};
}

/// Holds the account, disabled or not; 404 when there is none. With an administrator all of them are held,
/// always in one order, so that two of the last two cannot go at once.
std::optional<Error> hold_to_change(Session& session, AccountId id) {
    auto admins = session.query(
        "SELECT a.account_id FROM account a JOIN account_role r ON r.account_id = a.account_id"
        " WHERE r.role = 'admin' ORDER BY a.account_id FOR UPDATE");
    while (admins.next()) continue;
    if (!lock_account(session, id)) return account_unknown();
    return std::nullopt;
}

/// Whether the account is an administrator without whom there would be none who can sign in: one with a
/// temporary password cannot yet, and may never.
bool is_last_administrator(Session& session, AccountId id) {
    auto others = session.query(
        "SELECT SUM(a.account_id = ?), SUM(a.account_id <> ? AND a.password_until IS NULL)"
        " FROM account a JOIN account_role r"
        " ON r.account_id = a.account_id WHERE r.role = 'admin' AND a.disabled = 0",
        id, id);
    others.next();
    return !others.null(0) && others.integer(0) > 0 && others.integer(1) == 0;
}

std::optional<Error> refusal(Session& session, AccountId id, const AccountChange& change) {
    const bool admin_after =
        !change.roles || std::ranges::find(*change.roles, Role::admin) != change.roles->end();
    if (!admin_after && is_last_administrator(session, id)) return last_administrator();
    const auto before = account_with(session, id);
    const auto roles = change.roles.value_or(before.roles);
    if (change.sets_position) {
        if (auto fault = fault_of_position(roles, change.position)) return *fault;
    }
    if (!change.roles && !change.sets_organisation) return std::nullopt;
    const auto employer = change.sets_organisation ? change.organisation : before.organisation;
    if (!employer) return std::nullopt;
    return fault_of_employment(session, *employer, roles,
                               change.sets_organisation ? "/organisation_id" : "/roles");
}

void write(Session& session, AccountId id, const AccountChange& change) {
    if (change.name) session.execute("UPDATE account SET name = ? WHERE account_id = ?", *change.name, id);
    if (change.sets_organisation) {
        session.execute("UPDATE account SET organisation_id = ? WHERE account_id = ?", change.organisation,
                        id);
    }
    if (change.sets_position) {
        session.execute("UPDATE account SET position = ? WHERE account_id = ?",
                        position_name(change.position), id);
    }
    if (!change.roles) return;
    if (std::ranges::find(*change.roles, Role::merchant) == change.roles->end())
        session.execute("UPDATE account SET position = NULL WHERE account_id = ?", id);
    session.execute("DELETE FROM account_role WHERE account_id = ?", id);
    write_roles(session, id, *change.roles);
    if (needs_second_factor(*change.roles)) write_factor_required(session, id, true);
}

}  // namespace

bool lock_account(Session& session, AccountId id) {
    return session.query("SELECT 1 FROM account WHERE account_id = ? FOR UPDATE", id).next();
}

void write_disabled(Session& session, AccountId id, bool disabled, AccountId by, bool administrator) {
    if (!disabled) {
        session.execute(
            "UPDATE account SET disabled = 0, disabled_by = NULL, disabled_as = NULL WHERE account_id = ?",
            id);
        return;
    }
    session.execute("UPDATE account SET disabled = 1, disabled_by = ?, disabled_as = ? WHERE account_id = ?",
                    by, administrator ? "ADMIN" : "OWNER", id);
}

void write_awaiting(Session& session, AccountId id, AccountId by) {
    session.execute(
        "UPDATE account SET disabled = 1, disabled_by = ?, disabled_as = 'OFFICE' WHERE account_id = ?", by,
        id);
}

void write_password(Session& session, AccountId id, const std::string& hash) {
    session.execute("UPDATE account SET password_hash = ?, password_until = NULL WHERE account_id = ?", hash,
                    id);
    withdraw_resets(session, id, session.now());
}

IdentityStore::Answer<Account> MysqlIdentityStore::change_account(AccountId id, AccountChange change) {
    auto work = [this, id, change = std::move(change)](Session& session) -> Result<Account> {
        if (auto unknown = hold_to_change(session, id)) return *unknown;
        if (auto refused = refusal(session, id, change)) return *refused;
        const auto before = account_with(session, id);
        write(session, id, change);
        auto after = account_with(session, id);
        // What a token says of roles and organisation would no longer be true.
        if (before.roles != after.roles || before.organisation != after.organisation ||
            before.position != after.position) {
            withdraw_links_of(session, id, session.now());
            withdraw_api_keys_of(session, id, session.now());
            announcer_.withdraw(session, end_sessions_of(session, id, "CHANGED", 0));
        }
        return after;
    };
    co_return co_await announced<Account>(std::move(work));
}

IdentityStore::Answer<Done> MysqlIdentityStore::set_disabled(AccountId id, bool disabled, AccountId by) {
    auto work = [this, id, disabled, by](Session& session) -> Result<Done> {
        if (auto unknown = hold_to_change(session, id)) return *unknown;
        if (disabled && is_last_administrator(session, id)) return last_administrator();
        write_disabled(session, id, disabled, by, true);
        if (disabled) {
            withdraw_links_of(session, id, session.now());
            withdraw_api_keys_of(session, id, session.now());
            announcer_.withdraw(session, end_sessions_of(session, id, "DISABLED", 0));
        }
        return Done{};
    };
    co_return co_await announced<Done>(std::move(work));
}

IdentityStore::Answer<Done> MysqlIdentityStore::change_password(AccountId id, std::string old_hash,
                                                                std::string new_hash, std::uint64_t spared) {
    auto work = [this, id, old_hash = std::move(old_hash), new_hash = std::move(new_hash),
                 spared](Session& session) -> Result<Done> {
        const auto row = hold_account(session, id);
        if (!row) return login_failed();
        if (row->password_hash != old_hash) {
            return Error{Failure::conflict, "password-changed",
                         "the password was changed by another request"};
        }
        write_password(session, id, new_hash);
        announcer_.withdraw(session, end_sessions_of(session, id, "PASSWORD", spared));
        return Done{};
    };
    co_return co_await announced<Done>(std::move(work));
}

IdentityStore::Answer<Instant> MysqlIdentityStore::reset_password(AccountId id, std::string hash) {
    auto work = [this, id, hash = std::move(hash)](Session& session) -> Result<Instant> {
        if (auto unknown = hold_to_change(session, id)) return *unknown;
        const auto until = session.now() + temporary_life;
        session.execute("UPDATE account SET password_hash = ?, password_until = ? WHERE account_id = ?", hash,
                        until, id);
        // Whoever had the account may have made keys and links, and kept them.
        withdraw_links_of(session, id, session.now());
        withdraw_api_keys_of(session, id, session.now());
        announcer_.withdraw(session, end_sessions_of(session, id, "PASSWORD", 0));
        return Instant{until};
    };
    co_return co_await announced<Instant>(std::move(work));
}

}  // namespace shanhai::identity
