#pragma once

#include "chassis/database/migrations.hpp"
#include "chassis/database/pool.hpp"

#include <cstdint>
#include <string>

namespace shanhai::support {

/// A schema of its own on the shared test MariaDB, empty or migrated; dropped at the end. Close the pools
/// that use it before.
class Database {
public:
    Database();
    /// Migrates it, with the chassis's own tables.
    explicit Database(const database::Schema& schema);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// User root, over the unix socket; two threads.
    const database::PoolOptions& options() const { return options_; }
    /// Runs one statement and commits it. Throws std::runtime_error when that fails.
    void run(const std::string& sql);
    /// The first column of the first row of a query; throws when there is none.
    std::int64_t number(const std::string& sql);
    std::string text(const std::string& sql);
    /// As if the network had failed: every connection to this schema ends, but for our own.
    void kill_other_connections();

private:
    database::PoolOptions options_;
    std::unique_ptr<database::Pool> pool_;
};

}  // namespace shanhai::support
