#pragma once

#include "vocabulary/ids.hpp"
#include "vocabulary/result.hpp"
#include "vocabulary/trade.hpp"

#include <array>
#include <cstdint>
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

/// What somebody is in a merchant's house: its owner looks after its people, too; a clerk sells; finance
/// looks on and changes nothing.
enum class Position { owner, clerk, finance };

/// A member of the staff, without the password.
struct Account {
    AccountId id{};
    std::string login;
    std::string name;
    std::optional<OrganisationId> organisation;
    std::vector<Role> roles;
    bool disabled = false;
    bool password_temporary = false;      ///< It must be changed before anything else.
    std::optional<Position> position{};   ///< Of a merchant's people; nothing: a clerk.
    bool second_factor = false;           ///< It signs in with a code of its telephone, too.
    bool second_factor_required = false;  ///< An administrator, or its office, asks it of this account.
    bool disabled_by_owner = false;       ///< Its house disabled it, and may let it in again.
    AccountId let_in_by{};                ///< Whose invitation opened it; 0: an administrator did.
    bool awaits_administrator = false;    ///< Invited into an office, and confirmed by none yet: disabled.
};

/// Who somebody is to colleagues elsewhere: no login.
struct AccountName {
    AccountId id{};
    std::string name;
    OrganisationId house{};  ///< 0: none.
};

/// An account that may be opened.
class NewAccount {
public:
    /// Fails with Failure::invalid, pointing at the field: see separate_duties and NewPassword.
    static Result<NewAccount> draft(Login login, std::string name, std::vector<Role> roles,
                                    std::optional<OrganisationId> organisation, std::string_view password,
                                    std::optional<Position> position = std::nullopt);

    const Login& login() const { return login_; }
    const std::string& name() const { return name_; }
    const std::vector<Role>& roles() const { return roles_; }
    std::optional<OrganisationId> organisation() const { return organisation_; }
    const std::string& password() const { return password_; }
    std::optional<Position> position() const { return position_; }

private:
    NewAccount(Login login, std::string name, std::vector<Role> roles,
               std::optional<OrganisationId> organisation, std::string password,
               std::optional<Position> position)
        : login_{std::move(login)},
          name_{std::move(name)},
          roles_{std::move(roles)},
          organisation_{organisation},
          password_{std::move(password)},
          position_{position} {}

    Login login_;
    std::string name_;
    std::vector<Role> roles_;
    std::optional<OrganisationId> organisation_;
    std::string password_;
    std::optional<Position> position_;
};

/// What is to become of an account; what is absent stays.
struct AccountChange {
    std::optional<std::string> name;
    std::optional<std::vector<Role>> roles;
    bool sets_organisation = false;
    std::optional<OrganisationId> organisation;  ///< Nothing: none from now on.
    bool sets_position = false;
    std::optional<Position> position;  ///< The same.
};

/// What an access token says that somebody may, in the words of proto/operations.csv: the roles and, in a
/// merchant's house, what the position adds ("owner") or leaves of them ("finance" in place of "merchant").
std::vector<std::string> token_roles(const Account& account);

/// Tokens that are no longer good: of one session, or of all an account's sessions up to a number but one.
struct Withdrawal {
    AccountId account{};
    std::uint64_t session = 0;  ///< Not 0: this one only.
    std::uint64_t through = 0;
    std::uint64_t spared = 0;
};

/// The one answer to an unknown login, a disabled account and a wrong password.
inline Error login_failed() {
    return Error{Failure::unauthenticated, "login-failed", "login or password is wrong"};
}

}  // namespace shanhai::identity

namespace shanhai {
template <>
struct WireNames<identity::Position> {
    static constexpr std::array<std::string_view, 3> names{"OWNER", "CLERK", "FINANCE"};
};
}  // namespace shanhai
