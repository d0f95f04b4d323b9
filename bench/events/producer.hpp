#pragma once

#include "chassis/database/migrations.hpp"
#include "chassis/events/relay.hpp"
#include "chassis/http/server.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <stdexcept>
#include <string>
#include <thread>

namespace shanhai::events {

// What the benchmarks of facts stand on: schemas on a private server, and a producer's feed.

inline constexpr const char* feed_key = "the key of the feed";

inline database::PoolOptions options_of(const std::string& socket, const std::string& schema) {
    database::PoolOptions options;
    options.socket = socket;
    options.user = "root";
    options.schema = schema;
    options.threads = 2;
    options.outbox_keys = security::KeyRing{std::string(32, 'f')};
    return options;
}

inline void migrate(database::Pool& pool, const database::Schema& schema = {}) {
    const auto migrated = database::migrate(pool, schema, std::chrono::seconds{10});
    if (!migrated) throw std::runtime_error{migrated.error().message()};
}

/// The producer's feed on a loopback port.
class Feed {
public:
    explicit Feed(database::Pool& pool) {
        mount_feed(router_, pool, "orders", feed_key);
        http::ServerOptions options;
        options.access_log = false;
        server_.emplace(io_, options, router_);
        thread_ = std::thread{[this] { io_.run(); }};
    }
    ~Feed() {
        io_.stop();
        thread_.join();
    }
    Feed(const Feed&) = delete;
    Feed& operator=(const Feed&) = delete;
    std::string url() const { return "http://127.0.0.1:" + std::to_string(server_->port()); }

private:
    http::Router router_;
    boost::asio::io_context io_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> open_{io_.get_executor()};
    std::optional<http::Server> server_;
    std::thread thread_;
};

}  // namespace shanhai::events
