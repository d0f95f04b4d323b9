#include "identity/store/api_key_rows.hpp"

#include "chassis/database/lines.hpp"

namespace shanhai::identity {
namespace {

using database::Literal;
using database::Rows;
using database::Session;

const std::string columns =
    "k.key_id, k.organisation_id, k.name, k.prefix, k.scopes, k.made_by, k.made_at, k.expires_at, "
    "k.withdrawn_at, k.last_used_at";
const std::string held = "SELECT " + columns + ", COALESCE(k.session_id, 0) FROM api_key k ";

ApiKey key_of(const Rows& rows) {
    return {.id = rows.id<ApiKeyId>(0),
            .house = rows.id<OrganisationId>(1),
            .name = rows.text(2),
            .prefix = rows.text(3),
            .scopes = database::words_of(rows.text(4)),
            .made_by = rows.id<AccountId>(5),
            .made = rows.instant(6),
            .expires = rows.instant(7),
            .withdrawn = rows.optional_instant(8),
            .last_used = rows.optional_instant(9)};
}

/// The session that goes on, as it is now; locked behind its key.
std::uint64_t unless_ended(Session& session, std::uint64_t of_key) {
    auto rows = session.query(
        "SELECT session_id FROM session WHERE session_id = ? AND ended_at IS NULL FOR UPDATE", of_key);
    return rows.next() ? rows.natural(0) : 0;
}

std::optional<HeldApiKey> first_of(Session& session, Rows rows) {
    if (!rows.next()) return std::nullopt;
    HeldApiKey one{key_of(rows), rows.natural(10)};
    one.session = unless_ended(session, one.session);
    return one;
}

}  // namespace

ApiKeyId insert_api_key(Session& session, const ApiKey& key, const std::string& hash) {
    session.execute(
        "INSERT INTO api_key (organisation_id, name, prefix, key_hash, scopes, made_by, made_at, expires_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        key.house, key.name, key.prefix, Literal::bytes(hash), database::lines_of(key.scopes), key.made_by,
        key.made, key.expires);
    return ApiKeyId{session.last_insert_id()};
}

std::optional<AccountId> maker_of_api_key(Session& session, const std::string& hash) {
    auto rows = session.query("SELECT made_by FROM api_key WHERE key_hash = ?", Literal::bytes(hash));
    return rows.next() ? std::optional{rows.id<AccountId>(0)} : std::nullopt;
}

std::optional<HeldApiKey> hold_api_key(Session& session, const std::string& hash) {
    return first_of(session, session.query(held + "WHERE k.key_hash = ? FOR UPDATE", Literal::bytes(hash)));
}

std::optional<HeldApiKey> hold_api_key(Session& session, ApiKeyId id) {
    return first_of(session, session.query(held + "WHERE k.key_id = ? FOR UPDATE", id));
}

std::vector<ApiKey> list_api_keys(Session& session, std::optional<OrganisationId> house, ApiKeyId before,
                                  std::size_t count) {
    std::string where = "WHERE TRUE";
    if (before != ApiKeyId{}) where += " AND k.key_id < " + Literal{before}.text();
    if (house) where += " AND k.organisation_id = " + Literal{*house}.text();
    std::vector<ApiKey> found;
    auto rows = session.ask("SELECT " + columns + " FROM api_key k " + where +
                            " ORDER BY k.key_id DESC LIMIT " + Literal{count}.text());
    while (rows.next()) found.push_back(key_of(rows));
    return found;
}

std::int64_t active_api_keys(Session& session, OrganisationId house, Instant at) {
    auto rows = session.query(
        "SELECT COUNT(*) FROM api_key WHERE organisation_id = ? AND withdrawn_at IS NULL AND expires_at > ?",
        house, at);
    rows.next();
    return rows.integer(0);
}

std::uint64_t start_key_session(Session& session, const ApiKey& key, Instant at) {
    session.execute("INSERT INTO session (account_id, started_at) VALUES (?, ?)", key.made_by, at);
    const auto started = session.last_insert_id();
    session.execute("UPDATE api_key SET session_id = ? WHERE key_id = ?", started, key.id);
    return started;
}

void note_use(Session& session, ApiKeyId id, Instant at) {
    session.execute("UPDATE api_key SET last_used_at = ? WHERE key_id = ?", at, id);
}

std::optional<Withdrawal> withdraw_api_key(Session& session, const HeldApiKey& held_key, AccountId by,
                                           Instant at) {
    session.execute("UPDATE api_key SET withdrawn_at = ?, withdrawn_by = ? WHERE key_id = ?", at, by,
                    held_key.key.id);
    if (held_key.session == 0) return std::nullopt;
    session.execute("UPDATE session SET ended_at = ?, end_reason = 'LOGOUT' WHERE session_id = ?", at,
                    held_key.session);
    return Withdrawal{.account = held_key.key.made_by, .session = held_key.session};
}

void withdraw_api_keys_of(Session& session, AccountId account, Instant at) {
    session.execute(
        "UPDATE api_key SET withdrawn_at = ?, withdrawn_by = NULL WHERE made_by = ? AND withdrawn_at IS NULL",
        at, account);
}

}  // namespace shanhai::identity
