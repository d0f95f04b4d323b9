#include "identity/domain/account.hpp"

#include "identity/domain/duties.hpp"
#include "identity/domain/password_policy.hpp"

#include <algorithm>

namespace shanhai::identity {
namespace {

constexpr std::size_t login_size_min = 3;
constexpr std::size_t login_size_max = 64;

bool letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
bool allowed_in_login(char c) { return letter_or_digit(c) || c == '.' || c == '_' || c == '@' || c == '-'; }
char lowered(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

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
                                     std::optional<OrganisationId> organisation, std::string_view password,
                                     std::optional<Position> position) {
    auto separate = separate_duties(std::move(roles));
    if (!separate) return separate.error();
    if (auto fault = fault_of_position(*separate, position)) return *fault;
    auto chosen = NewPassword::choose(password, login);
    if (!chosen) return chosen.error();
    return NewAccount{std::move(login), std::move(name), std::move(*separate),
                      organisation,     chosen->text(),  position};
}

std::vector<std::string> token_roles(const Account& account) {
    std::vector<std::string> roles;
    for (const auto role : account.roles) {
        const bool looks_on = role == Role::merchant && account.position == Position::finance;
        roles.emplace_back(looks_on ? "finance" : wire_name(role));
    }
    if (account.position == Position::owner) roles.emplace_back("owner");
    return roles;
}

}  // namespace shanhai::identity
