#pragma once

#include "chassis/database/pool.hpp"
#include "orders/domain/staff_action.hpp"

#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

namespace shanhai::orders {

/// The order's history as far as the staff made it.
class StaffActions {
public:
    template <class T>
    using Answer = boost::asio::awaitable<Result<T>>;

    explicit StaffActions(database::Pool& pool) : pool_{pool} {}

    /// Writes down who wants to do what and why, before it is done; the number is for `finish`. Fails with
    /// 404 `order-unknown`.
    Answer<std::uint64_t> begin(std::string order_number, StaffAction action);
    Answer<Done> finish(std::uint64_t action);
    /// Oldest first.
    Answer<std::vector<StaffAction>> of(std::string order_number);

private:
    database::Pool& pool_;
};

}  // namespace shanhai::orders
