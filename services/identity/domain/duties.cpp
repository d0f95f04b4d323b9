#include "identity/domain/duties.hpp"

#include <algorithm>
#include <string>

namespace shanhai::identity {
namespace {

bool stands_alone(Role role) {
    return role == Role::certifier || role == Role::auditor || role == Role::admin;
}

bool works_for(Role role, OrganisationKind employer) {
    switch (role) {
        case Role::merchant:
            return employer == OrganisationKind::merchant || employer == OrganisationKind::operator_;
        case Role::certifier:
            return employer == OrganisationKind::district_office;
        case Role::auditor:
            return employer == OrganisationKind::audit_office ||
                   employer == OrganisationKind::district_office;
        case Role::operator_:
        case Role::admin:
            break;
    }
    return employer == OrganisationKind::operator_;
}

}  // namespace

Result<std::vector<Role>> separate_duties(std::vector<Role> roles) {
    if (roles.empty()) return invalid_field("/roles", "an account has at least one role");
    std::ranges::sort(roles);
    if (std::ranges::adjacent_find(roles) != roles.end())
        return invalid_field("/roles", "names a role twice");
    const auto alone = std::ranges::find_if(roles, stands_alone);
    if (roles.size() > 1 && alone != roles.end()) {
        return invalid_field("/roles",
                             std::string{wire_name(*alone)} +
                                 " goes with no other role: duties are separate; open another account");
    }
    return roles;
}

std::optional<Role> misplaced(const std::vector<Role>& roles, OrganisationKind employer) {
    const auto found = std::ranges::find_if(roles, [&](Role role) { return !works_for(role, employer); });
    return found == roles.end() ? std::nullopt : std::optional{*found};
}

bool needs_second_factor(const std::vector<Role>& roles) {
    return std::ranges::any_of(roles,
                               [](Role role) { return role == Role::certifier || role == Role::auditor; });
}

std::optional<Error> fault_of_position(const std::vector<Role>& roles, std::optional<Position> position) {
    if (!position || std::ranges::find(roles, Role::merchant) != roles.end()) return std::nullopt;
    return invalid_field("/position", "only a merchant's people have a position");
}

std::vector<Role> colleagues_of(const std::vector<std::string>& token_roles) {
    const bool office = std::ranges::any_of(token_roles, [](const std::string& role) {
        return role == wire_name(Role::certifier) || role == wire_name(Role::auditor);
    });
    return office ? std::vector{Role::certifier, Role::auditor} : std::vector{Role::merchant};
}

std::vector<OrganisationKind> named_to(const std::vector<Role>& roles) {
    using enum OrganisationKind;
    const auto has = [&roles](Role role) { return std::ranges::find(roles, role) != roles.end(); };
    if (has(Role::auditor) || has(Role::admin)) return {merchant, district_office, operator_, audit_office};
    if (has(Role::operator_)) return {merchant, district_office, operator_};
    if (has(Role::certifier)) return {district_office};
    return {};
}

}  // namespace shanhai::identity
