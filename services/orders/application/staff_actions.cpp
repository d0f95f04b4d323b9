#include "orders/application/staff_actions.hpp"

#include "orders/store/order_rows.hpp"
#include "orders/store/staff_action_rows.hpp"

namespace shanhai::orders {

using database::Session;

StaffActions::Answer<std::uint64_t> StaffActions::begin(std::string order_number, StaffAction action) {
    auto work = [order_number = std::move(order_number),
                 action = std::move(action)](Session& session) -> Result<std::uint64_t> {
        const auto ids = order_ids(session, {order_number});
        if (ids.empty()) return order_unknown();
        return insert_staff_action(session, ids.begin()->second, action, session.now());
    };
    co_return co_await pool_.transact(std::move(work));
}

StaffActions::Answer<Done> StaffActions::finish(std::uint64_t action) {
    auto work = [action](Session& session) -> Result<Done> {
        finish_staff_action(session, action, session.now());
        return Done{};
    };
    co_return co_await pool_.transact(std::move(work));
}

StaffActions::Answer<std::vector<StaffAction>> StaffActions::of(std::string order_number) {
    auto work = [order_number =
                     std::move(order_number)](Session& session) -> Result<std::vector<StaffAction>> {
        return load_staff_actions(session, order_number);
    };
    co_return co_await pool_.transact(std::move(work));
}

}  // namespace shanhai::orders
