#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace shanhai::events {

/// Knows since when we know everything that a producer has said. Only the producer's own word counts: having
/// read a stream to its end proves nothing while the producer is down.
class Freshness {
public:
    using Clock = std::chrono::steady_clock;
    using Moment = Clock::time_point;

    /// What was known before this process began.
    void remember(Moment fresh_at) { fresh_at_ = fresh_at; }

    /// The producer said: «my last number is `head`», to a question asked at `asked`. Its facts up to then
    /// are all numbered, except the youngest `lag`.
    void heard(std::uint64_t head, Moment asked, std::chrono::milliseconds lag) {
        // While an earlier word waits to be reached, it stays: under load the next head is always out of
        // reach.
        if (!pending_) pending_ = Word{head, asked - lag};
    }

    /// Everything up to `seq` is applied and is in memory.
    void reached(std::uint64_t seq) {
        if (!pending_ || seq < pending_->head) return;
        if (!fresh_at_ || *fresh_at_ < pending_->moment) fresh_at_ = pending_->moment;
        pending_.reset();
    }

    /// The moment of which we know everything; nothing when there never was one.
    std::optional<Moment> fresh_at() const { return fresh_at_; }

private:
    struct Word {
        std::uint64_t head;
        Moment moment;
    };

    std::optional<Word> pending_;
    std::optional<Moment> fresh_at_;
};

}  // namespace shanhai::events
