#include "orders/store/vault_rows.hpp"

#include "orders/store/sql.hpp"

namespace shanhai::orders {

using database::Literal;

void insert_receivers(database::Session& session, const std::vector<NewReceiver>& receivers) {
    database::Insert insert{"INSERT INTO vault_record (order_id, wrapped_key, sealed, phone_hash) VALUES"};
    for (const auto& [order, sealed] : receivers) {
        insert.row(order, Literal::bytes(sealed->wrapped_key), Literal::bytes(sealed->sealed),
                   Literal::bytes(sealed->phone_hash));
    }
    insert.run(session);
}

std::optional<StoredReceiver> load_receiver(database::Session& session, OrderId order) {
    auto rows = session.query("SELECT wrapped_key, sealed FROM vault_record WHERE order_id = ?", order);
    if (!rows.next() || rows.null(0)) return std::nullopt;
    return StoredReceiver{rows.text(0), rows.text(1)};
}

std::map<OrderId, StoredReceiver> load_receivers(database::Session& session,
                                                 const std::vector<OrderId>& orders) {
    std::map<OrderId, StoredReceiver> found;
    if (orders.empty()) return found;
    auto rows = session.ask(
        "SELECT order_id, wrapped_key, sealed FROM vault_record WHERE wrapped_key IS NOT NULL AND order_id "
        "IN " +
        in_list(orders));
    while (rows.next()) found.emplace(rows.id<OrderId>(0), StoredReceiver{rows.text(1), rows.text(2)});
    return found;
}

void store_salts(database::Session& session, const std::map<OrderId, std::string>& salts) {
    if (salts.empty()) return;
    ValueRows rows{{"order_id", "salt"}};
    for (const auto& [order, salt] : salts) rows.row({order, Literal::bytes(salt)});
    session.run("UPDATE vault_record r JOIN " + rows.text() +
                " v ON v.order_id = r.order_id SET r.ledger_salt = v.salt WHERE r.wrapped_key IS NOT NULL");
}

void destroy_receiver(database::Session& session, OrderId order) {
    const auto nobody = Literal::bytes(std::string(32, '\0'));
    session.execute(
        "UPDATE vault_record SET wrapped_key = NULL, ledger_salt = NULL, sealed = '', phone_hash = ? "
        "WHERE order_id = ?",
        nobody, order);
    session.execute("UPDATE orders SET buyer = ? WHERE order_id = ?", nobody, order);
}

}  // namespace shanhai::orders
