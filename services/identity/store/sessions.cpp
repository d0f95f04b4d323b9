#include "chassis/security/crypto.hpp"
#include "identity/store/account_rows.hpp"
#include "identity/store/mysql_identity_store.hpp"

#include <algorithm>

namespace shanhai::identity {
namespace {

using database::Literal;
using database::Session;

constexpr std::size_t token_size = 32;
constexpr std::chrono::days token_life{30};
constexpr int forgotten_max = 5000;  // At once, so that a sweep locks nothing for long.

Literal digest(std::string_view text) { return Literal::bytes(security::sha256(text)); }

Error refresh_invalid() {
    return Error{Failure::unauthenticated, "refresh-invalid", "this session has ended; sign in again"};
}
Error refresh_reused() {
    return Error{Failure::unauthenticated, "refresh-reused",
                 "this refresh token was used before, so the session has been ended; sign in again"};
}

/// Counts an attempt of one subject while its row is locked.
Allowance count(Session& session, const RateLimit& limit, std::string_view subject, Instant at) {
    session.execute(
        "INSERT INTO login_window (scope, subject, started_at, attempts) VALUES (?, ?, ?, 0)"
        " ON DUPLICATE KEY UPDATE attempts = attempts",
        limit.name, digest(subject), at);
    auto rows = session.query(
        "SELECT started_at, attempts FROM login_window WHERE scope = ? AND subject = ? FOR UPDATE",
        limit.name, digest(subject));
    rows.next();
    RateWindow window{rows.instant(0), rows.integer(1)};
    const auto allowance = count_attempt(limit, window, at);
    session.execute("UPDATE login_window SET started_at = ?, attempts = ? WHERE scope = ? AND subject = ?",
                    window.started, window.attempts, limit.name, digest(subject));
    return allowance;
}

/// An attempt that turned out to be the owner's does not count, nor do the owner's typing errors before it.
void forgive(Session& session, std::string_view login, std::string_view address) {
    session.execute(
        "UPDATE login_window SET attempts = attempts - 1 WHERE scope = ? AND subject = ? AND attempts > 0",
        address_limit.name, digest(address));
    session.execute("UPDATE login_window SET attempts = 0 WHERE scope = ? AND subject = ?", login_limit.name,
                    digest(login));
}

std::string issue_token(Session& session, std::uint64_t session_id, Instant at) {
    auto token = security::base64url(security::random_bytes(token_size));
    session.execute(
        "INSERT INTO refresh_token (token_hash, session_id, issued_at, expires_at) VALUES (?, ?, ?, ?)",
        digest(token), session_id, at, at + token_life);
    return token;
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
    bool usable = false;  ///< Neither expired nor of an ended session.
    bool used = false;
};

std::optional<Held> hold(Session& session, std::string_view token, Instant at) {
    auto rows = session.query(
        "SELECT s.session_id, s.account_id, s.ended_at, t.expires_at, t.used_at FROM refresh_token t"
        " JOIN session s ON s.session_id = t.session_id WHERE t.token_hash = ? FOR UPDATE",
        digest(token));
    if (!rows.next()) return std::nullopt;
    return Held{rows.natural(0), rows.id<AccountId>(1), rows.null(2) && at < rows.instant(3), !rows.null(4)};
}

/// What a rotation came to. Not a Result: a reuse is an error that must be committed.
struct Rotation {
    std::optional<SignedIn> signed_in;
    bool reused = false;
};

Rotation rotate_held(Session& session, std::string_view token) {
    Rotation rotation;
    const auto at = session.database_now();
    const auto held = hold(session, token, at);
    if (!held || !held->usable) return rotation;
    if (held->used) {
        end(session, held->session_id, "REUSED", at);
        rotation.reused = true;
        return rotation;
    }
    auto row = find_account(session, held->account);
    if (!row) return rotation;
    session.execute("UPDATE refresh_token SET used_at = ? WHERE token_hash = ?", at, digest(token));
    rotation.signed_in = SignedIn{std::move(row->account), issue_token(session, held->session_id, at), at};
    return rotation;
}

}  // namespace

IdentityStore::Answer<LoginAttempt> MysqlIdentityStore::begin_login(Login login, std::string address) {
    auto work = [login = std::move(login), address = std::move(address)](Session& session) {
        const auto at = session.database_now();
        LoginAttempt attempt;
        // Always the address first: two attempts that share both rows lock them in one order.
        attempt.allowances.push_back(count(session, address_limit, address, at));
        attempt.admitted = attempt.allowances.back().admitted;
        if (!attempt.admitted) return Result<LoginAttempt>{std::move(attempt)};
        attempt.allowances.push_back(count(session, login_limit, login.text(), at));
        attempt.admitted = attempt.allowances.back().admitted;

        if (auto row = find_account(session, login)) {
            attempt.account = std::move(row->account);
            attempt.password_hash = std::move(row->password_hash);
        }
        return Result<LoginAttempt>{std::move(attempt)};
    };
    co_return co_await pool_.transact(std::move(work));
}

IdentityStore::Answer<SignedIn> MysqlIdentityStore::start_session(Account account, std::string address) {
    auto work = [account = std::move(account),
                 address = std::move(address)](Session& session) -> Result<SignedIn> {
        auto enabled = session.query(
            "SELECT 1 FROM account WHERE account_id = ? AND disabled = 0 LOCK IN SHARE MODE", account.id);
        if (!enabled.next()) return login_failed();
        const auto at = session.database_now();
        forgive(session, account.login, address);
        session.execute("INSERT INTO session (account_id, started_at) VALUES (?, ?)", account.id, at);
        const auto session_id = session.last_insert_id();
        return SignedIn{account, issue_token(session, session_id, at), at};
    };
    co_return co_await pool_.transact(std::move(work));
}

IdentityStore::Answer<SignedIn> MysqlIdentityStore::rotate(std::string refresh_token) {
    auto work = [token = std::move(refresh_token)](Session& session) -> Result<Rotation> {
        return rotate_held(session, token);
    };
    auto rotation = co_await pool_.transact(std::move(work));
    if (!rotation) co_return rotation.error();
    if (rotation->reused) co_return refresh_reused();
    if (!rotation->signed_in) co_return refresh_invalid();
    co_return std::move(*rotation->signed_in);
}

IdentityStore::Answer<Done> MysqlIdentityStore::end_session(std::string refresh_token) {
    auto work = [token = std::move(refresh_token)](Session& session) -> Result<Done> {
        const auto at = session.database_now();
        if (const auto held = hold(session, token, at)) end(session, held->session_id, "LOGOUT", at);
        return Done{};
    };
    co_return co_await pool_.transact(std::move(work));
}

Result<Done> MysqlIdentityStore::forget_expired() {
    return pool_.transact_blocking([](Session& session) -> Result<Done> {
        const auto at = session.database_now();
        const auto window = std::max(login_limit.length, address_limit.length);
        session.execute("DELETE FROM refresh_token WHERE expires_at < ? ORDER BY expires_at LIMIT ?", at,
                        forgotten_max);
        session.execute("DELETE FROM login_window WHERE started_at < ? ORDER BY started_at LIMIT ?",
                        at - window, forgotten_max);
        return Done{};
    });
}

}  // namespace shanhai::identity
