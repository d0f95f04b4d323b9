#pragma once

#include "chassis/http/server.hpp"

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <thread>

namespace shanhai::support {

/// A server with a thread of its own, on a free port, until it goes out of scope.
class RunningServer {
public:
    explicit RunningServer(const http::Router& router, http::ServerOptions options = {});
    ~RunningServer();

    std::uint16_t port() const { return server_.port(); }
    std::string url(std::string_view path) const;
    /// Begins to drain, and returns at once.
    void stop();
    /// Returns when the last connection has closed.
    void join();

private:
    boost::asio::io_context io_{1};
    http::Server server_;
    std::thread thread_;
};

/// The bytes of a GET with these header lines, each with its end.
std::string get(std::string_view path, std::string_view headers = {});
/// The head of a POST whose body has that size.
std::string head_of_post(std::string_view path, std::size_t size);

struct RawResponse {
    int status = 0;  ///< 0: the connection ended instead.
    std::map<std::string, std::string> headers;
    std::string body;
};

/// A client that sends the bytes it is told to. No wait is longer than ten seconds.
class RawPeer {
public:
    /// Connects to 127.0.0.1, or to ::1.
    explicit RawPeer(std::uint16_t port, bool by_ipv6 = false);
    ~RawPeer();
    RawPeer(const RawPeer&) = delete;
    RawPeer& operator=(const RawPeer&) = delete;

    /// False when the server has closed.
    bool send(std::string_view bytes);
    /// The next response; with `head_only`, without a body whatever its length says.
    RawResponse receive(bool head_only = false);
    /// Whether something (or the end) arrives within that time.
    bool has_news(std::chrono::milliseconds limit);
    /// Waits for the end of the connection; true when nothing came before it.
    bool ends();
    int descriptor() const { return descriptor_; }

private:
    bool fill();

    int descriptor_;
    std::string received_;
};

}  // namespace shanhai::support
