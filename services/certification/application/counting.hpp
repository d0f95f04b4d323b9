#pragma once

#include "certification/domain/figures.hpp"
#include "certification/domain/known.hpp"
#include "chassis/database/pool.hpp"

namespace shanhai::certification {

/// The figures of a year's round.
class Counting {
public:
    explicit Counting(database::Pool& pool) : pool_{pool} {}

    /// Of the applications that the viewer sees in lists, so that each figure leads to what it counts. Fails
    /// with 404 `batch-unknown`.
    boost::asio::awaitable<Result<Figures>> figures(BatchId batch, Author viewer, bool everything) const;

private:
    database::Pool& pool_;
};

}  // namespace shanhai::certification
