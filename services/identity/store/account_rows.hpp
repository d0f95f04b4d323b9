#pragma once

#include "chassis/database/session.hpp"
#include "identity/domain/account.hpp"

#include <optional>
#include <string>
#include <vector>

namespace shanhai::identity {

/// An account as it is stored.
struct AccountRow {
    Account account;
    std::string password_hash;
};

inline Error account_unknown() {
    return Error{Failure::not_found, "account-unknown", "there is no such account"};
}
/// Opens an account; its id is given here, and whether it is to have a second factor. Fails with 409
/// `login-taken`, and as fault_of_employment does.
Result<Account> insert_account(database::Session& session, Account wanted, const std::string& hash);
/// 422 at `pointer` when there is no such organisation, or when nobody who works there has one of these
/// roles.
std::optional<Error> fault_of_employment(database::Session& session, OrganisationId employer,
                                         const std::vector<Role>& roles, const char* pointer);
/// As it is stored.
std::optional<std::string> position_name(const std::optional<Position>& position);
void write_roles(database::Session& session, AccountId id, const std::vector<Role>& roles);
/// Whatever its state; it must exist.
Account account_with(database::Session& session, AccountId id);

// An account that is not disabled, and whose password, if it is temporary, is still good.
std::optional<AccountRow> find_account(database::Session& session, const Login& login);
std::optional<AccountRow> find_account(database::Session& session, AccountId id);
/// The same, and nobody changes it before the transaction ends.
std::optional<AccountRow> hold_account(database::Session& session, AccountId id);

/// Nobody changes it before the transaction ends, whatever its state; false when there is none.
bool lock_account(database::Session& session, AccountId id);
/// `by` whom, an administrator or an owner of its house.
void write_disabled(database::Session& session, AccountId id, bool disabled, AccountId by,
                    bool administrator);
/// Invited into an office `by` whom; disabled until an administrator confirms it.
void write_awaiting(database::Session& session, AccountId id, AccountId by);
/// That its owner chose; links by which another could be chosen open nothing any more.
void write_password(database::Session& session, AccountId id, const std::string& hash);

/// The attempts that led to a right password do not count, and its address is known from now on.
void forgive_attempts(database::Session& session, const Account& account, const std::string& address,
                      Instant at);

/// Ends all sessions of an account but `spared` (0: none), and says what tokens that withdraws.
Withdrawal end_sessions_of(database::Session& session, AccountId id, const char* reason,
                           std::uint64_t spared);

}  // namespace shanhai::identity
