#pragma once

#include "certification/domain/figures.hpp"
#include "certification/domain/known.hpp"
#include "chassis/database/pool.hpp"

namespace shanhai::certification {

/// Figures of the applications that the viewer sees in lists, so that each leads to what it counts. All of
/// one answer are of one state: `snapshots` reads so (PoolOptions::snapshot).
class Counting {
public:
    explicit Counting(database::Pool& snapshots) : snapshots_{snapshots} {}

    /// Fails with 404 `batch-unknown`.
    boost::asio::awaitable<Result<BatchFigures>> of_batch(BatchId batch, Author viewer,
                                                          bool everything) const;
    boost::asio::awaitable<Result<YearFigures>> of_year(int year, Author viewer, bool everything) const;

private:
    database::Pool& snapshots_;
};

}  // namespace shanhai::certification
