#include "chassis/security/crypto.hpp"
#include "identity/store/account_rows.hpp"
#include "identity/store/mysql_identity_store.hpp"

#include <algorithm>

namespace shanhai::identity {
namespace {

using database::Literal;
using database::Session;

constexpr std::size_t token_size = 32;
constexpr int forgotten_max = 5000;  // At once, so that a sweep locks nothing for long.

Literal digest(std::string_view text) { return Literal::bytes(security::sha256(text)); }

Error refresh_invalid() {
    return Error{Failure::unauthenticated, "refresh-invalid", "this session has ended; sign in again"};
}
Error refresh_reused() {
    return Error{Failure::unauthenticated, "refresh-reused",
                 "this refresh token was used before, so the session has been ended; sign in again"};
}

/// Who a client is, for telling a second tab from a thief.
std::string client_digest(const Client& client) {
    return security::sha256(client.address + '\n' + client.agent);
}

void store_token(Session& session, const std::string& token, std::uint64_t session_id, Instant at,
                 Instant until) {
    session.execute(
        "INSERT INTO refresh_token (token_hash, session_id, issued_at, expires_at) VALUES (?, ?, ?, ?)",
        digest(token), session_id, at, until);
}

void end(Session& session, std::uint64_t session_id, const char* reason, Instant at) {
    session.execute(
        "UPDATE session SET ended_at = ?, end_reason = ? WHERE session_id = ? AND ended_at IS NULL", at,
        reason, session_id);
}

/// A refresh token and its session, locked.
struct Held {
    std::uint64_t session_id = 0;
    AccountId account{};
    Instant started{};
    bool ended = false;
    Instant expires{};
    std::optional<Instant> used;
    std::string used_by;
};

std::optional<Held> hold(Session& session, std::string_view token) {
    auto rows = session.query(
        "SELECT s.session_id, s.account_id, s.started_at, s.ended_at, t.expires_at, t.used_at, t.used_by"
        " FROM refresh_token t JOIN session s ON s.session_id = t.session_id WHERE t.token_hash = ? FOR "
        "UPDATE",
        digest(token));
    if (!rows.next()) return std::nullopt;
    Held held{
        rows.natural(0), rows.id<AccountId>(1), rows.instant(2), !rows.null(3), rows.instant(4), {}, {}};
    if (!rows.null(5)) held.used = rows.instant(5);
    held.used_by = rows.optional_text(6).value_or("");
    return held;
}

/// What a rotation came to. Not a Result: a reuse is an error that must be committed.
struct Rotation {
    std::optional<SignedIn> signed_in;
    bool reused = false;
};

/// One refresh token's turn, inside a transaction.
class Turn {
public:
    Turn(Session& session, const SessionLife& life, std::string token, std::string successor,
         std::string client)
        : session_{session},
          life_{life},
          token_{std::move(token)},
          successor_{std::move(successor)},
          client_{std::move(client)},
          at_{session.now()} {}

    /// Nothing when the session is over.
    Rotation take(const Announcer& announcer) {
        Rotation rotation;
        // The account first, as everybody does who changes it and then ends its sessions.
        const auto account = account_of_token();
        auto row = account ? hold_account(session_, *account) : std::nullopt;
        const auto held = row ? hold(session_, token_) : std::nullopt;
        if (!held || held->ended) return rotation;
        until_ = held->started + life_.absolute;
        if (held->used && !repeated(*held)) {
            end(session_, held->session_id, "REUSED", at_);
            Withdrawal withdrawal;
            withdrawal.account = held->account;
            withdrawal.session = held->session_id;
            announcer.withdraw(session_, withdrawal);
            rotation.reused = true;
            return rotation;
        }
        if (at_ >= until_ || at_ >= held->expires) return rotation;
        if (!held->used) replace(*held);
        rotation.signed_in = SignedIn{std::move(row->account), successor_, at_, held->session_id, until_};
        return rotation;
    }

private:
    std::optional<AccountId> account_of_token() {
        auto rows = session_.query(
            "SELECT s.account_id FROM refresh_token t JOIN session s ON s.session_id = t.session_id"
            " WHERE t.token_hash = ?",
            digest(token_));
        return rows.next() ? std::optional{rows.id<AccountId>(0)} : std::nullopt;
    }
    bool repeated(const Held& held) const {
        return at_ < *held.used + life_.grace && held.used_by == client_ &&
               session_.query("SELECT 1 FROM refresh_token WHERE token_hash = ?", digest(successor_)).next();
    }
    void replace(const Held& held) {
        session_.execute("UPDATE refresh_token SET used_at = ?, used_by = ? WHERE token_hash = ?", at_,
                         Literal::bytes(client_), digest(token_));
        store_token(session_, successor_, held.session_id, at_, std::min(at_ + life_.idle, until_));
    }

    Session& session_;
    const SessionLife& life_;
    std::string token_;
    std::string successor_;
    std::string client_;
    Instant at_;
    Instant until_{};
};

}  // namespace

Withdrawal end_sessions_of(Session& session, AccountId id, const char* reason, std::uint64_t spared) {
    session.execute(
        "UPDATE session SET ended_at = ?, end_reason = ? WHERE account_id = ? AND ended_at IS NULL"
        " AND session_id <> ?",
        session.now(), reason, id, spared);
    auto rows = session.query(
        "SELECT COALESCE(MAX(session_id), 0) FROM session WHERE account_id = ? LOCK IN SHARE MODE", id);
    rows.next();
    Withdrawal withdrawal;
    withdrawal.account = id;
    withdrawal.through = rows.natural(0);
    withdrawal.spared = spared;
    return withdrawal;
}

IdentityStore::Answer<SignedIn> MysqlIdentityStore::start_session(Account account, std::string password_hash,
                                                                  Client client) {
    auto work = [this, id = account.id, hash = std::move(password_hash),
                 client = std::move(client)](Session& session) -> Result<SignedIn> {
        // As it is now: roles may have changed while the password was compared.
        auto row = hold_account(session, id);
        if (!row || row->password_hash != hash || row->account.password_temporary) return login_failed();
        const auto at = session.now();
        forgive_attempts(session, row->account, client.address, at);
        session.execute("INSERT INTO session (account_id, started_at) VALUES (?, ?)", id, at);
        const auto session_id = session.last_insert_id();
        const auto until = at + life_.absolute;
        auto token = security::base64url(security::random_bytes(token_size));
        store_token(session, token, session_id, at, std::min(at + life_.idle, until));
        return SignedIn{std::move(row->account), std::move(token), at, session_id, until};
    };
    co_return co_await pool_.transact(std::move(work));
}

IdentityStore::Answer<SignedIn> MysqlIdentityStore::rotate(std::string refresh_token, Client client) {
    auto work = [this, token = std::move(refresh_token), client = std::move(client)](Session& session) {
        // The successor follows from the token, so that it can be given twice without being stored.
        auto successor = security::base64url(security::hmac_sha256(successor_key_, token));
        Turn turn{session, life_, token, std::move(successor), client_digest(client)};
        return Result<Rotation>{turn.take(announcer_)};
    };
    auto rotation = co_await pool_.transact(std::move(work));
    if (!rotation) co_return rotation.error();
    if (rotation->reused) {
        announcer_.committed();
        co_return refresh_reused();
    }
    if (!rotation->signed_in) co_return refresh_invalid();
    co_return std::move(*rotation->signed_in);
}

IdentityStore::Answer<Done> MysqlIdentityStore::end_session(std::string refresh_token) {
    auto work = [this, token = std::move(refresh_token)](Session& session) -> Result<Done> {
        const auto held = hold(session, token);
        if (!held || held->ended) return Done{};
        end(session, held->session_id, "LOGOUT", session.now());
        Withdrawal withdrawal;
        withdrawal.account = held->account;
        withdrawal.session = held->session_id;
        announcer_.withdraw(session, withdrawal);
        return Done{};
    };
    co_return co_await announced<Done>(std::move(work));
}

IdentityStore::Answer<Done> MysqlIdentityStore::end_sessions(AccountId id) {
    auto work = [this, id](Session& session) -> Result<Done> {
        if (!hold_account(session, id)) return login_failed();
        announcer_.withdraw(session, end_sessions_of(session, id, "LOGOUT", 0));
        return Done{};
    };
    co_return co_await announced<Done>(std::move(work));
}

Result<Done> MysqlIdentityStore::forget_expired() {
    return pool_.transact_blocking([this](Session& session) -> Result<Done> {
        const auto at = session.now();
        // As long as its session may live, so that its second use is recognised.
        session.execute("DELETE FROM refresh_token WHERE expires_at < ? ORDER BY expires_at LIMIT ?",
                        at - life_.absolute, forgotten_max);
        // By the longest of the windows: what still counts is kept.
        session.execute("DELETE FROM login_window WHERE started_at < ? ORDER BY started_at LIMIT ?",
                        at - second_factor_limit.length, forgotten_max);
        session.execute("DELETE FROM login_address WHERE last_at < ? ORDER BY last_at LIMIT ?",
                        at - address_memory, forgotten_max);
        return Done{};
    });
}

}  // namespace shanhai::identity
