#include "orders/events/outgoing.hpp"

#include "chassis/events/frame.hpp"
#include "shanhai/event/v1/orders.pb.h"

namespace shanhai::orders {
namespace {

namespace v1 = event::v1;

void describe(const OrderLine& line, v1::OrderLine& out) {
    const auto& terms = *line.terms;
    out.set_line_id(number(line.id));
    out.set_sku_id(number(terms.sku));
    out.set_product_id(number(terms.product));
    out.set_merchant_id(number(terms.merchant));
    out.set_lot_id(number(line.lot));
    out.set_county_code(line.county_code);
    out.set_quantity(line.quantity);
    out.set_unit_price_fen(terms.price.count());
    out.set_total_fen(line.total().count());
    out.set_weight_g(line.weight().count());
    out.set_price_version(terms.price_version);
    out.set_product_version(terms.product_version);
    out.set_snapshot_hash(terms.snapshot_hash);
    out.set_certification_id(number(line.certification));
    out.set_purchase_mode(std::string{wire_name(terms.purchase_mode)});
    out.set_product_name(terms.product_name);
    out.set_merchant_name(terms.merchant_name);
    out.set_lot_code(line.lot_code);
    out.set_certified_at_payment(line.certified_at_payment);
}

/// OrderPlaced and OrderPaid say the same of an order.
template <class Message>
Message described(const Order& order) {
    Message message;
    message.set_order_id(number(order.id));
    message.set_order_number(order.number);
    message.set_created_us(unix_microseconds(order.created));
    if (order.placement) message.set_placement_id(number(*order.placement));
    message.set_channel(std::string{wire_name(order.channel)});
    for (const auto& line : order.lines) describe(line, *message.add_lines());
    message.set_total_fen(order.total.count());
    return message;
}

v1::OrderPaid paid(const PaidOrder& fact) {
    auto message = described<v1::OrderPaid>(fact.order);
    message.set_paid_us(unix_microseconds(*fact.order.paid));
    message.set_provider(fact.provider);
    message.set_transaction_id(fact.transaction_id);
    message.set_buyer(buyer_of_month(fact.order.buyer, Month::of(*fact.order.paid)));
    message.set_order_commitment(fact.commitments.order);
    message.set_buyer_commitment(fact.commitments.buyer);
    return message;
}

events::Event cancelled(const ClosedOrder& fact) {
    v1::OrderCancelled message;
    message.set_order_id(number(fact.id));
    message.set_order_number(fact.number);
    message.set_cancelled_us(unix_microseconds(fact.at));
    return events::Event::of(message);
}

events::Event expired(const ClosedOrder& fact) {
    v1::OrderExpired message;
    message.set_order_id(number(fact.id));
    message.set_order_number(fact.number);
    message.set_expired_us(unix_microseconds(fact.at));
    return events::Event::of(message);
}

v1::OrderRefunded refunded(const RefundedOrder& fact) {
    v1::OrderRefunded message;
    message.set_order_id(number(fact.id));
    message.set_order_number(fact.number);
    message.set_refunded_us(unix_microseconds(fact.at));
    message.set_amount_fen(fact.amount.count());
    message.set_reason(fact.reason);
    return message;
}

v1::OrderErased erased(const ErasedOrder& fact) {
    v1::OrderErased message;
    message.set_order_id(number(fact.id));
    message.set_erased_us(unix_microseconds(fact.at));
    return message;
}

v1::StockChanged stock(const StockLevel& fact) {
    v1::StockChanged message;
    message.set_lot_id(number(fact.lot));
    message.set_sku_id(number(fact.sku));
    message.set_available(fact.available);
    return message;
}

}  // namespace

void publish_facts(database::Session& session, const Facts& facts) {
    std::vector<events::Event> told;
    told.reserve(facts.placed.size() + facts.paid.size() + facts.closed.size() + facts.refunded.size() +
                 facts.erased.size() + facts.stock.size());
    for (const auto& order : facts.placed)
        told.push_back(events::Event::of(described<v1::OrderPlaced>(order)));
    for (const auto& fact : facts.paid) told.push_back(events::Event::of(paid(fact)));
    for (const auto& fact : facts.closed) told.push_back(fact.cancelled ? cancelled(fact) : expired(fact));
    for (const auto& fact : facts.refunded) told.push_back(events::Event::of(refunded(fact)));
    for (const auto& fact : facts.erased) told.push_back(events::Event::of(erased(fact)));
    for (const auto& level : facts.stock) told.push_back(events::Event::of(stock(level)));
    events::publish(session, told);
}

}  // namespace shanhai::orders
