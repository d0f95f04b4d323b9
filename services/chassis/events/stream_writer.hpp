#pragma once

#include "chassis/events/codec.hpp"
#include "chassis/events/redis_link.hpp"
#include "chassis/security/key_ring.hpp"

#include "vocabulary/result.hpp"

#include <string>
#include <vector>

namespace shanhai::events {

/// The producer's end of its Redis stream. Whatever fails here costs time only: readers that miss something
/// ask the feed.
class StreamWriter {
public:
    StreamWriter(RedisOptions options, const std::string& producer, security::KeyRing keys)
        : link_{options}, producer_{producer}, key_{options.prefix + producer}, keys_{std::move(keys)} {}

    /// Connects when it is time to, and learns where the stream ends. False while Redis is away, and while
    /// the stream ends with what this outbox never said (another's, a forged one, one of before a backup was
    /// put back): it is not ours to delete, `shanhai events resume` does that for a human.
    bool ready(const std::string& epoch, std::uint64_t head);
    /// The last frame known to be in the stream; meaningful after ready().
    std::uint64_t top() const { return top_; }
    bool connected() const { return link_.connected(); }

    /// Adds frames whose numbers follow top(). An id that the stream has already is refused by Redis,
    /// harmlessly. False when Redis went away; some frames may have arrived.
    bool add(const std::vector<RawFrame>& frames, const std::string& epoch);
    /// Looks at the stream's end again before the next frame is added.
    void distrust() { known_ = false; }
    /// What is wrong with the stream, in words; empty when nothing is.
    const std::string& foreign() const { return foreign_; }
    void interrupt() { link_.interrupt(); }

private:
    using Clock = std::chrono::steady_clock;

    bool promised_beyond(std::uint64_t head);
    bool learn_top(const std::string& epoch, std::uint64_t head);
    bool give_up(const std::string& trouble);

    RedisLink link_;
    std::string producer_;
    std::string key_;
    security::KeyRing keys_;
    std::string foreign_;
    std::uint64_t top_ = 0;
    bool known_ = false;
    bool complained_ = false;
    double bytes_average_ = 0;  // Of a frame, lately.
    Clock::time_point try_again_{};
};

/// Deletes a producer's stream, for a human who found it tampered with: relays fill it again, and readers
/// take the feed's word meanwhile. Fails with `redis-unavailable`.
Result<Done> delete_stream(const RedisOptions& options, const std::string& producer);

/// How many frames of that average size a stream keeps: about 64 MB of them, and no more than 100,000.
std::size_t stream_entries_max(double bytes_average);

// The fields of a stream's entry.
inline constexpr const char* epoch_field = "epoch";
inline constexpr const char* frame_field = "frame";
inline constexpr const char* mac_field = "mac";

}  // namespace shanhai::events
