#pragma once

#include "chassis/events/codec.hpp"

#include <optional>
#include <string>

struct redisReply;

namespace shanhai::events {

/// An entry of a stream: a frame, and the life of the outbox that it belongs to.
struct StreamEntry {
    RawFrame frame;
    std::string epoch;
};

/// Nothing when it is not an entry that a relay wrote.
std::optional<StreamEntry> read_entry(const redisReply& reply);

/// The text of a string, status or error reply; empty for others.
std::string text_of(const redisReply& reply);

}  // namespace shanhai::events
