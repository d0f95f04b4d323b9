#include "orders/store/order_rows.hpp"

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

constexpr std::string_view lines_insert =
    "INSERT INTO order_line (order_id, line_id, revision_id, lot_id, lot_code, county_code, quantity, "
    "total_fen, "
    "certification_id, certified_at_payment) VALUES";

void add_line(database::Insert& insert, const Order& order, const OrderLine& line,
              std::optional<bool> certified_at_payment) {
    insert.row(order.id, line.id, line.terms->revision, line.lot, line.lot_code, line.county_code,
               line.quantity, line.total().count(), line.certification, certified_at_payment);
}

/// Of orders that are not paid: nobody can say yet what they are certified by when they are.
void insert_lines(database::Session& session, const std::vector<const Order*>& orders) {
    database::Insert insert{std::string{lines_insert}};
    for (const auto* order : orders) {
        for (const auto& line : order->lines) add_line(insert, *order, line, std::nullopt);
    }
    insert.run(session);
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

void insert_orders(database::Session& session, const std::vector<NewOrder>& orders) {
    database::Insert insert{
        "INSERT INTO orders (order_id, order_number, state, total_fen, placement_id, channel, buyer, "
        "confirmed_no_return, created_at, expires_at) VALUES"};
    std::vector<const Order*> lines;
    for (const auto& [order, confirmed_no_return] : orders) {
        insert.row(order->id, order->number, wire_name(order->state), order->total.count(), order->placement,
                   wire_name(order->channel), database::Literal::bytes(order->buyer), confirmed_no_return,
                   order->created, order->expires);
        lines.push_back(order);
    }
    insert.run(session);
    insert_lines(session, lines);
}

void replace_lines(database::Session& session, const std::vector<const Order*>& orders) {
    if (orders.empty()) return;
    session.run("DELETE FROM order_line WHERE order_id IN " +
                in_list(orders, [](const Order* order) { return order->id; }));
    insert_lines(session, orders);
}

void write_paid(database::Session& session, const std::vector<PaidOrder>& paid,
                const std::set<OrderId>& relined) {
    if (paid.empty()) return;
    ValueRows states{{"order_id", "paid_at"}};
    std::vector<OrderId> with_new_lines;
    database::Insert lines{std::string{lines_insert},
                           "ON DUPLICATE KEY UPDATE certification_id = VALUES(certification_id), "
                           "certified_at_payment = VALUES(certified_at_payment)"};
    for (const auto& fact : paid) {
        states.row({fact.order.id, *fact.order.paid});
        if (relined.contains(fact.order.id)) with_new_lines.push_back(fact.order.id);
        for (const auto& line : fact.order.lines)
            add_line(lines, fact.order, line, line.certified_at_payment);
    }
    if (!with_new_lines.empty()) {
        session.run("DELETE FROM order_line WHERE order_id IN " + in_list(with_new_lines));
    }
    const auto changed = session.run(
        "UPDATE orders o JOIN " + states.text() +
        " v ON v.order_id = o.order_id SET o.state = 'PAID', o.paid_at = v.paid_at WHERE o.state IN "
        "('CREATED', 'EXPIRED')");
    if (changed != states.size()) throw std::logic_error{"an order was paid that cannot be paid"};
    lines.run(session);
}

void write_ends(database::Session& session, const std::vector<OrderEnd>& ends, Instant at) {
    if (ends.empty()) return;
    ValueRows rows{{"order_id", "state", "reason"}};
    for (const auto& [order, state, reason] : ends) rows.row({order, wire_name(state), reason});
    const auto changed = session.run(
        "UPDATE orders o JOIN " + rows.text() +
        " v ON v.order_id = o.order_id SET o.state = v.state, o.closed_at = " + database::Literal{at}.text() +
        ", o.close_reason = v.reason WHERE o.state = 'CREATED'");
    if (changed != ends.size()) throw std::logic_error{"an order was closed that is not open"};
}

void extend_holds(database::Session& session, const std::vector<OrderId>& orders,
                  std::chrono::seconds reservation) {
    if (orders.empty()) return;
    session.run(
        "UPDATE orders SET first_expires_at = expires_at, expires_at = GREATEST(expires_at, created_at + "
        "INTERVAL " +
        std::to_string(reservation.count()) +
        " SECOND) WHERE first_expires_at IS NULL AND state = 'CREATED' AND order_id IN " + in_list(orders));
}

Due load_due(database::Session& session, Instant at, Instant after, std::size_t limit) {
    Due due;
    auto rows = session.query(
        "SELECT order_id, expires_at FROM orders WHERE state = 'CREATED' AND expires_at <= ? AND expires_at "
        "> "
        "? ORDER BY expires_at LIMIT ?",
        at, after, limit);
    while (rows.next()) {
        due.orders.push_back(rows.id<OrderId>(0));
        due.last = rows.instant(1);
    }
    return due;
}

std::vector<OrderId> open_orders_of(database::Session& session, const std::set<LotId>& lots, Instant since,
                                    std::size_t limit) {
    std::vector<OrderId> ids;
    if (lots.empty()) return ids;
    auto rows = session.ask(
        "SELECT DISTINCT o.order_id FROM orders o JOIN order_line l ON l.order_id = o.order_id WHERE o.state "
        "= "
        "'CREATED' AND o.created_at > " +
        database::Literal{since}.text() + " AND l.lot_id IN " + in_list(lots) + " LIMIT " +
        std::to_string(limit));
    while (rows.next()) ids.push_back(rows.id<OrderId>(0));
    return ids;
}

std::pair<std::uint64_t, std::uint64_t> last_numbers(database::Session& session) {
    auto rows = session.query(
        "SELECT (SELECT COALESCE(MAX(order_id), 0) FROM orders), GREATEST((SELECT COALESCE(MAX(line_id), 0) "
        "FROM order_line), (SELECT COALESCE(MAX(entry_id), 0) FROM stock_journal), (SELECT "
        "COALESCE(MAX(attempt_id), 0) FROM payment_attempt), (SELECT COALESCE(MAX(receipt_id), 0) FROM "
        "stock_receipt))");
    rows.next();
    return {rows.natural(0), rows.natural(1)};
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
