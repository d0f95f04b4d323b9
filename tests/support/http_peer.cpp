#include "support/http_peer.hpp"

#include "chassis/observe/loop_watch.hpp"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <cerrno>
#include <system_error>

namespace shanhai::support {
namespace {

constexpr std::chrono::seconds patience{10};

http::ServerOptions quiet(http::ServerOptions options) {
    options.access_log = false;
    return options;
}

}  // namespace

std::string get(std::string_view path, std::string_view headers) {
    return "GET " + std::string{path} + " HTTP/1.1\r\nHost: shop\r\n" + std::string{headers} + "\r\n";
}

std::string head_of_post(std::string_view path, std::size_t size) {
    return "POST " + std::string{path} +
           " HTTP/1.1\r\nHost: shop\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n";
}

RunningServer::RunningServer(const http::Router& router, http::ServerOptions options)
    : server_{io_, quiet(std::move(options)), router}, thread_{[this] { observe::run_watched(io_); }} {}

RunningServer::~RunningServer() {
    stop();
    join();
}

std::string RunningServer::url(std::string_view path) const {
    return "http://127.0.0.1:" + std::to_string(port()) + std::string{path};
}

void RunningServer::stop() {
    boost::asio::post(io_, [this] { server_.stop(); });
}

void RunningServer::join() {
    if (thread_.joinable()) thread_.join();
}

RawPeer::RawPeer(std::uint16_t port, bool by_ipv6)
    : descriptor_{::socket(by_ipv6 ? AF_INET6 : AF_INET, SOCK_STREAM, 0)} {
    sockaddr_in four{};
    four.sin_family = AF_INET;
    four.sin_port = htons(port);
    four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sockaddr_in6 six{};
    six.sin6_family = AF_INET6;
    six.sin6_port = htons(port);
    six.sin6_addr = in6addr_loopback;
    const auto* address =
        by_ipv6 ? reinterpret_cast<const sockaddr*>(&six) : reinterpret_cast<const sockaddr*>(&four);
    if (::connect(descriptor_, address, by_ipv6 ? sizeof six : sizeof four) != 0) {
        throw std::system_error{errno, std::generic_category(), "connect"};
    }
    timeval limit{};
    limit.tv_sec = patience.count();
    ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(descriptor_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

RawPeer::~RawPeer() { ::close(descriptor_); }

bool RawPeer::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool RawPeer::fill() {
    std::array<char, 16384> part;
    const auto count = ::recv(descriptor_, part.data(), part.size(), 0);
    if (count > 0) received_.append(part.data(), static_cast<std::size_t>(count));
    return count > 0;
}

RawResponse RawPeer::receive(bool head_only) {
    RawResponse response;
    auto end = received_.find("\r\n\r\n");
    for (; end == std::string::npos; end = received_.find("\r\n\r\n")) {
        if (!fill()) return response;
    }
    std::string_view head{received_.data(), end + 2};
    response.status = std::stoi(std::string{head.substr(9, 3)});
    for (head.remove_prefix(head.find("\r\n") + 2); !head.empty();
         head.remove_prefix(head.find("\r\n") + 2)) {
        const auto line = head.substr(0, head.find("\r\n"));
        const auto colon = line.find(": ");
        response.headers.emplace(line.substr(0, colon), line.substr(colon + 2));
    }
    received_.erase(0, end + 4);
    const auto length = response.headers.find("Content-Length");
    if (head_only || length == response.headers.end()) return response;
    const auto size = std::stoul(length->second);
    while (received_.size() < size) {
        if (!fill()) return RawResponse{};
    }
    response.body = received_.substr(0, size);
    received_.erase(0, size);
    return response;
}

bool RawPeer::has_news(std::chrono::milliseconds limit) {
    pollfd watched{descriptor_, POLLIN, 0};
    return !received_.empty() || ::poll(&watched, 1, static_cast<int>(limit.count())) > 0;
}

bool RawPeer::ends() {
    while (fill()) {
    }
    return received_.empty() && errno != EAGAIN;
}

}  // namespace shanhai::support
