#include "chassis/security/crypto.hpp"
#include "identity/store/account_rows.hpp"
#include "identity/store/factor_rows.hpp"
#include "identity/store/mysql_identity_store.hpp"

#include <algorithm>

namespace shanhai::identity {
namespace {

using database::Literal;
using database::Session;

Literal digest(std::string_view text) { return Literal::bytes(security::sha256(text)); }

/// What a limit counts: no address and no login is kept as it is.
std::string subject_of(const RateLimit& limit, const Login& login, const std::string& address) {
    if (limit.name == address_limit.name) return address;
    if (limit.name == account_limit.name) return login.text();
    return login.text() + '\n' + address;
}

/// What one limit makes of an attempt, and how its row would be left.
struct Counted {
    std::string subject;
    RateWindow window;
    Allowance allowance;
};

/// Looks at one subject's row and keeps it locked.
Counted look_at(Session& session, const RateLimit& limit, std::string subject, Instant at) {
    session.execute(
        "INSERT INTO login_window (scope, subject, started_at, attempts) VALUES (?, ?, ?, 0)"
        " ON DUPLICATE KEY UPDATE attempts = attempts",
        limit.name, digest(subject), at);
    auto rows = session.query(
        "SELECT started_at, attempts FROM login_window WHERE scope = ? AND subject = ? FOR UPDATE",
        limit.name, digest(subject));
    rows.next();
    RateWindow window{rows.instant(0), rows.integer(1)};
    auto allowance = count_attempt(limit, window, at);
    return {std::move(subject), window, std::move(allowance)};
}

void write(Session& session, const Counted& counted) {
    session.execute("UPDATE login_window SET started_at = ?, attempts = ? WHERE scope = ? AND subject = ?",
                    counted.window.started, counted.window.attempts, counted.allowance.limit.name,
                    digest(counted.subject));
}

bool signed_in_from(Session& session, AccountId id, const std::string& address) {
    return session
        .query("SELECT 1 FROM login_address WHERE account_id = ? AND address = ?", id, digest(address))
        .next();
}

}  // namespace

IdentityStore::Answer<LoginAttempt> MysqlIdentityStore::begin_login(Login login, std::string address) {
    auto work = [login = std::move(login), address = std::move(address)](Session& session) {
        const auto at = session.now();
        LoginAttempt attempt;
        auto row = find_account(session, login);
        attempt.known_address = row && signed_in_from(session, row->account.id, address);
        // Always in one order: two attempts that share rows lock them so. And none is counted before all
        // admit it: what one limit refuses would else use up the others of everybody behind that address.
        std::vector<Counted> all;
        for (const auto& limit : limits_of(attempt.known_address)) {
            all.push_back(look_at(session, limit, subject_of(limit, login, address), at));
            attempt.allowances.push_back(all.back().allowance);
            attempt.admitted = all.back().allowance.admitted;
            if (!attempt.admitted) return Result<LoginAttempt>{std::move(attempt)};
        }
        for (const auto& counted : all) write(session, counted);
        if (row) {
            attempt.account = std::move(row->account);
            attempt.password_hash = std::move(row->password_hash);
        }
        return Result<LoginAttempt>{std::move(attempt)};
    };
    co_return co_await pool_.transact(std::move(work));
}

IdentityStore::Answer<Done> MysqlIdentityStore::forget_attempt(Login login, std::string address,
                                                               bool known_address) {
    auto work = [login = std::move(login), address = std::move(address),
                 known_address](Session& session) -> Result<Done> {
        for (const auto& limit : limits_of(known_address)) {
            session.execute(
                "UPDATE login_window SET attempts = attempts - 1 WHERE scope = ? AND subject = ? AND "
                "attempts > 0",
                limit.name, digest(subject_of(limit, login, address)));
        }
        return Done{};
    };
    co_return co_await pool_.transact(std::move(work));
}

IdentityStore::Answer<FactorAttempt> MysqlIdentityStore::try_second_factor(AccountId id, TypedCode code) {
    auto work = [this, id, code = std::move(code)](Session& session) -> Result<FactorAttempt> {
        const auto at = session.now();
        auto counted = look_at(session, second_factor_limit, std::to_string(number(id)), at);
        FactorAttempt attempt{counted.allowance, false};
        if (!attempt.allowance.admitted) return attempt;
        attempt.right = take_code(session, vault_, id, code, at);
        // The owner's typing errors before the right code do not count.
        if (attempt.right) counted.window.attempts = 0;
        write(session, counted);
        return attempt;
    };
    co_return co_await pool_.transact(std::move(work));
}

void forgive_attempts(Session& session, const Account& account, const std::string& address, Instant at) {
    const auto login = *Login::parse(account.login);
    const bool known = signed_in_from(session, account.id, address);
    for (const auto& limit : limits_of(known)) {
        // The owner's typing errors before the right password do not count; a stranger's elsewhere do.
        const bool own = limit.name == login_limit.name;
        session.execute(
            own ? "UPDATE login_window SET attempts = 0 WHERE scope = ? AND subject = ?"
                : "UPDATE login_window SET attempts = attempts - 1 WHERE scope = ? AND subject = ?"
                  " AND attempts > 0",
            limit.name, digest(subject_of(limit, login, address)));
    }
    session.execute(
        "INSERT INTO login_address (account_id, address, last_at) VALUES (?, ?, ?)"
        " ON DUPLICATE KEY UPDATE last_at = VALUES(last_at)",
        account.id, digest(address), at);
}

}  // namespace shanhai::identity
