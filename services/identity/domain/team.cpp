#include "identity/domain/team.hpp"

#include <algorithm>

namespace shanhai::identity {
namespace {

Error conflict(std::string code, std::string message) {
    return Error{Failure::conflict, std::move(code), std::move(message)};
}

}  // namespace

LinkState Link::state(Instant at) const {
    if (used) return LinkState::used;
    if (withdrawn) return LinkState::withdrawn;
    return at < expires ? LinkState::open : LinkState::expired;
}

std::optional<Error> Link::fault_of_using(Instant at) const {
    switch (state(at)) {
        case LinkState::used:
            return conflict("link-used", "this link was used before; ask for another one");
        case LinkState::withdrawn:
            return conflict("link-withdrawn", "this link was withdrawn; ask for another one");
        case LinkState::expired:
            return conflict("link-expired", "this link is too old; ask for another one");
        case LinkState::open:
            break;
    }
    return std::nullopt;
}

bool is_merchants_own(const Account& account, std::optional<OrganisationKind> kind) {
    return kind == OrganisationKind::merchant && account.roles == std::vector{Role::merchant};
}

bool Manager::looks_after(const Account& member, std::optional<OrganisationKind> kind) const {
    if (administrator) return true;
    return manages(member.organisation.value_or(OrganisationId{})) && is_merchants_own(member, kind);
}

Manager manager_of(const Account& account) {
    Manager manager{.account = account.id};
    if (account.disabled) return manager;
    manager.administrator = std::ranges::find(account.roles, Role::admin) != account.roles.end();
    if (account.position == Position::owner) manager.house = account.organisation.value_or(OrganisationId{});
    return manager;
}

std::optional<Error> fault_of_change(const Account& member, const MemberChange& change,
                                     const Manager& manager, std::int64_t other_owners) {
    const bool returns = member.disabled && change.disabled == false;
    if (returns && !member.disabled_by_owner && !manager.administrator)
        return conflict("disabled-by-administrator", "an administrator disabled this account; ask one");
    const bool leaves = change.disabled.value_or(false);
    const bool steps_down = change.position && *change.position != Position::owner;
    const bool shuts_out = leaves || (steps_down && member.position == Position::owner);
    if (!shuts_out) return std::nullopt;
    if (leaves && member.id == manager.account)
        return conflict("own-account", "nobody can disable the account they are signed in with");
    const bool counts = member.position == Position::owner && !member.disabled;
    if (counts && other_owners == 0 && !manager.administrator)
        return conflict("last-owner", "this is the house's last owner; make another one first");
    return std::nullopt;
}

}  // namespace shanhai::identity
