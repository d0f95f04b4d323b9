#pragma once

#include "certification/domain/due.hpp"
#include "certification/domain/known.hpp"
#include "chassis/database/pool.hpp"

namespace shanhai::certification {

/// What waits for an office today, told at once: its first page reads nothing else. All of one answer is of
/// one state: `snapshots` reads so (PoolOptions::snapshot).
class Agenda {
public:
    explicit Agenda(database::Pool& snapshots) : snapshots_{snapshots} {}

    /// Nothing is due for whoever works for no office, or sells.
    boost::asio::awaitable<Result<Due>> due(Author viewer) const;

private:
    database::Pool& snapshots_;
};

}  // namespace shanhai::certification
