#pragma once

#include "chassis/database/pool.hpp"

#include <functional>

namespace shanhai::database {

/// Pool::transact of work that tells facts: calls `committed` once a value was committed, so that the relay
/// looks now instead of at its next tick. The pool and `committed` outlive the answer.
template <class Work>
auto transact_telling(Pool& pool, const std::function<void()>& committed, Work work)
    -> boost::asio::awaitable<std::invoke_result_t<Work&, Session&>> {
    auto outcome = co_await pool.transact(std::move(work));
    if (outcome) committed();
    co_return outcome;
}

}  // namespace shanhai::database
