#include "orders/store/ledger_salts.hpp"

#include "chassis/security/crypto.hpp"
#include "orders/store/sql.hpp"

namespace shanhai::orders {
namespace {

using database::Literal;

constexpr std::size_t salt_bytes = 32;

void destroy(database::Session& session, OrderId order) {
    const auto nobody = Literal::bytes(std::string(32, '\0'));
    session.execute(
        "UPDATE vault_record SET wrapped_key = NULL, ledger_salt = NULL, sealed = '', phone_hash = ? "
        "WHERE order_id = ?",
        nobody, order);
    session.execute("UPDATE orders SET buyer = ? WHERE order_id = ?", nobody, order);
}

}  // namespace

void seal_for_ledger(database::Session& session, std::vector<PaidOrder>& paid) {
    if (paid.empty()) return;
    ValueRows salts{{"order_id", "salt"}};
    for (auto& fact : paid) {
        const auto salt = security::random_bytes(salt_bytes);
        fact.commitments = commit(salt, fact.order.number, fact.order.buyer);
        salts.row({fact.order.id, Literal::bytes(salt)});
    }
    session.run("UPDATE vault_record r JOIN " + salts.text() +
                " v ON v.order_id = r.order_id SET r.ledger_salt = v.salt WHERE r.wrapped_key IS NOT NULL");
}

Result<Done> erase_order(const Books& books, const std::string& order_number) {
    const auto erased = books.pool.transact_blocking([&](database::Session& session) -> Result<Done> {
        auto rows = session.query("SELECT order_id, state FROM orders WHERE order_number = ? FOR UPDATE",
                                  order_number);
        if (!rows.next()) return Error{Failure::not_found, "order-unknown", "there is no such order"};
        if (rows.text(1) == wire_name(OrderState::created)) {
            return Error{Failure::conflict, "order-open", "this order may still be paid"};
        }
        const auto order = rows.id<OrderId>(0);
        destroy(session, order);
        Facts facts;
        facts.erased.push_back({order, session.database_now()});
        books.publish(session, facts);
        return Done{};
    });
    if (erased) books.committed();
    return erased;
}

}  // namespace shanhai::orders
