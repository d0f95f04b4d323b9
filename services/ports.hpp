#pragma once

#include "chassis/config/settings.hpp"
#include "chassis/http/router.hpp"
#include "chassis/http/server.hpp"

#include <boost/asio/io_context.hpp>
#include <memory>
#include <vector>

namespace shanhai {

/// One thread's share of the work: an io_context and its listening sockets.
class Worker {
public:
    void listen(const http::ServerOptions& options, const http::Router& router) {
        servers_.push_back(std::make_unique<http::Server>(io_, options, router));
    }
    /// Returns when the last connection has closed.
    void run();
    /// From any thread.
    void stop();
    boost::asio::io_context& io() { return io_; }

private:
    // First, so that it dies last. Its sockets and timers are its own thread's alone, and take no locks;
    // others may post to it.
    boost::asio::io_context io_{BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO};
    std::vector<std::unique_ptr<http::Server>> servers_;
};

/// The public port, listened to by a thread a core, and the internal one by a thread of its own: whatever the
/// public does, metrics and health are answered.
std::vector<std::unique_ptr<Worker>> open_ports(const config::Settings& settings, const http::Router& router,
                                                const http::Router& internal);

}  // namespace shanhai
