#include "vocabulary/clock.hpp"

#include <thread>

namespace shanhai {
namespace {

class MachineClock final : public Clock {
public:
    Instant now() const override { return shanhai::now(); }
    Steady steady() const override { return std::chrono::steady_clock::now(); }
    void wait(std::chrono::microseconds length) const override { std::this_thread::sleep_for(length); }
};

}  // namespace

const Clock& machine_clock() {
    static const MachineClock clock;
    return clock;
}

}  // namespace shanhai
