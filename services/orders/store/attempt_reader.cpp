#include "orders/store/attempt_reader.hpp"

#include "orders/store/sql.hpp"

#include <stdexcept>

namespace shanhai::orders {
namespace {

std::vector<Attempt> load_where(database::Session& session, const std::string& condition) {
    std::vector<Attempt> attempts;
    auto rows = session.ask(
        "SELECT attempt_id, attempt_number, order_id, provider, amount_fen, state, pay_url, "
        "quarantined FROM "
        "payment_attempt "
        "WHERE " +
        condition);
    while (rows.next()) {
        const auto state = from_wire_name<AttemptState>(rows.text(5));
        if (!state) throw std::runtime_error{"a stored attempt has an unknown state"};
        attempts.push_back({rows.id<AttemptId>(0), rows.text(1), rows.id<OrderId>(2), rows.text(3),
                            Fen{rows.integer(4)}, *state, rows.text(6), rows.integer(7) != 0});
    }
    return attempts;
}

}  // namespace

std::vector<Attempt> load_attempts(database::Session& session, const std::vector<std::string>& numbers,
                                   Locking locking) {
    if (numbers.empty()) return {};
    return load_where(session, "attempt_number IN " + in_list(numbers) + " ORDER BY attempt_id" +
                                   std::string{locking_clause(locking)});
}

std::vector<Attempt> load_attempts_of(database::Session& session, const std::vector<OrderId>& orders) {
    if (orders.empty()) return {};
    return load_where(session, "order_id IN " + in_list(orders) + " ORDER BY attempt_id");
}

std::vector<Attempt> load_open_attempts_of(database::Session& session, const std::vector<OrderId>& orders) {
    if (orders.empty()) return {};
    return load_where(session, "state IN ('CREATED', 'PENDING') AND order_id IN " + in_list(orders) +
                                   " ORDER BY attempt_id");
}

}  // namespace shanhai::orders
