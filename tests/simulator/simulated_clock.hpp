#pragma once

#include "vocabulary/clock.hpp"

namespace shanhai::simulator {

/// Stands still until it is moved. Pauses cost nothing: the steady side runs on by more than any of them with
/// every move, so that whoever backs off is due again.
class SimulatedClock final : public Clock {
public:
    explicit SimulatedClock(Instant at) : now_{at} {}

    Instant now() const override { return now_; }
    Steady steady() const override { return steady_; }
    void wait(std::chrono::microseconds /*length*/) const override {}

    void go(std::chrono::microseconds by) {
        now_ += by;
        steady_ += by + longest_pause;
    }
    /// The wall's side alone.
    void step(std::chrono::microseconds by) { now_ += by; }

private:
    static constexpr std::chrono::minutes longest_pause{2};

    Instant now_;
    Steady steady_{};
};

}  // namespace shanhai::simulator
