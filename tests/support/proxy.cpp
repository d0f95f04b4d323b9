#include "support/proxy.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <array>
#include <cstring>
#include <stdexcept>

namespace shanhai::support {
namespace {

constexpr int look_every_ms = 20;

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

bool send_all(int to, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool readable(const pollfd& watched) { return (watched.revents & (POLLIN | POLLHUP | POLLERR)) != 0; }

}  // namespace

Proxy::Proxy(std::string target) : target_{std::move(target)} {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto address = loopback(0);
    socklen_t length = sizeof(address);
    if (::bind(listener_, reinterpret_cast<const sockaddr*>(&address), length) != 0 ||
        ::listen(listener_, 64) != 0 ||
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length) != 0) {
        ::close(listener_);
        throw std::runtime_error{"the proxy cannot listen"};
    }
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread{[this] { accept_clients(); }};
}

Proxy::~Proxy() {
    stopping_ = true;
    acceptor_.join();
    for (auto& relay : relays_) relay.join();
    ::close(listener_);
}

void Proxy::cut_after(std::string needle, int times) {
    const std::lock_guard lock{mutex_};
    rules_.push_back({std::move(needle), true, times});
}

void Proxy::cut_before(std::string needle, int times) {
    const std::lock_guard lock{mutex_};
    rules_.push_back({std::move(needle), false, times});
}

void Proxy::cut_all() { ++generation_; }

void Proxy::accept_clients() {
    while (!stopping_) {
        pollfd watched{listener_, POLLIN, 0};
        if (::poll(&watched, 1, look_every_ms) <= 0) continue;
        const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (client < 0) continue;
        relays_.emplace_back([this, client] { serve(client); });
    }
}

void Proxy::serve(int client) {
    const int server = refusing_ ? -1 : connect_to_target();
    if (server >= 0) {
        relay(client, server);
        ::close(server);
    }
    ::close(client);
}

/// Passes bytes both ways until one side ends or a rule says so.
void Proxy::relay(int client, int server) {
    const int generation = generation_;
    auto verdict = Verdict::pass;
    std::array<char, 65536> buffer{};
    while (!stopping_ && generation == generation_) {
        std::array<pollfd, 2> watched{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
        if (::poll(watched.data(), watched.size(), look_every_ms) <= 0) continue;
        if (readable(watched[0])) {
            const auto got = ::recv(client, buffer.data(), buffer.size(), 0);
            if (got <= 0) return;
            const std::string_view sent{buffer.data(), static_cast<std::size_t>(got)};
            verdict = judge(sent);
            if (verdict == Verdict::cut_now || !send_all(server, sent)) return;
        }
        if (readable(watched[1])) {
            const auto got = ::recv(server, buffer.data(), buffer.size(), 0);
            if (got <= 0 || verdict == Verdict::cut_on_answer) return;
            if (!send_all(client, {buffer.data(), static_cast<std::size_t>(got)})) return;
        }
    }
}

Proxy::Verdict Proxy::judge(std::string_view sent) {
    const std::lock_guard lock{mutex_};
    for (auto& rule : rules_) {
        if (rule.times == 0 || sent.find(rule.needle) == std::string_view::npos) continue;
        --rule.times;
        ++cuts_;
        return rule.forward ? Verdict::cut_on_answer : Verdict::cut_now;
    }
    return Verdict::pass;
}

int Proxy::connect_to_target() const {
    int result = -1;
    int server = -1;
    if (target_.starts_with('/')) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        if (target_.size() >= sizeof(address.sun_path)) return -1;
        std::memcpy(address.sun_path, target_.c_str(), target_.size() + 1);
        server = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        result = ::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof(address));
    } else {
        const auto address = loopback(static_cast<std::uint16_t>(std::stoi(target_)));
        server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        result = ::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof(address));
    }
    if (result == 0) return server;
    ::close(server);
    return -1;
}

}  // namespace shanhai::support
