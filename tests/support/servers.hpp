#pragma once

#include "chassis/database/pool.hpp"
#include "chassis/events/relay.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace shanhai::support {

/// A folder of its own below that of the shared servers, removed at the end; scripts/lib/test-servers removes
/// what a crashed test left there, and ends its servers.
class PrivateFolder {
public:
    PrivateFolder();
    ~PrivateFolder();
    PrivateFolder(const PrivateFolder&) = delete;
    PrivateFolder& operator=(const PrivateFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// A MariaDB of the test's own, durable like the real one, for tests that kill it. Takes about a second.
class MariaDb {
public:
    explicit MariaDb(std::vector<std::string> extra_options = {});
    ~MariaDb();
    MariaDb(const MariaDb&) = delete;
    MariaDb& operator=(const MariaDb&) = delete;

    /// As when the machine loses power.
    void kill9();
    /// An orderly end.
    void stop();
    /// As when its disk hangs: it stays connected and answers nobody, until it is thawed.
    void freeze();
    void thaw();
    /// Starts it again with the same data on the same port, and waits until it answers.
    void start();
    void restart();
    /// Throws std::runtime_error unless it answers within the limit.
    void wait_ready();

    const std::string& socket() const { return socket_; }
    std::uint16_t port() const { return port_; }
    /// Root's options for a schema there; it is created.
    database::PoolOptions options(const std::string& schema) const;

private:
    void signal(int number) const;

    PrivateFolder folder_;
    std::uint16_t port_ = 0;
    std::string socket_;
    std::vector<std::string> extra_options_;
};

/// A Redis of the test's own, empty at the start, without persistence.
class RedisServer {
public:
    explicit RedisServer(std::vector<std::string> extra_options = {});
    ~RedisServer();
    RedisServer(const RedisServer&) = delete;
    RedisServer& operator=(const RedisServer&) = delete;

    void flushall();
    void stop();
    void kill9();
    void start();    ///< On the same port and socket; waits until it answers.
    void restart();  ///< Loses everything it held.

    std::uint16_t port() const { return port_; }
    const std::string& socket() const { return socket_; }
    events::RedisOptions options() const;
    /// Runs redis-cli with these words and returns what it prints.
    std::string command(const std::vector<std::string>& words) const;

private:
    PrivateFolder folder_;
    std::uint16_t port_ = 0;
    std::string socket_;
    std::vector<std::string> extra_options_;
};

/// A variable of scripts/lib/test-servers: from the environment, else from the file it wrote. Throws
/// std::runtime_error when there is none.
std::string shared_server(const std::string& variable);

/// The Redis that all tests share: names of streams meet there, so tests of events rather start a
/// RedisServer.
events::RedisOptions redis();

/// What seals facts in the schemas that tests make for themselves.
security::KeyRing fact_keys();

/// A loopback port that nobody listens on now.
std::uint16_t free_port();

}  // namespace shanhai::support
