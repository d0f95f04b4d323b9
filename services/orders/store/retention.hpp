#pragma once

#include "chassis/database/pool.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace shanhai::orders {

/// Forgets, a little at a time, what is of no more use: keys of requests after their day, and of orders that
/// were never paid the receiver and the lines, so that a crowd of unpaid orders leaves a few bytes each.
/// Orders that money was asked for keep their lines. Walks through the tables again and again, in their own
/// order, and so needs no index more. For one thread.
class Retention {
public:
    /// `unpaid_life`: how long a closed order that was not paid is kept whole.
    Retention(database::Pool& pool, std::chrono::hours unpaid_life)
        : pool_{pool}, unpaid_life_{unpaid_life} {}

    /// One bounded step; returns how many rows it removed.
    std::size_t run();

private:
    Result<std::size_t> forget_keys();
    Result<std::size_t> forget_unpaid();

    database::Pool& pool_;
    std::chrono::hours unpaid_life_;
    std::string after_key_;
    std::uint64_t after_order_ = 0;
};

}  // namespace shanhai::orders
