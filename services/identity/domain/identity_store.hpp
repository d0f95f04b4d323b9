#pragma once

#include "identity/domain/account.hpp"
#include "identity/domain/organisation.hpp"
#include "identity/domain/rate_limit.hpp"
#include "vocabulary/result.hpp"
#include "vocabulary/time.hpp"

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <vector>

namespace shanhai::identity {

/// What is known before a password is looked at.
struct LoginAttempt {
    std::vector<Allowance> allowances;  ///< Per address, per login.
    bool admitted = false;
    std::optional<Account> account;  ///< Nothing for an unknown login and for a disabled account.
    std::string password_hash;
};

/// A session's present state, as its holder gets it.
struct SignedIn {
    Account account;
    std::string refresh_token;
    Instant at{};  ///< By the database's clock.
};

/// Where identity keeps what it knows. The domain owns this interface; store/ and the tests implement it.
/// Every call may also fail with Failure::unavailable.
class IdentityStore {
public:
    virtual ~IdentityStore() = default;

    template <class T>
    using Answer = boost::asio::awaitable<Result<T>>;

    /// Counts an attempt against both limits, durably, and finds the account.
    virtual Answer<LoginAttempt> begin_login(Login login, std::string address) = 0;
    /// Starts a session with its first refresh token and forgives the attempt that led to it. Fails with 401
    /// `login-failed` when the account was disabled meanwhile.
    virtual Answer<SignedIn> start_session(Account account, std::string address) = 0;
    /// Replaces a refresh token, which works once. Fails with 401 `refresh-invalid` when it is unknown, has
    /// expired or its session has ended, and with 401 `refresh-reused`, ending the session, when it was used
    /// before. Of two parallel uses exactly one succeeds.
    virtual Answer<SignedIn> rotate(std::string refresh_token) = 0;
    /// Ends the session of a refresh token; an unknown one is no failure.
    virtual Answer<Done> end_session(std::string refresh_token) = 0;

    /// The account, unless it is unknown or disabled: 404 `account-unknown`.
    virtual Answer<Account> account(AccountId id) = 0;
    /// Fails with 409 `login-taken`, and 422 when there is no such organisation.
    virtual Answer<Account> open_account(NewAccount account, std::string password_hash) = 0;
    /// Disabling ends the account's sessions. Fails with 404 `account-unknown`.
    virtual Answer<Done> set_disabled(AccountId id, bool disabled) = 0;

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
