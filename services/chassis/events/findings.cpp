#include "chassis/events/findings.hpp"

namespace shanhai::events {
namespace {

using Finding = observe::Health::Finding;

constexpr std::chrono::seconds relay_lag_max{60};

Finding stops_of(const Consumer& consumer, bool forged, const std::string& otherwise) {
    std::string said;
    for (const auto& state : consumer.states()) {
        if (!state.stopped || state.forged != forged) continue;
        if (!said.empty()) said += "; ";
        said += "stopped after frame " + std::to_string(state.seq) + " of " + state.producer + ": " +
                state.reason;
    }
    return said.empty() ? Finding{true, otherwise} : Finding{false, said};
}

Finding set_aside_of(const Consumer& consumer) {
    constexpr std::size_t named_max = 20;
    std::size_t count = 0;
    std::string said;
    for (const auto& state : consumer.states()) {
        for (const auto& fact : state.set_aside) {
            if (++count <= named_max) said += (said.empty() ? "" : "; ") + fact;
        }
    }
    if (count > named_max) said += "; and " + std::to_string(count - named_max) + " more";
    return count == 0 ? Finding{true, "every fact was applied"} : Finding{false, said};
}

}  // namespace

void report_relay(observe::Health& health, const std::string& service, const Relay& relay) {
    health.check(service + " relay", true, [&relay] {
        const auto lag = relay.state().lag;
        return Finding{lag < relay_lag_max,
                       "oldest unpublished fact: " + std::to_string(lag.count()) + " ms"};
    });
    health.check(service + " outbox", false, [&relay] {
        const auto trouble = relay.state().trouble;
        return trouble.empty() ? Finding{true, "holds its own facts only"} : Finding{false, trouble};
    });
}

void report_consumer(observe::Health& health, const std::string& service, const Consumer& consumer) {
    health.check(service + " facts", true,
                 [&consumer] { return stops_of(consumer, false, "no consumer has stopped"); });
    health.check(service + " set aside", true, [&consumer] { return set_aside_of(consumer); });
    health.check(service + " proofs", false,
                 [&consumer] { return stops_of(consumer, true, "every fact is its producer's"); });
}

}  // namespace shanhai::events
