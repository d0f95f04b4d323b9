#pragma once

#include "identity/domain/account.hpp"
#include "identity/domain/organisation.hpp"
#include "vocabulary/time.hpp"

#include <array>
#include <optional>
#include <string>

namespace shanhai::identity {

enum class LinkId : std::uint64_t {};

/// What a link's token lets its holder do, once.
enum class LinkPurpose {
    invitation,  ///< Open an account of a house.
    reset,       ///< Choose another password for one account.
};

/// What became of it.
enum class LinkState { open, used, expired, withdrawn };

/// A secret that one person hands to another: kept as its SHA-256, told once, good once and for a time.
struct Link {
    LinkId id{};
    LinkPurpose purpose = LinkPurpose::invitation;
    OrganisationId house{};              ///< Whose it is; 0: of a reset for somebody of no house.
    Role role = Role::merchant;          ///< That an invitation gives.
    std::optional<Position> position{};  ///< The same, in a merchant's house.
    AccountId account{};                 ///< That a reset is for; or that an invitation led to.
    AccountId made_by{};
    Instant made{};
    Instant expires{};
    std::optional<Instant> used{};
    std::optional<Instant> withdrawn{};

    LinkState state(Instant at) const;
    /// Why it opens nothing: 409 `link-used`, `link-withdrawn`, `link-expired`.
    std::optional<Error> fault_of_using(Instant at) const;
};

inline constexpr std::chrono::days invitation_life{7};
inline constexpr std::chrono::hours reset_life{24};
/// Of one house at once; more are refused, so that nobody floods others with them.
inline constexpr std::int64_t open_invitations_max = 20;

/// Who manages people here: an administrator everybody, an owner those of the own house, a certifier the
/// colleagues of the own office.
struct Manager {
    AccountId account{};
    OrganisationId house{};
    bool administrator = false;
    Role role = Role::merchant;  ///< In that house; nobody lets in somebody who is more.
    bool second_factor = false;

    /// Whether that house's people are this manager's to look after. Who may not is not told that they exist.
    bool manages(OrganisationId other) const {
        return administrator || (house != OrganisationId{} && house == other);
    }
    /// Whether that account is this manager's to look after: those of the own house who are what its people
    /// are and nothing else. `kind`: of the account's house.
    bool looks_after(const Account& member, std::optional<OrganisationKind> kind) const;
    /// 403 `second-factor-missing` for an office's people without one: who lets colleagues in signs in with
    /// one, as they will.
    std::optional<Error> fault_of_letting_in() const;
};

/// Whether an account is of a merchant's house and may nothing but what its people may. Nobody else has a
/// team: the operator's house has clerks beside its administrators, who are not theirs to let in or to shut
/// out.
bool is_merchants_own(const Account& account, std::optional<OrganisationKind> kind);

/// The same of whoever certifies for an office. Those who audit change nothing, and so let in nobody.
bool is_offices_own(const Account& account, std::optional<OrganisationKind> kind);

/// What an account manages as it is now: an administrator everybody, an owner the own house, a certifier the
/// own office; everybody else, and whoever is disabled, nothing.
Manager manager_of(const Account& account);

/// What an invitation asks somebody to be; what is absent follows from the house.
struct Offer {
    std::optional<Role> role{};
    std::optional<Position> position{};
};
/// What an invitation gives.
struct Place {
    Role role = Role::merchant;
    std::optional<Position> position{};
};
/// What this manager may offer in a house of that kind: a position in a merchant's, a role in an office, and
/// no role but the own one unless an administrator invites. Fails with 422 at /organisation_id for the
/// operator's house, whose accounts administrators open; at /role for a role that nobody has there or that is
/// not the manager's to give; at /position for one that is missing or has no place there; and as
/// fault_of_letting_in does.
Result<Place> place_offered(const Offer& offer, OrganisationKind kind, const Manager& manager);

/// What an owner, or a colleague, makes of a member; what is absent stays.
struct MemberChange {
    std::optional<Position> position{};
    std::optional<bool> disabled{};
};

/// Why a change of a colleague in an office is refused: 422 at /position, which nobody has there; as
/// fault_of_change does; and 403 `administrator-needed` for everybody else, so that none of two who check
/// each other shuts the other one out.
std::optional<Error> fault_of_office_change(const Account& member, const MemberChange& change,
                                            const Manager& manager);

/// Why a change of a member is refused: 409 `awaits-administrator` for whom no administrator confirmed yet,
/// 409 `disabled-by-administrator` for an owner who would let in whom an administrator shut out, 409
/// `own-account` for what would shut out who makes it, 409 `last-owner` when the house would be left without
/// an owner who can sign in. `other_owners`: how many there are beside this member.
std::optional<Error> fault_of_change(const Account& member, const MemberChange& change,
                                     const Manager& manager, std::int64_t other_owners);

}  // namespace shanhai::identity

namespace shanhai {
template <>
struct WireNames<identity::LinkState> {
    static constexpr std::array<std::string_view, 4> names{"OPEN", "USED", "EXPIRED", "WITHDRAWN"};
};
template <>
struct WireNames<identity::LinkPurpose> {
    static constexpr std::array<std::string_view, 2> names{"INVITATION", "RESET"};
};
}  // namespace shanhai
