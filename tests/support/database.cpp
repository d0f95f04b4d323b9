#include "support/database.hpp"

#include "support/servers.hpp"

#include <unistd.h>
#include <atomic>
#include <cstdio>
#include <stdexcept>

namespace shanhai::support {
namespace {

std::string unique_name() {
    static std::atomic<int> count = 0;
    return "test_" + std::to_string(::getpid()) + '_' + std::to_string(unix_microseconds(now())) + '_' +
           std::to_string(++count);
}

database::PoolOptions root() {
    database::PoolOptions options;
    options.socket = shared_server("SHANHAI_TEST_SQL_SOCKET");
    options.port = static_cast<std::uint16_t>(std::stoi(shared_server("SHANHAI_TEST_SQL_PORT")));
    options.user = "root";
    options.threads = 1;
    options.outbox_keys = fact_keys();
    return options;
}

/// Runs work that throws by itself when it cannot do it.
void must(database::Pool& pool, const std::string& what,
          const std::function<void(database::Session&)>& work) {
    std::string reason;
    const auto done = pool.transact_blocking([&](database::Session& session) -> Result<Done> {
        try {
            work(session);
        } catch (const std::exception& error) {
            reason = error.what();
            throw;
        }
        return Done{};
    });
    if (!done) throw std::runtime_error{what + ": " + done.error().message() + ' ' + reason};
}

}  // namespace

Database::Database() : options_{root()} {
    const auto name = unique_name();
    database::Pool admin{options_};
    must(admin, "creating a schema", [&](database::Session& session) {
        session.run("CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
    });
    options_.schema = name;
    pool_ = std::make_unique<database::Pool>(options_);
    options_.threads = 2;
}

Database::Database(const database::Schema& schema) : Database{} {
    const auto done = database::migrate(*pool_, schema, std::chrono::seconds{30});
    if (!done) throw std::runtime_error{"cannot migrate: " + done.error().message()};
}

Database::~Database() {
    try {
        kill_other_connections();  // One that is left with an open transaction would keep us waiting.
        run("DROP DATABASE " + options_.schema);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "a test's schema stays: %s\n", error.what());
    }
}

void Database::run(const std::string& sql) {
    must(*pool_, sql, [&](database::Session& session) { session.run(sql); });
}

std::string Database::text(const std::string& sql) {
    std::string value;
    must(*pool_, sql, [&](database::Session& session) {
        auto rows = session.query(sql);
        if (!rows.next()) throw std::runtime_error{"no row"};
        value = rows.text(0);
    });
    return value;
}

std::int64_t Database::number(const std::string& sql) { return std::stoll(text(sql)); }

void Database::kill_other_connections() {
    must(*pool_, "killing connections", [&](database::Session& session) {
        auto rows = session.query(
            "SELECT id FROM information_schema.processlist WHERE db = ? AND id <> CONNECTION_ID()",
            options_.schema);
        while (rows.next()) {
            try {
                session.run("KILL " + rows.text(0));
            } catch (const database::SqlError& error) {
                if (error.code() != 1094) throw;  // It ended by itself.
            }
        }
    });
}

}  // namespace shanhai::support
