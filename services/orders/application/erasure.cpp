#include "orders/application/erasure.hpp"

#include "chassis/security/crypto.hpp"
#include "orders/store/order_rows.hpp"
#include "orders/store/vault_rows.hpp"

#include <map>

namespace shanhai::orders {
namespace {

constexpr std::size_t salt_bytes = 32;

}  // namespace

void seal_for_ledger(database::Session& session, std::vector<PaidOrder>& paid) {
    if (paid.empty()) return;
    std::map<OrderId, std::string> salts;
    for (auto& fact : paid) {
        const auto salt = security::random_bytes(salt_bytes);
        fact.commitments = commit(salt, fact.order.number, fact.order.buyer);
        salts.emplace(fact.order.id, salt);
    }
    store_salts(session, salts);
}

Result<Done> erase_order(const Books& books, const std::string& order_number) {
    const auto erased = books.pool.transact_blocking([&](database::Session& session) -> Result<Done> {
        const auto ids = order_ids(session, {order_number});
        if (ids.empty()) return order_unknown();
        const auto order = ids.begin()->second;
        if (load_orders(session, {order}, Locking::for_update).at(order).state == OrderState::created) {
            return Error{Failure::conflict, "order-open", "this order may still be paid"};
        }
        destroy_receiver(session, order);
        Facts facts;
        facts.erased.push_back({order, session.now()});
        books.publish(session, facts);
        return Done{};
    });
    if (erased) books.committed();
    return erased;
}

}  // namespace shanhai::orders
