#pragma once

#include "chassis/database/pool.hpp"
#include "chassis/periodic.hpp"

namespace shanhai::messages {

/// What is due by the calendar: warns of certifications that end, and forgets old messages. Both follow from
/// what is stored and the day that it is in Shanghai, so it may stand still, be killed or run twice, and its
/// clock may jump.
class Reminders {
public:
    explicit Reminders(database::Pool& pool) : pool_{pool} {}

    /// Tells the houses whose certifications end in 60, 30 or 14 days: once each, by the nearest when it
    /// comes late, and none that goes on under another one.
    Result<Done> remind();
    /// Forgets messages after 400 days, and what found nobody after 30.
    Result<Done> forget_old();

    void start() {
        periodic_.start();
        periodic_.wake();
    }
    void stop() { periodic_.stop(); }

private:
    /// Soon after midnight is soon enough.
    static constexpr std::chrono::seconds tick{60};

    Result<Done> run();

    database::Pool& pool_;
    chassis::Periodic periodic_{"message-reminders", tick, [this] { return run(); }};
};

}  // namespace shanhai::messages
