#pragma once

#include <algorithm>
#include <chrono>
#include <random>

namespace shanhai::chassis {

/// When a thread that meets passing trouble may try again: after `first`, then after pauses that double up to
/// `longest`, each shortened at random by up to a half, so that those who failed together do not come back
/// together. For one thread.
class Backoff {
public:
    using Clock = std::chrono::steady_clock;

    Backoff(std::chrono::milliseconds first, std::chrono::milliseconds longest)
        : first_{first}, longest_{longest}, pause_{first} {}

    bool due(Clock::time_point now = Clock::now()) const { return now >= next_; }
    /// How long it is until then, at `now`.
    std::chrono::milliseconds left(Clock::time_point now = Clock::now()) const {
        return std::max(std::chrono::milliseconds{0},
                        std::chrono::duration_cast<std::chrono::milliseconds>(next_ - now));
    }
    void failed(Clock::time_point now = Clock::now()) {
        std::uniform_int_distribution<std::int64_t> pause{pause_.count() / 2, pause_.count()};
        next_ = now + std::chrono::milliseconds{pause(random_)};
        pause_ = std::min(2 * pause_, longest_);
    }
    void succeeded() {
        pause_ = first_;
        next_ = {};
    }

private:
    std::chrono::milliseconds first_;
    std::chrono::milliseconds longest_;
    std::chrono::milliseconds pause_;
    Clock::time_point next_{};
    std::minstd_rand random_{std::random_device{}()};
};

}  // namespace shanhai::chassis
