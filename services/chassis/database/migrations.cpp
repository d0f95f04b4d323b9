#include "chassis/database/migrations.hpp"

#include "chassis/database/schema.hpp"
#include "chassis/observe/log.hpp"
#include "chassis/security/crypto.hpp"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <stop_token>
#include <thread>

namespace shanhai::database {
namespace {

constexpr std::chrono::seconds lease_length{30};
constexpr std::chrono::seconds renewal{10};
constexpr std::chrono::milliseconds look_again{200};
/// Changing a big table takes as long as it takes.
constexpr std::chrono::seconds statement_limit{3600};

Result<Done> run(Pool& pool, const std::string& statement) {
    return pool.transact_blocking([&statement](Session& session) -> Result<Done> {
        session.run(statement);
        return Done{};
    });
}

Error lease_lost() {
    return {Failure::unavailable, "migration-elsewhere", "Another process took over migrating this schema."};
}

/// Takes or renews the lease: one statement, by the database's clock. False while somebody else has it.
Result<bool> hold_lease(Pool& pool, const std::string& holder) {
    return pool.transact_blocking([&holder](Session& session) -> Result<bool> {
        // Assignments take effect from left to right: expires_at moves only for who holds the row now.
        session.execute(
            "INSERT INTO lease (name, holder, expires_at) VALUES"
            " ('migration', ?, UTC_TIMESTAMP(6) + INTERVAL ? SECOND)"
            " ON DUPLICATE KEY UPDATE"
            " holder = IF(expires_at < UTC_TIMESTAMP(6), VALUES(holder), holder),"
            " expires_at = IF(holder = VALUES(holder), VALUES(expires_at), expires_at)",
            holder, lease_length.count());
        auto rows = session.query("SELECT holder FROM lease WHERE name = 'migration'");
        return rows.next() && rows.text(0) == holder;
    });
}

/// Keeps the lease while it lives, and gives it back.
class Lease {
public:
    Lease(Pool& pool, std::string holder)
        : pool_{pool}, holder_{std::move(holder)}, renewer_{[this](const std::stop_token& stop) {
              renew(stop);
          }} {}
    ~Lease() {
        renewer_.request_stop();
        renewer_.join();
        (void)pool_.transact_blocking([this](Session& session) -> Result<Done> {
            session.execute("DELETE FROM lease WHERE name = 'migration' AND holder = ?", holder_);
            return Done{};
        });
    }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    /// Asks the database: a process that slept too long has lost it without noticing.
    Result<Done> check() const {
        const auto renewed = hold_lease(pool_, holder_);
        if (!renewed) return renewed.error();
        return *renewed ? Result<Done>{Done{}} : lease_lost();
    }

private:
    void renew(const std::stop_token& stop) {
        std::mutex mutex;
        std::unique_lock lock{mutex};
        std::condition_variable_any waiting;
        while (!stop.stop_requested()) {
            waiting.wait_for(lock, stop, renewal, [] { return false; });
            if (!stop.stop_requested()) (void)hold_lease(pool_, holder_);
        }
    }

    Pool& pool_;
    std::string holder_;
    std::jthread renewer_;
};

/// Hashes under which a file was applied before it was rewritten to the same effect: its lines "--
/// released-as: <sha256>".
std::vector<std::string> earlier_hashes(const std::string& sql) {
    constexpr std::string_view mark = "-- released-as: ";
    std::vector<std::string> hashes;
    for (auto at = sql.find(mark); at != std::string::npos; at = sql.find(mark, at + mark.size())) {
        hashes.push_back(sql.substr(at + mark.size(), sql.find('\n', at) - at - mark.size()));
    }
    return hashes;
}

/// The recorded hash of a file, or nothing when it was not applied (to its end) yet.
Result<std::optional<std::string>> applied_hash(Pool& pool, const std::string& name) {
    using Hash = std::optional<std::string>;
    return pool.transact_blocking([&name](Session& session) -> Result<Hash> {
        auto rows = session.query("SELECT sha256 FROM migration WHERE name = ?", name);
        return rows.next() ? Hash{rows.text(0)} : Hash{};
    });
}

Result<Done> record(Pool& pool, const std::string& name, const std::string& hash) {
    return pool.transact_blocking([&](Session& session) -> Result<Done> {
        session.execute(
            "INSERT INTO migration (name, sha256, applied_at) VALUES (?, ?, UTC_TIMESTAMP(6))"
            " ON DUPLICATE KEY UPDATE sha256 = VALUES(sha256)",
            name, hash);
        return Done{};
    });
}

Result<Done> apply(Pool& pool, const Migration& migration, const Lease& lease) {
    const auto hash = security::hex(security::sha256(migration.sql));
    const auto before = applied_hash(pool, migration.name);
    if (!before) return before.error();
    if (*before && std::ranges::count(earlier_hashes(migration.sql), **before) > 0) {
        const auto held = lease.check();
        return held ? record(pool, migration.name, hash) : held;
    }
    if (*before && **before != hash) {
        return Error{Failure::internal, "migration-changed",
                     "Migration " + migration.name + " was edited after it had been applied."};
    }
    if (*before) return Done{};
    for (const auto& statement : statements_of(migration.sql)) {
        auto done = lease.check();
        if (done) done = run(pool, statement);
        if (!done) {
            observe::log_error("migration-failed", migration.name + ": " + statement);
            return done;
        }
    }
    if (const auto held = lease.check(); !held) return held;
    observe::log_info("migration-applied", pool.options().schema + ": " + migration.name);
    return record(pool, migration.name, hash);
}

/// The tables that have columns which compare texts otherwise, each with the clauses that change that.
Result<std::map<std::string, std::string>> folding_tables(Pool& pool) {
    using Tables = std::map<std::string, std::string>;
    return pool.transact_blocking([](Session& session) -> Result<Tables> {
        Tables tables;
        auto rows = session.query(
            "SELECT table_name, column_name, column_type, character_set_name, is_nullable, column_default"
            " FROM information_schema.columns WHERE table_schema = DATABASE() AND collation_name IS NOT NULL"
            " AND collation_name NOT LIKE '%\\_bin' AND is_generated = 'NEVER' ORDER BY table_name, "
            "column_name");
        while (rows.next()) {
            auto& clauses = tables[rows.text(0)];
            const auto set = rows.text(3);
            clauses += clauses.empty() ? "" : ", ";
            clauses += "MODIFY `" + rows.text(1) + "` " + rows.text(2) + " CHARACTER SET " + set +
                       " COLLATE " + set + "_bin" + (rows.text(4) == "YES" ? " NULL" : " NOT NULL");
            if (const auto otherwise = rows.optional_text(5)) clauses += " DEFAULT " + *otherwise;
        }
        return tables;
    });
}

/// Every text is compared byte by byte, also in schemas made when the server's collation decided: one that
/// folds takes two names that differ in a rare character for the same (𠮷 and 𡈽 are equal in
/// utf8mb4_general_ci).
Result<Done> compare_texts_by_bytes(Pool& pool, const Lease& lease) {
    const auto tables = folding_tables(pool);
    if (!tables) return tables.error();
    for (const auto& [table, clauses] : *tables) {
        auto done = lease.check();
        if (done) {
            done = run(pool,
                       "ALTER TABLE `" + table + "` DEFAULT CHARSET utf8mb4 COLLATE utf8mb4_bin, " + clauses);
        }
        if (!done) return done;
        observe::log_info("texts-compare-by-bytes", pool.options().schema + ": " + table);
    }
    return Done{};
}

/// What migrating itself stands on. Creating tables that exist is harmless, from any number of processes.
Result<Done> prepare(Pool& pool) {
    const auto leases = run(
        pool,
        "CREATE TABLE IF NOT EXISTS lease ("
        "name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,"
        "holder VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,"
        "expires_at DATETIME(6) NOT NULL) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin");
    if (!leases) return leases;
    return run(
        pool,
        "CREATE TABLE IF NOT EXISTS migration ("
        "name VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,"
        "sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,"
        "applied_at DATETIME(6) NOT NULL) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin");
}

/// Tries until it works or `patience` is over, as long as the database is merely not there.
template <class Try>
auto patiently(std::chrono::steady_clock::time_point deadline, Try attempt) {
    auto result = attempt();
    while (!result && result.error().kind() == Failure::unavailable &&
           std::chrono::steady_clock::now() < deadline) {
        std::this_thread::sleep_for(look_again);
        result = attempt();
    }
    return result;
}

Result<Done> await_lease(Pool& pool, const std::string& holder,
                         std::chrono::steady_clock::time_point deadline) {
    for (;;) {
        const auto held = patiently(deadline, [&] { return hold_lease(pool, holder); });
        if (!held) return held.error();
        if (*held) return Done{};
        if (std::chrono::steady_clock::now() > deadline) {
            return Error{Failure::unavailable, "migration-elsewhere",
                         "Another process has been migrating this schema for too long."};
        }
        std::this_thread::sleep_for(look_again);
    }
}

}  // namespace

// Statements end with ';' at the end of a line. Lines of comment alone are left out.
std::vector<std::string> statements_of(const std::string& sql) {
    std::vector<std::string> statements;
    std::string statement;
    for (std::size_t at = 0; at < sql.size();) {
        const auto end = std::min(sql.find('\n', at), sql.size());
        std::string line = sql.substr(at, end - at);
        at = end + 1;
        line.erase(line.find_last_not_of(" \t\r") + 1);
        if (line.empty() || line.substr(line.find_first_not_of(" \t")).starts_with("--")) continue;
        const bool last = line.ends_with(';');
        if (last) line.pop_back();
        statement += line + '\n';
        if (last) statements.push_back(std::exchange(statement, {}));
    }
    if (!statement.empty()) statements.push_back(statement);
    return statements;
}

Result<Done> migrate(Pool& pool, const Schema& schema, std::chrono::seconds patience) {
    auto options = pool.options();
    options.threads = 1;
    if (!options.owner_user.empty()) {
        options.user = options.owner_user;
        options.password = options.owner_password;
    }
    options.io_timeout = statement_limit;
    options.vitals = nullptr;  // Changing a table may take minutes; nobody is served yet.
    Pool own{options};
    const auto deadline = std::chrono::steady_clock::now() + patience;
    const auto prepared = patiently(deadline, [&] { return prepare(own); });
    if (!prepared) return prepared;
    const auto holder = security::hex(security::random_bytes(16));
    // Somebody else's lease may have to run out first, when that process died.
    const auto held = await_lease(own, holder, std::max(deadline, deadline - patience + 2 * lease_length));
    if (!held) return held;
    const Lease lease{own, holder};
    auto all = chassis_schema();
    all.insert(all.end(), schema.begin(), schema.end());
    for (const auto& migration : all) {
        const auto done = apply(own, migration, lease);
        if (!done) return done;
    }
    return compare_texts_by_bytes(own, lease);
}

Result<std::uint64_t> reserve_numbers(Session& session, const std::string& name, std::uint64_t count) {
    if (count == 0) return invalid_field("", "at least one number must be reserved");
    session.execute(
        "INSERT INTO sequence (name, next) VALUES (?, 1 + ?) ON DUPLICATE KEY UPDATE next = next + ?", name,
        count, count);
    // The row is locked by now, so it holds what this transaction made of it.
    auto rows = session.query("SELECT next FROM sequence WHERE name = ?", name);
    rows.next();
    return rows.natural(0) - count;
}

}  // namespace shanhai::database
