#include "identity/domain/team.hpp"

#include "identity/domain/duties.hpp"

#include <algorithm>

namespace shanhai::identity {
namespace {

Error conflict(std::string code, std::string message) {
    return Error{Failure::conflict, std::move(code), std::move(message)};
}

Role usual_role(OrganisationKind kind) {
    switch (kind) {
        case OrganisationKind::district_office:
            return Role::certifier;
        case OrganisationKind::audit_office:
            return Role::auditor;
        case OrganisationKind::merchant:
        case OrganisationKind::operator_:
            break;
    }
    return Role::merchant;
}

std::optional<Error> fault_of_role(Role role, OrganisationKind kind, const Manager& manager) {
    if (misplaced({role}, kind)) {
        return invalid_field("/role", "nobody who works for an organisation of the kind " +
                                          std::string{wire_name(kind)} + " is a " +
                                          std::string{wire_name(role)});
    }
    if (manager.administrator || role == manager.role) return std::nullopt;
    return invalid_field("/role", "is not yours to give: you invite to what you are yourself");
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

bool is_offices_own(const Account& account, std::optional<OrganisationKind> kind) {
    return kind == OrganisationKind::district_office && account.roles == std::vector{Role::certifier};
}

bool Manager::looks_after(const Account& member, std::optional<OrganisationKind> kind) const {
    if (administrator) return true;
    if (!manages(member.organisation.value_or(OrganisationId{}))) return false;
    return role == Role::merchant ? is_merchants_own(member, kind) : is_offices_own(member, kind);
}

std::optional<Error> Manager::fault_of_letting_in() const {
    if (administrator || role == Role::merchant || second_factor) return std::nullopt;
    return Error{Failure::forbidden, "second-factor-missing",
                 "set up your second factor first: who lets a colleague in signs in with one"};
}

Result<Place> place_offered(const Offer& offer, OrganisationKind kind, const Manager& manager) {
    if (kind == OrganisationKind::operator_) {
        return invalid_field("/organisation_id",
                             "administrators open the accounts of the operator's house themselves");
    }
    const auto role = offer.role.value_or(usual_role(kind));
    if (auto fault = fault_of_role(role, kind, manager)) return *fault;
    if (auto fault = fault_of_position({role}, offer.position)) return *fault;
    if (role == Role::merchant && !offer.position) return invalid_field("/position", "is missing");
    if (auto fault = manager.fault_of_letting_in()) return *fault;
    return Place{role, offer.position};
}

Manager manager_of(const Account& account) {
    Manager manager{.account = account.id};
    if (account.disabled) return manager;
    manager.administrator = std::ranges::find(account.roles, Role::admin) != account.roles.end();
    manager.second_factor = account.second_factor;
    const bool certifies = account.roles == std::vector{Role::certifier};
    if (certifies) manager.role = Role::certifier;
    if (certifies || account.position == Position::owner)
        manager.house = account.organisation.value_or(OrganisationId{});
    return manager;
}

std::optional<Error> fault_of_office_change(const Account& member, const MemberChange& change,
                                            const Manager& manager) {
    if (auto fault = fault_of_position(member.roles, change.position)) return *fault;
    if (auto fault = fault_of_change(member, change, manager, 0)) return *fault;
    if (manager.administrator) return std::nullopt;
    return Error{Failure::forbidden, "administrator-needed",
                 "administrators disable the people of an office; ask one"};
}

std::optional<Error> fault_of_change(const Account& member, const MemberChange& change,
                                     const Manager& manager, std::int64_t other_owners) {
    const bool returns = member.disabled && change.disabled == false;
    if (returns && member.awaits_administrator && !manager.administrator)
        return conflict("awaits-administrator", "an administrator confirms who was invited; ask one");
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
