#pragma once

#include "chassis/database/pool.hpp"
#include "chassis/periodic.hpp"
#include "trace/http/origin_cards.hpp"
#include "vocabulary/time.hpp"

#include <cstdint>

namespace shanhai::trace {

/// Reads the cards' facts again when they or the day changed: a lot leaves its card on the day it expires.
class CardsRefresher {
public:
    CardsRefresher(database::Pool& pool, OriginCardRoutes& cards) : pool_{pool}, cards_{cards} {}

    /// Shows the cards as the database has them now, unless they are shown. For the start, before anybody
    /// asks, and then for the thread.
    Result<Done> refresh();

    void start() { periodic_.start(); }
    void stop() { periodic_.stop(); }
    /// Something changed. From any thread.
    void wake() { periodic_.wake(); }

private:
    /// How soon a change made by another copy of this service shows on the cards.
    static constexpr std::chrono::milliseconds tick{1000};

    database::Pool& pool_;
    OriginCardRoutes& cards_;
    std::uint64_t known_touches_ = 0;  // 0: there are no cards yet.
    Date shown_day_{};
    chassis::Periodic periodic_{"trace-cards", tick, [this] { return refresh(); }};
};

}  // namespace shanhai::trace
