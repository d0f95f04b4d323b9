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
    std::optional<Position> position{};  ///< That an invitation gives.
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

/// Who manages people here: an administrator everybody, an owner those of the own house.
struct Manager {
    AccountId account{};
    OrganisationId house{};
    bool administrator = false;

    /// Whether that house's people are this manager's to look after. Who may not is not told that they exist.
    bool manages(OrganisationId other) const {
        return administrator || (house != OrganisationId{} && house == other);
    }
    /// Whether that account is this manager's to look after: an owner's are those of the own house who are
    /// merchant's people and nothing else. `kind`: of the account's house.
    bool looks_after(const Account& member, std::optional<OrganisationKind> kind) const;
};

/// Whether an account is of a merchant's house and may nothing but what its people may. Nobody else has a
/// team: the operator's house has clerks beside its administrators, who are not theirs to let in or to shut
/// out.
bool is_merchants_own(const Account& account, std::optional<OrganisationKind> kind);

/// What an account manages as it is now: an administrator everybody, an owner the own house; everybody else,
/// and whoever is disabled, nothing.
Manager manager_of(const Account& account);

/// What an owner makes of a member; what is absent stays.
struct MemberChange {
    std::optional<Position> position{};
    std::optional<bool> disabled{};
};

/// Why a change of a member is refused: 409 `disabled-by-administrator` for an owner who would let in whom an
/// administrator shut out, 409 `own-account` for what would shut out who makes it, 409
/// `last-owner` when the house would be left without an owner who can sign in. `other_owners`: how many there
/// are beside this member.
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
