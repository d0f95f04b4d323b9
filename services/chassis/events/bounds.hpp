#pragma once

#include "chassis/events/frame.hpp"

#include <google/protobuf/message.h>
#include <optional>
#include <string>

namespace shanhai::events {

/// What is wrong with a fact, by the bounds that its fields declare (proto/shanhai/event/v1/bounds.proto):
/// "OfferPublished.price_fen is not within its bounds". Nothing when all of it is right, parts included.
std::optional<std::string> fault_of(const google::protobuf::Message& fact);

/// The event of a fact that obeys its bounds: what every consumer can store. A fact that does not is a bug of
/// its producer, whose domain should have refused what led to it: throws std::logic_error, so that nothing
/// is published and nothing committed.
Event bounded(const google::protobuf::Message& fact);

}  // namespace shanhai::events
