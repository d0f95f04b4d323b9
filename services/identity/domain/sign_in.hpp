#pragma once

#include "identity/domain/identity_store.hpp"
#include "identity/domain/passwords.hpp"

#include <optional>
#include <string>

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
    /// An account with a second factor needs its code, too: 401 `second-factor-required` without one and
    /// `second-factor-wrong`, 429 `second-factor-rate-limited`; one that is to have one and has none is told
    /// so by 403 `second-factor-enrolment-required`. All this only to whoever knows the password.
    boost::asio::awaitable<Outcome<SignedIn>> sign_in(Login login, std::string password,
                                                      std::optional<std::string> code, Client client);

    /// Another password for somebody who knows the present one, which is counted and refused as in sign_in.
    /// All sessions end but `spared` (0: none). Fails with 422 at /new_password too.
    /// Unless the account itself is signed in (`signed_in`, 0: nobody is) its second factor is asked for as
    /// in sign_in.
    boost::asio::awaitable<Outcome<Done>> change_password(Login login, std::string password,
                                                          std::optional<std::string> code,
                                                          std::string new_password, std::string address,
                                                          std::uint64_t spared, AccountId signed_in);

    /// Whose login and password (and code, where there is a second factor) these are; counted and refused as
    /// in sign_in, but for who has yet to enrol.
    boost::asio::awaitable<Outcome<Account>> prove(Login login, std::string password,
                                                   std::optional<std::string> code, std::string address);

private:
    /// An attempt whose password was right.
    struct Checked {
        Account account;
        std::string password_hash;
    };
    boost::asio::awaitable<Outcome<Checked>> check(Login login, std::string password, std::string address);
    /// The second factor, where the account has one.
    boost::asio::awaitable<Result<Done>> pass_second_factor(const Account& account,
                                                            std::optional<std::string> code);

    IdentityStore& store_;
    Passwords& passwords_;
    std::string decoy_hash_;
};

}  // namespace shanhai::identity
