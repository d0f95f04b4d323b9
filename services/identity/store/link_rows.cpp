#include "identity/store/link_rows.hpp"

#include "chassis/database/stored_name.hpp"
#include "identity/store/account_rows.hpp"

namespace shanhai::identity {
namespace {

using database::Literal;
using database::Rows;
using database::Session;
using database::stored_name;

const std::string columns =
    "SELECT link_id, purpose, COALESCE(organisation_id, 0), position, COALESCE(account_id, 0), made_by, "
    "made_at, expires_at, used_at, withdrawn_at, COALESCE(role, 'merchant') FROM link ";

Link link_of(const Rows& rows) {
    Link link{.id = rows.id<LinkId>(0),
              .purpose = stored_name<LinkPurpose>(rows.text(1)),
              .house = rows.id<OrganisationId>(2),
              .role = stored_name<Role>(rows.text(10)),
              .position = std::nullopt,
              .account = rows.id<AccountId>(4),
              .made_by = rows.id<AccountId>(5),
              .made = rows.instant(6),
              .expires = rows.instant(7),
              .used = rows.optional_instant(8),
              .withdrawn = rows.optional_instant(9)};
    if (const auto position = rows.optional_text(3)) link.position = stored_name<Position>(*position);
    return link;
}

std::optional<Link> first_of(Rows rows) { return rows.next() ? std::optional{link_of(rows)} : std::nullopt; }

template <class Id>
std::optional<Id> unless_nobody(Id id) {
    return id == Id{} ? std::nullopt : std::optional{id};
}

}  // namespace

LinkId insert_link(Session& session, const Link& link, const std::string& token_hash) {
    const bool invites = link.purpose == LinkPurpose::invitation;
    const auto role = invites ? std::optional{std::string{wire_name(link.role)}} : std::nullopt;
    session.execute(
        "INSERT INTO link (purpose, token_hash, organisation_id, role, position, account_id, made_by, "
        "made_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        wire_name(link.purpose), Literal::bytes(token_hash), unless_nobody(link.house), role,
        position_name(link.position), unless_nobody(link.account), link.made_by, link.made, link.expires);
    return LinkId{session.last_insert_id()};
}

std::optional<Link> hold_link(Session& session, LinkPurpose purpose, const std::string& token_hash) {
    return first_of(session.query(columns + "WHERE purpose = ? AND token_hash = ? FOR UPDATE",
                                  wire_name(purpose), Literal::bytes(token_hash)));
}

std::optional<Link> hold_link(Session& session, LinkId id) {
    return first_of(session.query(columns + "WHERE link_id = ? FOR UPDATE", id));
}

std::vector<Link> list_invitations(Session& session, std::optional<OrganisationId> house, LinkId after,
                                   std::size_t count) {
    std::string where = "WHERE purpose = 'INVITATION' AND link_id > " + Literal{after}.text();
    if (house) where += " AND organisation_id = " + Literal{*house}.text();
    std::vector<Link> found;
    auto rows = session.ask(columns + where + " ORDER BY link_id LIMIT " + Literal{count}.text());
    while (rows.next()) found.push_back(link_of(rows));
    return found;
}

std::int64_t open_invitations(Session& session, OrganisationId house, Instant at) {
    auto rows = session.query(
        "SELECT COUNT(*) FROM link WHERE organisation_id = ? AND purpose = 'INVITATION' AND used_at IS NULL "
        "AND withdrawn_at IS NULL AND expires_at > ?",
        house, at);
    rows.next();
    return rows.integer(0);
}

void use_link(Session& session, LinkId id, AccountId account, Instant at) {
    session.execute("UPDATE link SET used_at = ?, account_id = ? WHERE link_id = ?", at, account, id);
}

void withdraw_link(Session& session, LinkId id, Instant at) {
    session.execute("UPDATE link SET withdrawn_at = ? WHERE link_id = ?", at, id);
}

void withdraw_resets(Session& session, AccountId account, Instant at) {
    session.execute(
        "UPDATE link SET withdrawn_at = ? WHERE account_id = ? AND purpose = 'RESET' AND used_at IS NULL "
        "AND withdrawn_at IS NULL",
        at, account);
}

void withdraw_links_of(Session& session, AccountId account, Instant at) {
    withdraw_resets(session, account, at);
    session.execute(
        "UPDATE link SET withdrawn_at = ? WHERE made_by = ? AND used_at IS NULL AND withdrawn_at IS NULL "
        "AND expires_at > ?",
        at, account, at);
}

std::int64_t hold_other_owners(Session& session, OrganisationId house, AccountId but) {
    auto rows = session.query(
        "SELECT account_id, disabled = 0 AND password_until IS NULL FROM account "
        "WHERE organisation_id = ? AND position = 'OWNER' ORDER BY account_id FOR UPDATE",
        house);
    std::int64_t others = 0;
    while (rows.next()) others += rows.id<AccountId>(0) != but && rows.integer(1) != 0 ? 1 : 0;
    return others;
}

void write_position(Session& session, AccountId id, Position position) {
    session.execute("UPDATE account SET position = ? WHERE account_id = ?", position_name(position), id);
}

}  // namespace shanhai::identity
