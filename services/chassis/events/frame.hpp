#pragma once

#include "chassis/database/session.hpp"

#include <google/protobuf/message_lite.h>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace shanhai::events {

/// One fact on its way between services: a protobuf message and its full name.
struct Event {
    std::string type;     ///< "shanhai.event.v1.OrderPaid".
    std::string payload;  ///< The message, serialised.

    static Event of(const google::protobuf::MessageLite& message) {
        return {message.GetTypeName(), message.SerializeAsString()};
    }
    /// Reads the payload into `message` when it is of that type. Throws std::runtime_error when
    /// the bytes are not such a message: the consumer then stops, visibly.
    bool read(google::protobuf::MessageLite& message) const {
        if (type != message.GetTypeName()) return false;
        if (!message.ParseFromString(payload)) throw std::runtime_error{"cannot read an event " + type};
        return true;
    }
};

/// The facts of one transaction, as the outbox stores and the stream carries them.
struct Frame {
    std::string producer;
    std::uint64_t seq = 0;  ///< Gapless from 1, in commit order; given by the relay.
    Instant at{};           ///< When the transaction wrote it, by the database's clock.
    std::vector<Event> events;
};

/// A fact as it comes to a service, and the frame that brings it.
struct Told {
    const Frame& frame;
    const Event& event;
};

/// Longer frames are refused: split the transaction. Twice this, as a literal, must fit one packet of the
/// database.
inline constexpr std::size_t frame_bytes_max = 4 * 1024 * 1024;

/// Appends a frame to this service's outbox, without a number: the relay gives that after the commit. Call it
/// last in the transaction that makes the facts true, so that what depends on a fact follows it in the outbox
/// too; an empty list of events writes nothing. Throws std::length_error when the frame is longer than
/// frame_bytes_max.
void publish(database::Session& session, const std::vector<Event>& events);

}  // namespace shanhai::events
