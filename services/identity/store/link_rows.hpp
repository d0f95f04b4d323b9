#pragma once

#include "chassis/database/session.hpp"
#include "identity/domain/team.hpp"

#include <optional>
#include <string>
#include <vector>

namespace shanhai::identity {

/// `token_hash`: 32 bytes. Of `link` what is said when it is made: purpose, whose, by whom, from when until
/// when.
LinkId insert_link(database::Session& session, const Link& link, const std::string& token_hash);
/// Locked.
std::optional<Link> hold_link(database::Session& session, LinkPurpose purpose, const std::string& token_hash);
std::optional<Link> hold_link(database::Session& session, LinkId id);
std::vector<Link> list_invitations(database::Session& session, std::optional<OrganisationId> house,
                                   LinkId after, std::size_t count);
std::int64_t open_invitations(database::Session& session, OrganisationId house, Instant at);
void use_link(database::Session& session, LinkId id, AccountId account, Instant at);
void withdraw_link(database::Session& session, LinkId id, Instant at);
/// All that still open the account's password.
void withdraw_resets(database::Session& session, AccountId account, Instant at);
/// All that this account made and that are open, and those that open its password: of somebody who was
/// disabled, or is something else now, or works elsewhere.
void withdraw_links_of(database::Session& session, AccountId account, Instant at);

/// The accounts of a house that are in these roles and in no other, disabled ones too, in the order of their
/// ids: the operator's has administrators, whose logins are not its clerks' to know.
std::vector<Account> members_of(database::Session& session, OrganisationId house,
                                const std::vector<Role>& roles, AccountId after, std::size_t count);
/// Owners of a house who can sign in, but for one; all owners are locked, always in one order.
std::int64_t hold_other_owners(database::Session& session, OrganisationId house, AccountId but);
void write_position(database::Session& session, AccountId id, Position position);

}  // namespace shanhai::identity
