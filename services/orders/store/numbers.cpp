#include "orders/store/numbers.hpp"

#include "chassis/database/migrations.hpp"

#include <algorithm>
#include <stdexcept>

namespace shanhai::orders {

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

std::uint64_t NumberRange::next() {
    if (next_ == end_) throw std::logic_error{"a transaction used more numbers than it took"};
    return next_++;
}

}  // namespace shanhai::orders
