#pragma once

#include "identity/domain/account.hpp"
#include "identity/domain/organisation.hpp"
#include "identity/domain/rate_limit.hpp"
#include "identity/domain/second_factor.hpp"
#include "vocabulary/result.hpp"
#include "vocabulary/time.hpp"

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <vector>

namespace shanhai::identity {

/// Who knocks, as far as it can be told.
struct Client {
    std::string address;
    std::string agent;  ///< The User-Agent.
};

/// What is known before a password is looked at.
struct LoginAttempt {
    std::vector<Allowance> allowances;
    bool admitted = false;
    bool known_address = false;      ///< This login signed in from there before.
    std::optional<Account> account;  ///< Nothing for an unknown login and for a disabled account.
    std::string password_hash;
};

/// A session's present state, as its holder gets it.
struct SignedIn {
    Account account;
    std::string refresh_token;
    Instant at{};
    std::uint64_t session = 0;
    Instant until{};  ///< When the session ends, whatever is done.
};

/// How long sessions live.
struct SessionLife {
    std::chrono::seconds absolute{std::chrono::hours{12}};  ///< From the sign-in.
    std::chrono::seconds idle{std::chrono::hours{2}};       ///< From the last refresh.
    std::chrono::seconds grace{30};  ///< For so long a used refresh token gives the same successor again.
};

/// Where identity keeps what it knows. The domain owns this interface; store/ and the tests implement it.
/// Every call may also fail with Failure::unavailable.
class IdentityStore {
public:
    virtual ~IdentityStore() = default;

    template <class T>
    using Answer = boost::asio::awaitable<Result<T>>;

    /// Counts an attempt against its limits, durably, and finds the account.
    virtual Answer<LoginAttempt> begin_login(Login login, std::string address) = 0;
    /// Takes an attempt back whose password was not looked at after all.
    virtual Answer<Done> forget_attempt(Login login, std::string address, bool known_address) = 0;
    /// Looks at a code of an account's second factor, durably counted against its limit; a right one is used
    /// up.
    virtual Answer<FactorAttempt> try_second_factor(AccountId id, TypedCode code) = 0;
    /// Starts a session with its first refresh token, forgives the attempts of this login from this address,
    /// and remembers the address. Fails with 401 `login-failed` when the account was disabled or got another
    /// password meanwhile (`password_hash` is the one that was compared).
    virtual Answer<SignedIn> start_session(Account account, std::string password_hash, Client client) = 0;
    /// Replaces a refresh token, which works once: within the grace the same client gets the same successor
    /// again (two tabs, a lost answer). Fails with 401 `refresh-invalid` when it is unknown, has expired or
    /// its session has ended, and with 401 `refresh-reused`, ending the session, when it was used before.
    virtual Answer<SignedIn> rotate(std::string refresh_token, Client client) = 0;
    /// Ends the session of a refresh token; an unknown one is no failure.
    virtual Answer<Done> end_session(std::string refresh_token) = 0;
    /// Ends all sessions of an account.
    virtual Answer<Done> end_sessions(AccountId id) = 0;

    /// The account, unless it is unknown or disabled: 404 `account-unknown`.
    virtual Answer<Account> account(AccountId id) = 0;
    /// What those of these accounts are called that work for houses of these kinds or for `own`, disabled
    /// ones too, in order of their ids. Who works for no house counts as the operator's.
    virtual Answer<std::vector<AccountName>> names(std::vector<AccountId> ids,
                                                   std::vector<OrganisationKind> kinds,
                                                   OrganisationId own) = 0;
    /// Accounts, disabled ones too, with an id above `after`, in order of their ids.
    virtual Answer<std::vector<Account>> accounts(AccountId after, std::size_t limit) = 0;
    /// Fails with 409 `login-taken`, and 422 when there is no such organisation or nobody there has such a
    /// role.
    virtual Answer<Account> open_account(NewAccount account, std::string password_hash) = 0;
    /// Ends the account's sessions when roles or organisation change. Fails with 404 `account-unknown`, 409
    /// `last-administrator`, and 422 when there is no such organisation or nobody there has such a role.
    virtual Answer<Account> change_account(AccountId id, AccountChange change) = 0;
    /// By an administrator: who was disabled so is not let in again by an owner. Disabling ends the account's
    /// sessions. Fails with 404 `account-unknown` and 409 `last-administrator`.
    virtual Answer<Done> set_disabled(AccountId id, bool disabled, AccountId by) = 0;
    /// Replaces `old_hash` and ends the account's sessions but `spared` (0: none). Fails with 409
    /// `password-changed` when it is no longer the account's.
    virtual Answer<Done> change_password(AccountId id, std::string old_hash, std::string new_hash,
                                         std::uint64_t spared) = 0;
    /// Gives the account a password that must be changed before anything else, until the moment that is
    /// returned, and ends its sessions. Fails with 404 `account-unknown`.
    virtual Answer<Instant> reset_password(AccountId id, std::string hash) = 0;

    /// An organisation, and whether this call made it.
    struct Registration {
        Organisation organisation;
        bool made = false;
    };
    /// Registering the same facts again finds the first; fails with 409 `organisation-exists` when name or
    /// code belong to an organisation with other facts.
    virtual Answer<Registration> register_organisation(NewOrganisation facts) = 0;
    /// Organisations with an id above `after`, in order of their ids.
    virtual Answer<std::vector<Organisation>> organisations(OrganisationId after, std::size_t limit) = 0;
};

}  // namespace shanhai::identity
