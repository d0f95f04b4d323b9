#pragma once

#include "vocabulary/time.hpp"

#include <chrono>

namespace shanhai {

/// What time it is, for whoever decides anything by it: when a hold is over, whether a certification counts,
/// when something happened. It is handed in, so that tests turn it. Thread-safe.
class Clock {
public:
    using Steady = std::chrono::steady_clock::time_point;

    virtual ~Clock() = default;
    /// The wall's time. It may be wrong, and may step back.
    virtual Instant now() const = 0;
    /// For pauses: it counts from nowhere in particular, and never goes back.
    virtual Steady steady() const = 0;
    /// Lets the caller's thread wait that long.
    virtual void wait(std::chrono::microseconds length) const = 0;
};

/// The machine's own clock, which has no state: whoever is given no other one uses it.
const Clock& machine_clock();

}  // namespace shanhai
