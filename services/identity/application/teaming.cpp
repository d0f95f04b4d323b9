#include "identity/application/teaming.hpp"

#include "chassis/security/crypto.hpp"
#include "identity/application/managers.hpp"
#include "identity/store/api_key_rows.hpp"
#include "identity/store/factor_rows.hpp"
#include "identity/store/link_rows.hpp"
#include "identity/store/organisation_rows.hpp"

#include <algorithm>

namespace shanhai::identity {
namespace {

using database::Session;

constexpr std::size_t token_size = 32;

Error link_unknown() {
    return Error{Failure::not_found, "link-unknown", "this link leads nowhere; ask for another one"};
}

/// Keeps the hash of a new secret, and gives the secret itself.
Teaming::Made make(Session& session, Link link, std::chrono::seconds life) {
    link.made = session.now();
    link.expires = link.made + life;
    auto token = security::base64url(security::random_bytes(token_size));
    link.id = insert_link(session, link, security::sha256(token));
    return {link, std::move(token)};
}

std::optional<OrganisationKind> kind_of_house(Session& session, const Account& account) {
    if (!account.organisation) return std::nullopt;
    const auto house = find_organisation(session, *account.organisation);
    return house ? std::optional{house->facts.kind} : std::nullopt;
}

/// A member that this manager looks after; locked, and every owner of the house before it.
struct HeldMember {
    Account account;
    std::optional<OrganisationKind> kind;  ///< Of the house.
    std::int64_t other_owners = 0;
};
Result<HeldMember> held_member(Session& session, const Manager& manager, AccountId id) {
    const auto others = manager.house == OrganisationId{} ? 0 : hold_other_owners(session, manager.house, id);
    if (!lock_account(session, id)) return account_unknown();
    auto account = account_with(session, id);
    const auto kind = kind_of_house(session, account);
    if (!manager.looks_after(account, kind)) return account_unknown();
    return HeldMember{std::move(account), kind, others};
}

Error no_longer_good() {
    return Error{Failure::conflict, "link-withdrawn",
                 "who made this link may no longer do so; ask for another one"};
}

/// The link of a secret that still opens something; locked.
Result<Link> opened(Session& session, LinkPurpose purpose, const std::string& token) {
    auto link = hold_link(session, purpose, security::sha256(token));
    if (!link) return link_unknown();
    if (auto fault = link->fault_of_using(session.now())) return *fault;
    return std::move(*link);
}

/// It opens what its maker could let somebody into at this moment: who was disabled since then, or is no
/// owner there any more, lets nobody in.
Result<Link> opened_invitation(Session& session, const std::string& token) {
    auto link = opened(session, LinkPurpose::invitation, token);
    if (!link) return link;
    const auto maker = manager_of(account_with(session, link->made_by));
    const bool may_still = maker.administrator || maker.role == link->role;
    if (!may_still || !maker.manages(link->house) || maker.fault_of_letting_in()) return no_longer_good();
    return link;
}

/// What this one decides counts as a second person's word: not before an administrator has confirmed who it
/// is, or somebody might invite themselves.
void take_into_office(Session& session, const Link& link, AccountId id) {
    if (!manager_of(account_with(session, link.made_by)).administrator)
        write_awaiting(session, id, link.made_by);
}

/// Like opened_invitation, for an account that works where it did.
Result<Link> opened_reset(Session& session, const std::string& token) {
    auto link = opened(session, LinkPurpose::reset, token);
    if (!link) return link;
    const auto account = account_with(session, link->account);
    if (account.disabled) return link_unknown();
    const bool stayed = account.organisation.value_or(OrganisationId{}) == link->house;
    const auto manager = manager_of(account_with(session, link->made_by));
    if (!stayed || !manager.looks_after(account, kind_of_house(session, account))) return no_longer_good();
    return link;
}

}  // namespace

Teaming::Awaitable<Teaming::Made> Teaming::invite(Manager asked, OrganisationId house, Offer offer) {
    return pool_.transact([=](Session& session) -> Result<Made> {
        const auto manager = as_of_now(session, asked);
        const auto organisation = find_organisation(session, house);
        if (!organisation || !manager.manages(house))
            return invalid_field("/organisation_id", "there is no such organisation");
        const auto place = place_offered(offer, organisation->facts.kind, manager);
        if (!place) return place.error();
        if (open_invitations(session, house, session.now()) >= open_invitations_max) {
            return Error{Failure::conflict, "too-many-invitations",
                         "many invitations of this house are open; withdraw some first"};
        }
        return make(session,
                    {.purpose = LinkPurpose::invitation,
                     .house = house,
                     .role = place->role,
                     .position = place->position,
                     .made_by = manager.account},
                    invitation_life);
    });
}

Teaming::Awaitable<std::vector<Link>> Teaming::invitations(Manager asked, std::optional<OrganisationId> house,
                                                           LinkId after, std::size_t count) const {
    return pool_.transact([=](Session& session) -> Result<std::vector<Link>> {
        const auto manager = as_of_now(session, asked);
        if (manager.administrator) return list_invitations(session, house, after, count);
        if (house && *house != manager.house) return std::vector<Link>{};
        return list_invitations(session, manager.house, after, count);
    });
}

Teaming::Awaitable<Link> Teaming::withdraw(Manager asked, LinkId id) {
    return pool_.transact([=](Session& session) -> Result<Link> {
        const auto manager = as_of_now(session, asked);
        const auto link = hold_link(session, id);
        if (!link || link->purpose != LinkPurpose::invitation || !manager.manages(link->house))
            return Error{Failure::not_found, "invitation-unknown", "there is no such invitation"};
        const auto at = session.now();
        if (link->state(at) == LinkState::used) return *link->fault_of_using(at);
        if (link->state(at) == LinkState::open) withdraw_link(session, id, at);
        return *hold_link(session, id);
    });
}

Teaming::Awaitable<Teaming::Preview> Teaming::preview(std::string token) {
    return pool_.transact([token = std::move(token)](Session& session) -> Result<Preview> {
        auto link = opened_invitation(session, token);
        if (!link) return link.error();
        auto house = *find_organisation(session, link->house);
        return Preview{std::move(*link), std::move(house)};
    });
}

Teaming::Awaitable<Account> Teaming::accept(std::string token, Login login, std::string name,
                                            std::string password_hash) {
    return pool_.transact([token = std::move(token), login = std::move(login), name = std::move(name),
                           hash = std::move(password_hash)](Session& session) -> Result<Account> {
        const auto link = opened_invitation(session, token);
        if (!link) return link.error();
        Account wanted{AccountId{}, login.text(), name, link->house, {link->role}};
        wanted.position = link->position;
        const auto account = insert_account(session, std::move(wanted), hash);
        if (!account) return account;
        use_link(session, link->id, account->id, session.now());
        if (link->role != Role::merchant) take_into_office(session, *link, account->id);
        return account_with(session, account->id);
    });
}

Teaming::Awaitable<Teaming::Made> Teaming::offer_reset(Manager asked, AccountId id) {
    return pool_.transact([=](Session& session) -> Result<Made> {
        const auto manager = as_of_now(session, asked);
        const auto member = held_member(session, manager, id);
        if (!member) return member.error();
        if (member->account.disabled) return account_unknown();
        if (id == manager.account) {
            return Error{Failure::conflict, "own-account",
                         "change your own password instead (POST /v1/auth/password)"};
        }
        withdraw_resets(session, id, session.now());
        return make(session,
                    {.purpose = LinkPurpose::reset,
                     .house = member->account.organisation.value_or(OrganisationId{}),
                     .account = id,
                     .made_by = manager.account},
                    reset_life);
    });
}

Teaming::Awaitable<Account> Teaming::reset_target(std::string token) {
    return pool_.transact([token = std::move(token)](Session& session) -> Result<Account> {
        const auto link = opened_reset(session, token);
        if (!link) return link.error();
        return account_with(session, link->account);
    });
}

Teaming::Awaitable<Done> Teaming::reset(std::string token, std::string password_hash) {
    return database::transact_telling(
        pool_, told_.committed,
        [this, token = std::move(token), hash = std::move(password_hash)](Session& session) -> Result<Done> {
            const auto link = opened_reset(session, token);
            if (!link) return link.error();
            use_link(session, link->id, link->account, session.now());
            write_password(session, link->account, hash);
            // Whoever had the account may have made keys and links, and kept them.
            withdraw_links_of(session, link->account, session.now());
            withdraw_api_keys_of(session, link->account, session.now());
            told_.withdraw(session, end_sessions_of(session, link->account, "PASSWORD", 0));
            return Done{};
        });
}

Teaming::Awaitable<std::vector<Account>> Teaming::members(OrganisationId house, std::vector<Role> roles,
                                                          AccountId after, std::size_t count) const {
    return pool_.transact([=, roles = std::move(roles)](Session& session) -> Result<std::vector<Account>> {
        if (house == OrganisationId{}) return std::vector<Account>{};
        return members_of(session, house, roles, after, count);
    });
}

Teaming::Awaitable<Account> Teaming::change(Manager asked, AccountId id, MemberChange change) {
    return database::transact_telling(
        pool_, told_.committed, [this, asked, id, change](Session& session) -> Result<Account> {
            const auto manager = as_of_now(session, asked);
            const auto member = held_member(session, manager, id);
            if (!member) return member.error();
            // Administrators change the others (PATCH /v1/accounts/{account_id}), where one of them has to
            // stay.
            const bool of_office = is_offices_own(member->account, member->kind);
            if (!of_office && !is_merchants_own(member->account, member->kind)) return account_unknown();
            auto fault = of_office ? fault_of_office_change(member->account, change, manager)
                                   : fault_of_change(member->account, change, manager, member->other_owners);
            if (fault) return *fault;
            const auto& before = member->account;
            if (change.position) write_position(session, id, *change.position);
            // Who is disabled already was so by whoever it was.
            if (change.disabled && *change.disabled != before.disabled)
                write_disabled(session, id, *change.disabled, manager.account, manager.administrator);
            auto after = account_with(session, id);
            const bool leaves = after.disabled && !before.disabled;
            if (leaves || after.position != before.position) {
                withdraw_links_of(session, id, session.now());
                withdraw_api_keys_of(session, id, session.now());
                told_.withdraw(session, end_sessions_of(session, id, leaves ? "DISABLED" : "CHANGED", 0));
            }
            return after;
        });
}

}  // namespace shanhai::identity
