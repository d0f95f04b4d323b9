#pragma once

#include "chassis/events/codec.hpp"
#include "chassis/events/redis_link.hpp"

#include <string>
#include <vector>

namespace shanhai::events {

/// The producer's end of its Redis stream. Whatever fails here costs time only: readers that miss something
/// ask the feed.
class StreamWriter {
public:
    StreamWriter(RedisOptions options, const std::string& producer)
        : link_{options}, key_{options.prefix + producer} {}

    /// Connects when it is time to, and learns where the stream ends. A stream of another life of the outbox,
    /// or one that is ahead of `head`, is deleted. False while Redis is away.
    bool ready(const std::string& epoch, std::uint64_t head);
    /// The last frame known to be in the stream; meaningful after ready().
    std::uint64_t top() const { return top_; }
    bool connected() const { return link_.connected(); }

    /// Adds frames whose numbers follow top(). An id that the stream has already is refused by Redis,
    /// harmlessly. False when Redis went away; some frames may have arrived.
    bool add(const std::vector<RawFrame>& frames, const std::string& epoch);
    /// Looks at the stream's end again before the next frame is added.
    void distrust() { known_ = false; }
    void interrupt() { link_.interrupt(); }

private:
    using Clock = std::chrono::steady_clock;

    bool learn_top(const std::string& epoch, std::uint64_t head);
    bool give_up(const std::string& trouble);

    RedisLink link_;
    std::string key_;
    std::uint64_t top_ = 0;
    bool known_ = false;
    bool complained_ = false;
    double bytes_average_ = 0;  // Of a frame, lately.
    Clock::time_point try_again_{};
};

/// How many frames of that average size a stream keeps: about 64 MB of them, and no more than 100,000.
std::size_t stream_entries_max(double bytes_average);

// The fields of a stream's entry.
inline constexpr const char* epoch_field = "epoch";
inline constexpr const char* frame_field = "frame";

}  // namespace shanhai::events
