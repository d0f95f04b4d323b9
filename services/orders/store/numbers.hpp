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

    /// The first of `count` consecutive numbers. It may need a transaction of its own.
    Result<std::uint64_t> take(std::uint64_t count);
    /// From now on only numbers from `first` on are given: the sequence had fallen behind what is stored (an
    /// older copy of it was restored).
    Result<Done> skip_to(std::uint64_t first);

private:
    database::Pool& pool_;
    std::string name_;
    std::uint64_t block_;
    std::mutex mutex_;
    std::uint64_t next_ = 0;
    std::uint64_t end_ = 0;
};

/// Numbers handed out one by one inside a transaction: those of a range that was taken before
/// (std::logic_error when more are asked for), or as many as it takes from `numbers`, a few at a time. The
/// latter may open a second transaction of its own, of one row that nobody holds for long; when that fails,
/// the transaction that needed the number fails as if the connection were lost.
class NumberRange {
public:
    NumberRange(std::uint64_t first, std::uint64_t count) : next_{first}, end_{first + count} {}
    explicit NumberRange(Numbers& numbers) : source_{&numbers} {}

    std::uint64_t next();

private:
    Numbers* source_ = nullptr;
    std::uint64_t next_ = 0;
    std::uint64_t end_ = 0;
};

}  // namespace shanhai::orders
