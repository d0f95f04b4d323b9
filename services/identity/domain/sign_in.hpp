#pragma once

#include "identity/domain/identity_store.hpp"
#include "identity/domain/passwords.hpp"

namespace shanhai::identity {

/// Lets people in by login and password, and lets them choose another password.
class SignIn {
public:
    /// `decoy_hash` is the hash of a password that nobody has, made with the same parameters as the real
    /// ones.
    SignIn(IdentityStore& store, Passwords& passwords, std::string decoy_hash)
        : store_{store}, passwords_{passwords}, decoy_hash_{std::move(decoy_hash)} {}

    template <class T>
    struct Outcome {
        Result<T> result;
        std::vector<Allowance> allowances;
    };
    /// Fails with 429 `login-rate-limited`; 401 `login-failed` with one answer and in one time for an unknown
    /// login, a disabled account and a wrong password; and 403 `password-change-required` when the password
    /// is right and temporary. What could not be looked at (503) is not counted.
    boost::asio::awaitable<Outcome<SignedIn>> sign_in(Login login, std::string password, Client client);

    /// Another password for somebody who knows the present one, which is counted and refused as in sign_in.
    /// All sessions end but `spared` (0: none). Fails with 422 at /new_password too.
    boost::asio::awaitable<Outcome<Done>> change_password(Login login, std::string password,
                                                          std::string new_password, std::string address,
                                                          std::uint64_t spared);

private:
    /// An attempt whose password was right.
    struct Checked {
        Account account;
        std::string password_hash;
    };
    boost::asio::awaitable<Outcome<Checked>> check(Login login, std::string password, std::string address);

    IdentityStore& store_;
    Passwords& passwords_;
    std::string decoy_hash_;
};

}  // namespace shanhai::identity
