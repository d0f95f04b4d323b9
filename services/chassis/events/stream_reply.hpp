#pragma once

#include "chassis/events/codec.hpp"

#include <string>

struct redisReply;

namespace shanhai::events {

/// An entry of a stream: a frame with its MAC, and the life of the outbox that it belongs to.
struct StreamEntry {
    std::string id;  ///< As Redis names it: "17-0".
    RawFrame frame{};
    std::string epoch{};
    bool readable = false;  ///< Whether it has the form that relays write; else there is only an id.
};

StreamEntry read_entry(const redisReply& reply);

/// The text of a string, status or error reply; empty for others.
std::string text_of(const redisReply& reply);

}  // namespace shanhai::events
