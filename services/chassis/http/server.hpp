#pragma once

#include "chassis/http/router.hpp"

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace shanhai::http {

class ConnectionCount;
class Limiter;
class MemoryBudget;

struct ServerOptions {
    std::string address = "127.0.0.1";  ///< "::" takes IPv4 too.
    std::uint16_t port = 0;             ///< 0 picks a free port; see Server::port().
    /// Another server of this process has the port already: share it. Without this a port that anybody
    /// listens on is taken, even by a process that would share it.
    bool shares_port = false;
    std::size_t connections_max = 10'000;       ///< Of this server, unless there is a `count`.
    std::shared_ptr<ConnectionCount> count;     ///< Of all servers of the process, with each network's share.
    std::size_t memory_max = 64 * 1024 * 1024;  ///< For bodies and answers, unless there is a `memory`.
    std::shared_ptr<MemoryBudget> memory;       ///< Of all servers of the process.
    std::shared_ptr<Limiter> limiter;           ///< Null: nobody is limited.
    std::size_t body_max = 256 * 1024;
    std::size_t large_body_max = 0;        ///< The same for the large paths.
    std::vector<std::string> large_paths;  ///< They may take `slow_limit` to come.
    std::uint32_t header_max = 16 * 1024;
    std::chrono::seconds header_limit{10};  ///< From a request's first byte to the end of its headers.
    std::chrono::seconds body_limit{20};    ///< From there to the end of its body.
    /// From there to the answer: then the client is told 503, and whatever the handler still does is in vain.
    std::chrono::seconds handler_limit{10};
    std::chrono::seconds slow_limit{120};  ///< The same for the slow routes (patterns).
    std::vector<std::string> slow_routes;
    std::chrono::seconds idle_limit{15};   ///< Between requests; also the longest a drain waits.
    std::chrono::seconds write_limit{15};  ///< For one whole response.
    std::string certificate_file;          ///< PEM; with it and the key the server speaks TLS.
    std::string key_file;
    /// Clients reach trusted proxies by https only; over our own TLS that is known.
    bool secure_before_proxies = false;
    bool access_log = true;
    /// Peers whose X-Forwarded-For is believed: addresses and networks, "127.0.0.1", "10.0.0.0/8".
    std::vector<std::string> trusted_proxies;
};

/// Serves HTTP/1.1 on one io_context, which one thread runs. Servers of several io_contexts may
/// share a port (SO_REUSEPORT, see ServerOptions::shares_port). Every read, write, header, body and
/// connection has its limit.
class Server {
public:
    /// Throws std::system_error when the port is taken or the certificate cannot be read, and
    /// std::invalid_argument when a trusted proxy is no address.
    Server(boost::asio::io_context& io, ServerOptions options, const Router& router);
    ~Server();

    std::uint16_t port() const;

    /// Stops accepting and closes idle connections. Requests already begun are answered, with
    /// "Connection: close", then their connections close. Call it on the io_context's thread.
    void stop();

private:
    class Impl;
    std::unique_ptr<Impl> impl_;  // Keeps sockets out of every file that includes this one.
};

}  // namespace shanhai::http
