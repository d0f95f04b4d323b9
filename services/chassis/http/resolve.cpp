#include "chassis/http/resolve.hpp"

#include <netdb.h>
#include <sys/socket.h>
#include <algorithm>
#include <atomic>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstring>
#include <memory>
#include <thread>

namespace shanhai::http {
namespace {

namespace asio = boost::asio;
namespace ip = boost::asio::ip;

constexpr int looking_max = 8;
/// Between looks at whether a name was found. The thread that looks it up may outlive the loop that waits, so
/// it cannot wake that.
constexpr std::chrono::milliseconds look_every{2};

bool look_up_with_system(const std::string& host, std::vector<ip::address>& found) {
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    wanted.ai_flags = AI_ADDRCONFIG;
    addrinfo* list = nullptr;
    if (::getaddrinfo(host.c_str(), nullptr, &wanted, &list) != 0) return false;
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner{list, &::freeaddrinfo};
    for (const auto* one = list; one != nullptr; one = one->ai_next) {
        ip::tcp::endpoint endpoint;
        if (one->ai_addrlen > endpoint.capacity()) continue;
        std::memcpy(endpoint.data(), one->ai_addr, one->ai_addrlen);
        endpoint.resize(one->ai_addrlen);
        found.push_back(endpoint.address());
    }
    return !found.empty();
}

std::atomic<LookUp> look_up = &look_up_with_system;
std::atomic<int> looking = 0;

/// What the asking and the looking thread share; whoever is last to let go of it destroys it.
struct Question {
    std::atomic<bool> done = false;  // Set last: the rest belongs to the asker then.
    bool known = false;
    std::vector<ip::address> addresses;
};

void answer(const std::shared_ptr<Question>& question, const std::string& host) {
    question->known = look_up.load()(host, question->addresses);
    --looking;
    question->done = true;
}

Error too_late() {
    return Error{Failure::unavailable, "name-too-late", "The host's name was not found in time."};
}

/// Nothing when so many names are being looked up already.
std::shared_ptr<Question> ask(const std::string& host) {
    if (++looking > looking_max) {
        --looking;
        return nullptr;
    }
    auto question = std::make_shared<Question>();
    std::thread{[question, host] { answer(question, host); }}.detach();
    return question;
}

asio::awaitable<Result<std::vector<ip::address>>> addresses_of(
    std::string host, std::chrono::steady_clock::time_point deadline) {
    const auto question = ask(host);
    if (!question) co_return too_late();
    const auto executor = co_await asio::this_coro::executor;
    asio::steady_timer timer{executor};
    while (!question->done) {
        const auto now = std::chrono::steady_clock::now();
        if (now >= deadline) co_return too_late();
        timer.expires_at(std::min(deadline, now + look_every));
        co_await timer.async_wait(asio::use_awaitable);
    }
    if (!question->known)
        co_return Error{Failure::unavailable, "name-unknown", "Nobody knows the host's name."};
    co_return std::move(question->addresses);
}

}  // namespace

LookUp replace_look_up(LookUp other) { return look_up.exchange(other); }

asio::awaitable<Result<std::vector<ip::tcp::endpoint>>> resolve(
    std::string host, std::uint16_t port, std::chrono::steady_clock::time_point deadline) {
    boost::system::error_code error;
    const auto address = ip::make_address(host, error);
    std::vector<ip::tcp::endpoint> endpoints;
    if (!error) {
        endpoints.emplace_back(address, port);
        co_return endpoints;
    }
    const auto addresses = co_await addresses_of(std::move(host), deadline);
    if (!addresses) co_return addresses.error();
    for (const auto& each : *addresses) endpoints.emplace_back(each, port);
    co_return endpoints;
}

}  // namespace shanhai::http
