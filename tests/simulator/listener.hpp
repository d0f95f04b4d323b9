#pragma once

#include "chassis/events/applier.hpp"
#include "simulator/memory_link.hpp"

#include <string>
#include <vector>

namespace shanhai::simulator {

/// Who listens to the orders service: its relay numbers the frames, a consumer applies them to tables of its
/// own (`told`, `told_stock`), in the same database, and remembers how far it came.
class Listener {
public:
    /// The tables of what was told.
    static database::Schema schema();

    explicit Listener(database::Pool& pool) : pool_{pool} {}

    /// Gives what waits its numbers.
    void relay();
    /// Applies what follows the stored position; `back` frames of before are sent once more. Says whether
    /// there was anything. Throws std::logic_error when a frame is refused.
    bool consume(std::uint64_t back, bool condensed);

private:
    static void learn(database::Session& session, const events::Frame& frame, const events::Event& event);

    database::Pool& pool_;
};

}  // namespace shanhai::simulator
