#include "orders/store/hold_rows.hpp"

#include "orders/store/sql.hpp"

namespace shanhai::orders {

std::vector<std::pair<OrderId, Hold>> load_holds(database::Session& session) {
    std::vector<std::pair<OrderId, Hold>> holds;
    auto rows = session.ask("SELECT order_id, telephone, address, network, goods FROM unpaid_hold");
    while (rows.next()) {
        holds.emplace_back(rows.id<OrderId>(0),
                           Hold{{rows.natural(1), rows.natural(2), rows.natural(3)}, goods_of(rows.text(4))});
    }
    return holds;
}

void insert_holds(database::Session& session, const std::map<OrderId, Hold>& holds) {
    database::Insert insert{"INSERT INTO unpaid_hold (order_id, telephone, address, network, goods) VALUES"};
    for (const auto& [order, hold] : holds) {
        insert.row(order, hold.by.telephone, hold.by.address, hold.by.network, goods_text(hold.goods));
    }
    insert.run(session);
}

void forget_holds(database::Session& session, const std::vector<OrderId>& orders) {
    if (orders.empty()) return;
    session.run("DELETE FROM unpaid_hold WHERE order_id IN " + in_list(orders));
}

}  // namespace shanhai::orders
