#pragma once

#include "chassis/events/redis_link.hpp"
#include "chassis/events/stream_reply.hpp"
#include "chassis/security/key_ring.hpp"

#include <optional>
#include <string>
#include <vector>

namespace shanhai::events {

/// Where a reader stands in a producer's stream.
struct StreamPosition {
    std::string producer;
    std::uint64_t seq = 0;
    std::string epoch;
    security::KeyRing keys;  ///< The producer's, to tell its frames from others'.
};

/// An entry that the producer's relay did not write.
struct ForeignEntry {
    std::string id;
    std::string why;  ///< "bears no good MAC".
};

/// What came after a position.
struct StreamNews {
    std::string producer;
    std::vector<RawFrame> frames;         ///< Gapless, the first one right after the position.
    bool gap = false;                     ///< After these the stream was trimmed or flushed: ask the feed.
    std::optional<ForeignEntry> foreign;  ///< After these somebody else wrote: nothing of it is to be used.
};

/// Picks what may be applied from a stream's entries.
StreamNews news_of(const StreamPosition& position, const std::vector<StreamEntry>& entries);

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
    /// Whether the entry with that id is still one that the producer's relay did not write (its own may have
    /// come in its place); true as well when Redis cannot be asked.
    bool holds_foreign(const StreamPosition& position, const std::string& id);
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
