#include "orders/store/numbers.hpp"

#include "chassis/database/migrations.hpp"

#include <algorithm>
#include <stdexcept>

namespace shanhai::orders {
namespace {

constexpr std::uint64_t numbers_at_once = 32;
constexpr int connection_lost_code = 2013;

}  // namespace

Result<std::uint64_t> Numbers::take(std::uint64_t count) {
    const std::lock_guard lock{mutex_};
    if (end_ - next_ < count) {
        const auto size = std::max(block_, count);
        const auto first = pool_.transact_blocking(
            [&](database::Session& session) { return database::reserve_numbers(session, name_, size); });
        if (!first) return first.error();
        next_ = *first;
        end_ = *first + size;
    }
    const auto taken = next_;
    next_ += count;
    return taken;
}

Result<Done> Numbers::skip_to(std::uint64_t first) {
    const std::lock_guard lock{mutex_};
    const auto moved = pool_.transact_blocking([&](database::Session& session) -> Result<Done> {
        session.execute(
            "INSERT INTO sequence (name, next) VALUES (?, ?) ON DUPLICATE KEY UPDATE next = GREATEST(next, "
            "VALUES(next))",
            name_, first);
        return Done{};
    });
    if (moved) next_ = end_ = 0;
    return moved;
}

std::uint64_t NumberRange::next() {
    if (next_ == end_) {
        if (source_ == nullptr) throw std::logic_error{"a transaction used more numbers than it took"};
        const auto taken = source_->take(numbers_at_once);
        if (!taken) throw database::SqlError{connection_lost_code, "no row numbers are to be had"};
        next_ = *taken;
        end_ = *taken + numbers_at_once;
    }
    return next_++;
}

}  // namespace shanhai::orders
