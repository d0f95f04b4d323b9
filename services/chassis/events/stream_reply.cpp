#include "chassis/events/stream_reply.hpp"

#include "chassis/events/stream_writer.hpp"

#include <hiredis/hiredis.h>
#include <charconv>
#include <optional>

namespace shanhai::events {
namespace {

bool is_text(const redisReply& reply) {
    return reply.type == REDIS_REPLY_STRING || reply.type == REDIS_REPLY_STATUS ||
           reply.type == REDIS_REPLY_ERROR;
}

/// "17-0" is frame 17; relays write no other second half.
std::optional<std::uint64_t> seq_of(const std::string& id) {
    std::uint64_t seq = 0;
    const auto end_of_text = id.data() + id.size();
    const auto [end, error] = std::from_chars(id.data(), end_of_text, seq);
    if (error != std::errc{} || std::string_view{end, end_of_text} != "-0") return std::nullopt;
    return seq;
}

}  // namespace

std::string text_of(const redisReply& reply) {
    return is_text(reply) ? std::string{reply.str, static_cast<std::size_t>(reply.len)} : std::string{};
}

StreamEntry read_entry(const redisReply& reply) {
    StreamEntry entry;
    if (reply.type != REDIS_REPLY_ARRAY || reply.elements != 2) return entry;
    entry.id = text_of(*reply.element[0]);
    const auto seq = seq_of(entry.id);
    const auto& fields = *reply.element[1];
    if (!seq || fields.type != REDIS_REPLY_ARRAY || fields.elements != 6) return entry;
    if (text_of(*fields.element[0]) != epoch_field || text_of(*fields.element[2]) != frame_field ||
        text_of(*fields.element[4]) != mac_field)
        return entry;
    entry.epoch = text_of(*fields.element[1]);
    entry.frame = {*seq, text_of(*fields.element[3]), text_of(*fields.element[5])};
    entry.readable = true;
    return entry;
}

}  // namespace shanhai::events
