#include "orders/store/order_reader.hpp"

#include "orders/store/fact_store.hpp"
#include "orders/store/sql.hpp"

#include <stdexcept>

namespace shanhai::orders {
namespace {

Order read_order(const database::Rows& rows) {
    Order order;
    order.id = rows.id<OrderId>(0);
    order.number = rows.text(1);
    const auto state = from_wire_name<OrderState>(rows.text(2));
    const auto channel = from_wire_name<ChannelKind>(rows.text(5));
    if (!state || !channel) throw std::runtime_error{"a stored order has an unknown state or channel"};
    order.state = *state;
    order.total = Fen{rows.integer(3)};
    if (!rows.null(4)) order.placement = rows.id<PlacementId>(4);
    order.channel = *channel;
    order.buyer = rows.text(6);
    order.created = rows.instant(7);
    order.expires = rows.instant(8);
    order.paid = rows.optional_instant(9);
    order.first_expires = rows.optional_instant(10);
    order.close_reason = rows.optional_text(11).value_or("");
    return order;
}

void load_lines(database::Session& session, const std::string& ids, std::map<OrderId, Order>& orders) {
    auto rows = session.ask(
        "SELECT l.order_id, l.line_id, l.lot_id, l.lot_code, l.county_code, l.quantity, l.certification_id, "
        "l.certified_at_payment, " +
        std::string{terms_columns} +
        " FROM order_line l JOIN offer_revision r ON r.revision_id = l.revision_id WHERE l.order_id IN " +
        ids + " ORDER BY l.order_id, l.line_id");
    std::map<std::uint64_t, Terms> known;  // Orders of one batch mostly share their offers.
    while (rows.next()) {
        auto& terms = known[rows.natural(8)];
        if (!terms) terms = read_terms(rows, 8);
        OrderLine line{rows.id<OrderLineId>(1),
                       terms,
                       rows.id<LotId>(2),
                       rows.text(3),
                       rows.text(4),
                       rows.integer(5),
                       rows.id<CertificationId>(6),
                       rows.optional_integer(7).value_or(0) != 0};
        const auto order = orders.find(rows.id<OrderId>(0));
        if (order != orders.end()) order->second.lines.push_back(std::move(line));
    }
}

}  // namespace

std::map<OrderId, Order> load_orders(database::Session& session, const std::vector<OrderId>& ids,
                                     Locking locking) {
    std::map<OrderId, Order> orders;
    if (ids.empty()) return orders;
    const auto list = in_list(ids);
    auto rows = session.ask(
        "SELECT order_id, order_number, state, total_fen, placement_id, channel, buyer, created_at, "
        "expires_at, "
        "paid_at, first_expires_at, close_reason FROM orders WHERE order_id IN " +
        list + " ORDER BY order_id" + std::string{locking_clause(locking)});
    while (rows.next()) {
        auto order = read_order(rows);
        orders.emplace(order.id, std::move(order));
    }
    if (!orders.empty()) load_lines(session, list, orders);
    return orders;
}

std::map<std::string, OrderId> order_ids(database::Session& session,
                                         const std::vector<std::string>& numbers) {
    std::map<std::string, OrderId> ids;
    if (numbers.empty()) return ids;
    auto rows =
        session.ask("SELECT order_number, order_id FROM orders WHERE order_number IN " + in_list(numbers));
    while (rows.next()) ids.emplace(rows.text(0), rows.id<OrderId>(1));
    return ids;
}

}  // namespace shanhai::orders
