#pragma once

#include "chassis/events/consumer.hpp"
#include "chassis/events/freshness.hpp"

#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace shanhai::events {

/// Where a consumer's thread writes how far it is, and others read it. The process's metrics hold on to it,
/// so it outlives the consumer.
class Board {
public:
    explicit Board(const std::vector<Source>& sources) {
        for (const auto& source : sources)
            lines_.push_back({source.producer, 0, std::nullopt, false, false, {}, {}});
    }

    void set(std::size_t source, std::uint64_t seq, std::optional<Freshness::Moment> fresh_at) {
        const std::lock_guard lock{mutex_};
        lines_[source].seq = seq;
        lines_[source].fresh_at = fresh_at;
    }
    void stop(std::size_t source, std::string reason, bool forged) {
        const std::lock_guard lock{mutex_};
        lines_[source].stopped = true;
        lines_[source].forged = forged;
        lines_[source].reason = std::move(reason);
    }
    void set_aside(std::size_t source, std::vector<std::string> facts) {
        const std::lock_guard lock{mutex_};
        lines_[source].set_aside = std::move(facts);
    }
    void resume(std::size_t source) {
        const std::lock_guard lock{mutex_};
        lines_[source].stopped = lines_[source].forged = false;
        lines_[source].reason.clear();
    }

    Consumer::State state(std::size_t source) const {
        const std::lock_guard lock{mutex_};
        const auto& line = lines_[source];
        return {line.producer, line.seq,   age_of(line.fresh_at), line.stopped, line.set_aside,
                line.forged,   line.reason};
    }
    std::vector<Consumer::State> states() const {
        std::vector<Consumer::State> all;
        for (std::size_t i = 0; i < lines_.size(); ++i) all.push_back(state(i));
        return all;
    }

private:
    struct Line {
        std::string producer;
        std::uint64_t seq;
        std::optional<Freshness::Moment> fresh_at;
        bool stopped;
        bool forged;
        std::string reason;
        std::vector<std::string> set_aside;
    };

    static std::chrono::milliseconds age_of(std::optional<Freshness::Moment> fresh_at) {
        if (!fresh_at) return Consumer::age_of_nothing;
        return std::chrono::duration_cast<std::chrono::milliseconds>(Freshness::Clock::now() - *fresh_at);
    }

    mutable std::mutex mutex_;
    std::vector<Line> lines_;  // As many as there are sources, from beginning to end.
};

}  // namespace shanhai::events
