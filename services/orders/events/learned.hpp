#pragma once

#include "chassis/events/frame.hpp"

namespace shanhai::orders {

/// Applies one fact of catalog, trace or channel to this service's own copy, inside the consumer's
/// transaction. Facts of other kinds are ignored; one that makes no sense throws, which stops the consumer.
void learn(database::Session& session, const events::Frame& frame, const events::Event& event);

}  // namespace shanhai::orders
