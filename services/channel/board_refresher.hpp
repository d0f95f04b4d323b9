#pragma once

#include "channel/http/scan_routes.hpp"
#include "chassis/database/pool.hpp"
#include "chassis/periodic.hpp"

namespace shanhai::channel {

/// Keeps what the database says on the board from which scans are answered.
class BoardRefresher {
public:
    BoardRefresher(database::Pool& pool, ScanRoutes& scans) : pool_{pool}, scans_{scans} {}

    /// Puts what the database says on the board, unless it is there. Blocks.
    Result<Done> refresh();
    /// The same for a request that must see its own change; the thread tries again what fails here.
    boost::asio::awaitable<void> refresh_now();

    void start() { periodic_.start(); }
    void stop() { periodic_.stop(); }
    /// Something changed, or was missed on the board. From any thread.
    void wake() { periodic_.wake(); }

private:
    /// How soon a change made by another copy of this service shows on the board.
    static constexpr std::chrono::milliseconds tick{1000};

    Result<Done> show_current(database::Session& session);

    database::Pool& pool_;
    ScanRoutes& scans_;
    chassis::Periodic periodic_{"channel-board", tick, [this] { return refresh(); }};
};

}  // namespace shanhai::channel
