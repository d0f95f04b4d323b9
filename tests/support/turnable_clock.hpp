#pragma once

#include "vocabulary/clock.hpp"

#include <atomic>
#include <chrono>
#include <thread>

namespace shanhai::support {

/// Goes as the machine's clock until it is turned, or held at a moment. Its steady side goes on with what is
/// turned forward, and is not turned back.
class TurnableClock final : public Clock {
public:
    Instant now() const override {
        const auto held = held_.load();
        return held ? instant_of(held_at_.load())
                    : shanhai::now() + std::chrono::microseconds{turned_.load()};
    }
    Steady steady() const override {
        return std::chrono::steady_clock::now() + std::chrono::microseconds{gone_.load()};
    }

    /// What others do meanwhile takes the time that it takes.
    void wait(std::chrono::microseconds length) const override { std::this_thread::sleep_for(length); }

    /// Both sides go on by that much at once; the wall's alone when it is less than nothing.
    void turn(std::chrono::microseconds by) {
        (held_.load() ? held_at_ : turned_) += by.count();
        if (by.count() > 0) gone_ += by.count();
    }
    /// The wall's side stands still at that moment, until it is held at another one.
    void hold(Instant at) {
        held_at_ = unix_microseconds(at);
        held_ = true;
    }

private:
    std::atomic<std::int64_t> turned_ = 0;
    std::atomic<std::int64_t> gone_ = 0;
    std::atomic<std::int64_t> held_at_ = 0;
    std::atomic<bool> held_ = false;
};

}  // namespace shanhai::support
