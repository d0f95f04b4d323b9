#include "chassis/events/stream_writer.hpp"

#include "chassis/events/proof.hpp"
#include "chassis/events/stream_reply.hpp"
#include "chassis/observe/log.hpp"

#include <hiredis/hiredis.h>
#include <algorithm>
#include <charconv>

namespace shanhai::events {
namespace {

constexpr std::chrono::seconds reconnect_every{1};
constexpr double stream_bytes = 64.0 * 1024 * 1024;
constexpr double entries_least = 1000;
constexpr double entries_most = 100'000;

/// Redis's words for «I have that one already».
bool is_old_id(const redisReply& reply) {
    return reply.type == REDIS_REPLY_ERROR &&
           std::string_view{reply.str, reply.len}.find("equal or smaller") != std::string_view::npos;
}

}  // namespace

std::size_t stream_entries_max(double bytes_average) {
    if (bytes_average < 1) return static_cast<std::size_t>(entries_most);
    return static_cast<std::size_t>(std::clamp(stream_bytes / bytes_average, entries_least, entries_most));
}

Result<Done> delete_stream(const RedisOptions& options, const std::string& producer) {
    RedisLink link{options};
    const auto reply = link.connect() ? link.command({"DEL", options.prefix + producer}) : nullptr;
    if (reply && reply->type != REDIS_REPLY_ERROR) return Done{};
    return Error{Failure::unavailable, "redis-unavailable",
                 "Redis did not delete the stream: " + (reply ? text_of(*reply) : link.trouble())};
}

bool StreamWriter::ready(const std::string& epoch, std::uint64_t head) {
    if (link_.connected() && known_) return true;
    const auto now = Clock::now();
    if (now < try_again_) return false;
    if (!link_.connected() && !link_.connect()) return give_up(link_.trouble());
    if (!learn_top(epoch, head)) return false;
    known_ = true;
    if (complained_) observe::log_info("redis-back", key_ + " is written again");
    complained_ = false;
    return true;
}

bool StreamWriter::learn_top(const std::string& epoch, std::uint64_t head) {
    const auto reply = link_.command({"XREVRANGE", key_, "+", "-", "COUNT", "1"});
    if (!reply) return give_up(link_.trouble());
    if (reply->type == REDIS_REPLY_ERROR) return give_up(text_of(*reply));
    top_ = 0;
    foreign_.clear();
    if (promised_beyond(head)) {
        // Whatever we add would be refused as old, without an end and without a word.
        foreign_ = "the stream " + key_ +
                   " was told a number that this outbox has not given; nothing can be added to it";
        try_again_ = Clock::now() + reconnect_every;
        return false;
    }
    if (reply->elements == 0) return true;
    const auto last = read_entry(*reply->element[0]);
    const bool ours = last.readable && last.epoch == epoch && last.frame.seq <= head &&
                      proved(keys_, {producer_, epoch}, last.frame);
    if (ours) {
        top_ = last.frame.seq;
        return true;
    }
    foreign_ = "the stream " + key_ + " ends with entry " + last.id +
               ", which this outbox never told: forged, or another installation's; nothing is added to it";
    try_again_ = Clock::now() + reconnect_every;
    return false;
}

/// Whether Redis takes only numbers after one that lies beyond the head (XSETID, or an entry that was
/// deleted).
bool StreamWriter::promised_beyond(std::uint64_t head) {
    const auto reply = link_.command({"XINFO", "STREAM", key_});
    if (!reply || reply->type != REDIS_REPLY_ARRAY) return false;  // There is no stream yet.
    for (std::size_t i = 0; i + 1 < reply->elements; i += 2) {
        if (text_of(*reply->element[i]) != "last-generated-id") continue;
        const auto id = text_of(*reply->element[i + 1]);
        std::uint64_t number = 0;
        std::from_chars(id.data(), id.data() + id.size(), number);
        return number > head;
    }
    return false;
}

bool StreamWriter::add(const std::vector<RawFrame>& frames, const std::string& epoch) {
    std::vector<RedisLink::Words> commands;
    commands.reserve(frames.size());
    for (const auto& frame : frames) {
        bytes_average_ += (static_cast<double>(frame.bytes.size()) - bytes_average_) / 100;
        commands.push_back({"XADD", key_, "MAXLEN", "~", std::to_string(stream_entries_max(bytes_average_)),
                            std::to_string(frame.seq) + "-0", epoch_field, epoch, frame_field, frame.bytes,
                            mac_field, prove(keys_, {producer_, epoch}, frame)});
    }
    const auto replies = link_.pipeline(commands);
    if (!replies) return give_up(link_.trouble());
    for (const auto& reply : *replies) {
        if (is_old_id(*reply)) {
            distrust();
        } else if (reply->type == REDIS_REPLY_ERROR) {
            return give_up(text_of(*reply));
        }
    }
    top_ = frames.back().seq;
    return true;
}

bool StreamWriter::give_up(const std::string& trouble) {
    if (!complained_ && !link_.interrupted())
        observe::log_warning("redis-away", key_ + " cannot be written: " + trouble);
    complained_ = true;
    known_ = false;
    try_again_ = Clock::now() + reconnect_every;
    link_.close();
    return false;
}

}  // namespace shanhai::events
