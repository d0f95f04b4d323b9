#pragma once

#include "chassis/http/router.hpp"

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace shanhai::http {

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  ///< 0 picks a free port; see Server::port().
    /// Another server of this process has the port already: share it. Without this a port that anybody
    /// listens on is taken, even by a process that would share it.
    bool shares_port = false;
    std::size_t connections_max = 10'000;
    std::size_t body_max = 256 * 1024;
    std::uint32_t header_max = 16 * 1024;
    std::chrono::seconds header_limit{10};  ///< From a request's first byte to the end of its headers.
    std::chrono::seconds body_limit{20};    ///< From there to the end of its body.
    std::chrono::seconds idle_limit{15};    ///< Between requests; also the longest a drain waits.
    std::chrono::seconds write_limit{15};   ///< For one whole response.
    std::string certificate_file;           ///< PEM; with it and the key the server speaks TLS.
    std::string key_file;
    bool access_log = true;
    /// Peers whose X-Forwarded-For is believed (its last entry), as addresses: "127.0.0.1".
    std::vector<std::string> trusted_proxies;
};

/// Serves HTTP/1.1 on one io_context, which one thread runs. Servers of several io_contexts may
/// share a port (SO_REUSEPORT, see ServerOptions::shares_port). Every read, write, header, body and
/// connection has its limit.
class Server {
public:
    /// Throws std::system_error when the port is taken or the certificate cannot be read.
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
