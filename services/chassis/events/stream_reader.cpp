#include "chassis/events/stream_reader.hpp"

#include "chassis/events/proof.hpp"
#include "chassis/observe/log.hpp"

#include <hiredis/hiredis.h>
#include <algorithm>

namespace shanhai::events {
namespace {

constexpr std::chrono::seconds reconnect_every{1};

std::vector<StreamEntry> entries_of(const redisReply& reply) {
    std::vector<StreamEntry> entries;
    for (std::size_t i = 0; i < reply.elements; ++i) entries.push_back(read_entry(*reply.element[i]));
    return entries;
}

/// What shows that the producer's relay did not write an entry; empty when it did.
std::string flaw_of(const StreamEntry& entry, const StreamPosition& position) {
    if (!entry.readable) return "has not the form of a frame";
    if (entry.epoch != position.epoch) return "belongs to another life of the outbox";
    if (!proved(position.keys, {position.producer, position.epoch}, entry.frame)) return "bears no good MAC";
    return {};
}

}  // namespace

StreamNews news_of(const StreamPosition& position, const std::vector<StreamEntry>& entries) {
    StreamNews news;
    news.producer = position.producer;
    for (const auto& entry : entries) {
        if (auto flaw = flaw_of(entry, position); !flaw.empty()) {
            news.foreign = ForeignEntry{entry.id, std::move(flaw)};
            break;
        }
        if (entry.frame.seq != position.seq + news.frames.size() + 1) {
            news.gap = true;
            break;
        }
        news.frames.push_back(entry.frame);
    }
    return news;
}

bool StreamReader::ready() {
    if (link_.connected()) return true;
    if (Clock::now() < try_again_) return false;
    if (!link_.connect()) {
        give_up(link_.trouble());
        return false;
    }
    return true;
}

std::optional<std::vector<StreamNews>> StreamReader::read(const std::vector<StreamPosition>& positions,
                                                          std::size_t count,
                                                          std::chrono::milliseconds patience) {
    RedisLink::Words words{
        "XREAD", "COUNT", std::to_string(count), "BLOCK", std::to_string(patience.count()), "STREAMS"};
    for (const auto& position : positions) words.push_back(prefix_ + position.producer);
    for (const auto& position : positions) words.push_back(std::to_string(position.seq) + "-0");
    const auto reply = link_.command(words, patience);
    if (!reply || reply->type == REDIS_REPLY_ERROR) {
        give_up(reply ? text_of(*reply) : link_.trouble());
        return std::nullopt;
    }
    if (complained_) observe::log_info("redis-back", "the streams are read again");
    complained_ = false;
    return news_in(*reply, positions);
}

std::vector<StreamNews> StreamReader::news_in(const redisReply& reply,
                                              const std::vector<StreamPosition>& positions) const {
    std::vector<StreamNews> all;
    for (std::size_t i = 0; i < reply.elements; ++i) {
        const auto& stream = *reply.element[i];
        if (stream.type != REDIS_REPLY_ARRAY || stream.elements != 2) continue;
        const auto key = text_of(*stream.element[0]);
        for (const auto& position : positions) {
            if (key == prefix_ + position.producer)
                all.push_back(news_of(position, entries_of(*stream.element[1])));
        }
    }
    return all;
}

bool StreamReader::holds_foreign(const StreamPosition& position, const std::string& id) {
    if (!ready()) return true;
    const auto reply = link_.command({"XRANGE", prefix_ + position.producer, id, id});
    if (!reply) give_up(link_.trouble());
    if (!reply || reply->type != REDIS_REPLY_ARRAY) return true;
    return std::ranges::any_of(entries_of(*reply),
                               [&](const StreamEntry& entry) { return !flaw_of(entry, position).empty(); });
}

void StreamReader::give_up(const std::string& trouble) {
    if (!complained_ && !link_.interrupted())
        observe::log_warning("redis-away", "the streams cannot be read: " + trouble);
    complained_ = true;
    try_again_ = Clock::now() + reconnect_every;
    link_.close();
}

}  // namespace shanhai::events
