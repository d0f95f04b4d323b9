#pragma once

#include "chassis/database/pool.hpp"

#include <cstdint>
#include <mutex>
#include <string>

namespace shanhai::orders {

/// Ids for rows, taken from blocks of a sequence in the database, so that a batch knows its ids before it is
/// written and copies of the service never give the same one. Ids that are not used are burned.
class Numbers {
public:
    /// `block`: how many are fetched at once.
    Numbers(database::Pool& pool, std::string name, std::uint64_t block)
        : pool_{pool}, name_{std::move(name)}, block_{block} {}

    /// The first of `count` consecutive numbers. Not inside a transaction: it may need one of its own.
    Result<std::uint64_t> take(std::uint64_t count);

private:
    database::Pool& pool_;
    std::string name_;
    std::uint64_t block_;
    std::mutex mutex_;
    std::uint64_t next_ = 0;
    std::uint64_t end_ = 0;
};

/// Numbers that were taken, handed out one by one inside a transaction. Throws std::logic_error when
/// more are asked for than were taken.
class NumberRange {
public:
    NumberRange(std::uint64_t first, std::uint64_t count) : next_{first}, end_{first + count} {}

    std::uint64_t next();

private:
    std::uint64_t next_;
    std::uint64_t end_;
};

}  // namespace shanhai::orders
