#pragma once

#include "vocabulary/ids.hpp"
#include "vocabulary/result.hpp"
#include "vocabulary/trade.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shanhai::identity {

/// The name somebody signs in with: 3 to 64 of a-z 0-9 . _ @ -, beginning with a letter or digit.
class Login {
public:
    /// Takes capitals and lowers them. Fails with Failure::invalid.
    static Result<Login> parse(std::string_view text);

    const std::string& text() const { return text_; }

    friend bool operator==(const Login&, const Login&) = default;

private:
    explicit Login(std::string text) : text_{std::move(text)} {}

    std::string text_;
};

/// A member of the staff, without the password.
struct Account {
    AccountId id{};
    std::string login;
    std::string name;
    std::optional<OrganisationId> organisation;
    std::vector<Role> roles;
};

/// An account that may be opened.
class NewAccount {
public:
    /// Fails with Failure::invalid, pointing at the field, without a role, with a role twice, or with a
    /// password that is too short, too long or holds the login (NIST SP 800-63B, section 5.1.1: length
    /// counts, composition rules do not).
    static Result<NewAccount> draft(Login login, std::string name, std::vector<Role> roles,
                                    std::optional<OrganisationId> organisation, std::string password);

    const Login& login() const { return login_; }
    const std::string& name() const { return name_; }
    const std::vector<Role>& roles() const { return roles_; }
    std::optional<OrganisationId> organisation() const { return organisation_; }
    const std::string& password() const { return password_; }

private:
    NewAccount(Login login, std::string name, std::vector<Role> roles,
               std::optional<OrganisationId> organisation, std::string password)
        : login_{std::move(login)},
          name_{std::move(name)},
          roles_{std::move(roles)},
          organisation_{organisation},
          password_{std::move(password)} {}

    Login login_;
    std::string name_;
    std::vector<Role> roles_;
    std::optional<OrganisationId> organisation_;
    std::string password_;
};

/// The one answer to an unknown login, a disabled account and a wrong password.
inline Error login_failed() {
    return Error{Failure::unauthenticated, "login-failed", "login or password is wrong"};
}

inline constexpr std::size_t password_size_min = 12;
inline constexpr std::size_t password_size_max = 200;  ///< Bytes; hashing a novel would cost too much.

}  // namespace shanhai::identity
