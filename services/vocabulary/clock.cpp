#include "vocabulary/clock.hpp"

namespace shanhai {
namespace {

class MachineClock final : public Clock {
public:
    Instant now() const override { return shanhai::now(); }
    Steady steady() const override { return std::chrono::steady_clock::now(); }
};

}  // namespace

const Clock& machine_clock() {
    static const MachineClock clock;
    return clock;
}

}  // namespace shanhai
