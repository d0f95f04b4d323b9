#include "chassis/http/connection_state.hpp"

#include <algorithm>

namespace shanhai::http {

namespace {

constexpr std::chrono::seconds idle_when_short{5};
constexpr std::chrono::seconds body_grace{1};  // Nobody is dropped for being asked at the wrong moment.
constexpr std::chrono::seconds idle_kept{1};   // Who asks one thing after the other is not idle.

}  // namespace

RequestReader::Limits limits_of(const ServerOptions& options) {
    return {options.header_max, options.body_max, options.large_body_max, options.large_paths};
}

ServerState::ServerState(asio::io_context& io, ServerOptions given, const Router& routes)
    : options{std::move(given)},
      router{routes},
      proxies{options.trusted_proxies},
      memory{options.memory ? options.memory : std::make_shared<MemoryBudget>(options.memory_max)},
      count{options.count ? options.count
                          : std::make_shared<ConnectionCount>(
                                ConnectionCount::Limits{options.connections_max, options.connections_max})},
      sweep_timer{io} {}

bool ServerState::make_room(std::optional<std::uint64_t> network) {
    Watched* longest = nullptr;
    for (auto* one : connections) {
        if (network && one->network != *network) continue;
        if (longest == nullptr || one->idle_since < longest->idle_since) longest = one;
    }
    if (longest == nullptr || longest->idle_since == CoarseClock::never) return false;
    if (longest->idle_since + idle_kept >= CoarseClock::now()) return false;
    return longest->close_if_idle();
}

Watched* ServerState::slowest_body() const {
    const auto found =
        std::ranges::min_element(connections, {}, [](const Watched* one) { return one->body_since; });
    const bool none = found == connections.end() || (*found)->body_since == CoarseClock::never;
    return none ? nullptr : *found;
}

bool ServerState::slim_idle() {
    for (auto* one : connections) {
        if (one->idle_since != CoarseClock::never) one->slim();
    }
    return !memory->exceeded();
}

void ServerState::free_memory() {
    if (slim_idle()) return;
    const auto now = CoarseClock::now();
    auto* body = slowest_body();
    if (body != nullptr && body->body_since + body_grace < now) body->drop_body();
    const auto sender = std::ranges::min_element(connections, {}, &Watched::sending_since);
    if (sender != connections.end() && (*sender)->sending_since < now - body_grace) (*sender)->expire();
    for (auto* one : connections) {
        if (one->idle_since < now - idle_when_short) one->close_if_idle();
    }
}

}  // namespace shanhai::http
