#pragma once

#include "chassis/events/redis_link.hpp"
#include "chassis/events/stream_reply.hpp"

#include <optional>
#include <string>
#include <vector>

namespace shanhai::events {

/// Where a reader stands in a producer's stream.
struct StreamPosition {
    std::string producer;
    std::uint64_t seq = 0;
    std::string epoch;
};

/// What came after a position.
struct StreamNews {
    std::string producer;
    std::vector<RawFrame> frames;  ///< Gapless, the first one right after the position.
    bool gap = false;              ///< After these the stream does not go on as it should: ask the feed.
};

/// Picks what may be applied from a stream's entries.
StreamNews news_of(const StreamPosition& position, const std::vector<std::optional<StreamEntry>>& entries);

/// The consumers' end of the Redis streams, for one thread.
class StreamReader {
public:
    explicit StreamReader(RedisOptions options) : prefix_{options.prefix}, link_{std::move(options)} {}

    /// Connects, at most once a second. False while Redis is away.
    bool ready();
    /// Waits up to `patience` for entries after any of the positions. Nothing when Redis went away; then
    /// ready() is false for a second.
    std::optional<std::vector<StreamNews>> read(const std::vector<StreamPosition>& positions,
                                                std::size_t count, std::chrono::milliseconds patience);
    void interrupt() { link_.interrupt(); }

private:
    using Clock = std::chrono::steady_clock;

    void give_up(const std::string& trouble);
    std::vector<StreamNews> news_in(const redisReply& reply,
                                    const std::vector<StreamPosition>& positions) const;

    std::string prefix_;
    RedisLink link_;
    bool complained_ = false;
    Clock::time_point try_again_{};
};

}  // namespace shanhai::events
