#include "chassis/http/resolve.hpp"

#include <netdb.h>
#include <sys/socket.h>
#include <atomic>
#include <condition_variable>
#include <cstring>
#include <memory>
#include <mutex>
#include <thread>

namespace shanhai::http {
namespace {

namespace ip = boost::asio::ip;

constexpr int looking_max = 8;

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
    std::mutex mutex;
    std::condition_variable answered;
    bool done = false;
    bool known = false;
    std::vector<ip::address> addresses;
};

void answer(const std::shared_ptr<Question>& question, const std::string& host) {
    std::vector<ip::address> found;
    const bool known = look_up.load()(host, found);
    --looking;
    const std::lock_guard lock{question->mutex};
    question->addresses = std::move(found);
    question->known = known;
    question->done = true;
    question->answered.notify_one();
}

Error too_late() {
    return Error{Failure::unavailable, "name-too-late", "The host's name was not found in time."};
}

Result<std::vector<ip::address>> addresses_of(const std::string& host,
                                              std::chrono::steady_clock::time_point deadline) {
    if (++looking > looking_max) {
        --looking;
        return too_late();
    }
    const auto question = std::make_shared<Question>();
    std::thread{[question, host] { answer(question, host); }}.detach();
    std::unique_lock lock{question->mutex};
    if (!question->answered.wait_until(lock, deadline, [&] { return question->done; })) return too_late();
    if (!question->known) return Error{Failure::unavailable, "name-unknown", "Nobody knows the host's name."};
    return std::move(question->addresses);
}

}  // namespace

LookUp replace_look_up(LookUp other) { return look_up.exchange(other); }

Result<std::vector<ip::tcp::endpoint>> resolve(const std::string& host, std::uint16_t port,
                                               std::chrono::steady_clock::time_point deadline) {
    boost::system::error_code error;
    const auto address = ip::make_address(host, error);
    std::vector<ip::tcp::endpoint> endpoints;
    if (!error) {
        endpoints.emplace_back(address, port);
        return endpoints;
    }
    const auto addresses = addresses_of(host, deadline);
    if (!addresses) return addresses.error();
    for (const auto& each : *addresses) endpoints.emplace_back(each, port);
    return endpoints;
}

}  // namespace shanhai::http
