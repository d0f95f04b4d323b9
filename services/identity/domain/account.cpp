#include "identity/domain/account.hpp"

#include <algorithm>

namespace shanhai::identity {
namespace {

constexpr std::size_t login_size_min = 3;
constexpr std::size_t login_size_max = 64;

bool letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
bool allowed_in_login(char c) { return letter_or_digit(c) || c == '.' || c == '_' || c == '@' || c == '-'; }
char lowered(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool names_one_twice(std::vector<Role> roles) {
    std::ranges::sort(roles);
    return std::ranges::adjacent_find(roles) != roles.end();
}

}  // namespace

Result<Login> Login::parse(std::string_view text) {
    std::string login{text};
    std::ranges::transform(login, login.begin(), lowered);
    const bool sized = login.size() >= login_size_min && login.size() <= login_size_max;
    if (!sized || !letter_or_digit(login.front()) || !std::ranges::all_of(login, allowed_in_login)) {
        return invalid_field("/login",
                             "is not 3 to 64 letters, digits or . _ @ -, beginning with a letter or digit");
    }
    return Login{std::move(login)};
}

Result<NewAccount> NewAccount::draft(Login login, std::string name, std::vector<Role> roles,
                                     std::optional<OrganisationId> organisation, std::string password) {
    if (roles.empty()) return invalid_field("/roles", "an account has at least one role");
    if (names_one_twice(roles)) return invalid_field("/roles", "names a role twice");
    if (password.size() < password_size_min)
        return invalid_field("/password", "has fewer than 12 characters");
    if (password.size() > password_size_max) return invalid_field("/password", "is longer than 200 bytes");
    if (password.find(login.text()) != std::string::npos) {
        return invalid_field("/password", "holds the login, which is the first thing to be guessed");
    }
    return NewAccount{std::move(login), std::move(name), std::move(roles), organisation, std::move(password)};
}

}  // namespace shanhai::identity
