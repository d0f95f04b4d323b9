#pragma once

#include "identity/domain/identity_store.hpp"
#include "identity/domain/passwords.hpp"

namespace shanhai::identity {

/// Lets people in by login and password.
class SignIn {
public:
    /// `decoy_hash` is the hash of a password that nobody has, made with the same parameters as the real
    /// ones.
    SignIn(IdentityStore& store, Passwords& passwords, std::string decoy_hash)
        : store_{store}, passwords_{passwords}, decoy_hash_{std::move(decoy_hash)} {}

    struct Outcome {
        Result<SignedIn> result;
        std::vector<Allowance> allowances;
    };
    /// Fails with 429 `login-rate-limited`, and 401 `login-failed` with one answer and in one time for an
    /// unknown login, a disabled account and a wrong password.
    boost::asio::awaitable<Outcome> sign_in(Login login, std::string password, std::string address);

private:
    boost::asio::awaitable<Result<SignedIn>> check(LoginAttempt attempt, std::string password,
                                                   std::string address);

    IdentityStore& store_;
    Passwords& passwords_;
    std::string decoy_hash_;
};

}  // namespace shanhai::identity
