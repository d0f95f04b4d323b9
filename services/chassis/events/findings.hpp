#pragma once

#include "chassis/events/consumer.hpp"
#include "chassis/events/relay.hpp"
#include "chassis/observe/health.hpp"

#include <string>

namespace shanhai::events {

/// Adds to /readyz how a service's own facts come out: "<service> relay" is degraded while they are late,
/// "<service> outbox" is red while the outbox or the stream holds what the service never said.
void report_relay(observe::Health& health, const std::string& service, const Relay& relay);

/// Adds to /readyz how a service learns others' facts: "<service> facts" is degraded while a consumer has
/// stopped at a fact that cannot be applied, "<service> set aside" while facts wait, "<service> proofs" is
/// red while one has stopped because somebody else spoke in a producer's name. Both name the producer, the
/// frame's number and the reason.
void report_consumer(observe::Health& health, const std::string& service, const Consumer& consumer);

}  // namespace shanhai::events
