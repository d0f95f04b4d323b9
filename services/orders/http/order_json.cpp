#include "orders/http/order_json.hpp"

#include "orders/domain/brought.hpp"
#include "vocabulary/region.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <limits>

namespace shanhai::orders {
namespace {

namespace json = boost::json;

constexpr std::int64_t id_max = std::numeric_limits<std::int64_t>::max();

json::object line_json(const OrderLine& line) {
    const auto& terms = *line.terms;
    json::object out;
    out["sku_id"] = number(terms.sku);
    out["product_id"] = number(terms.product);
    out["product_name"] = terms.product_name;
    out["sku_name"] = terms.sku_name;
    out["quantity"] = line.quantity;
    out["unit_price_fen"] = terms.price.count();
    out["total_fen"] = line.total().count();
    out["lot_id"] = number(line.lot);
    out["lot_code"] = line.lot_code;
    out["county_code"] = line.county_code;
    if (terms.bundle) {
        out["bundle_id"] = number(terms.bundle->id);
        out["bundle_name"] = terms.bundle->name;
    }
    return out;
}

/// Whether the line says that it is a bundle, be it well or wrongly written: what is wrong with it is then
/// one fault, and no reason to look for the members of an SKU.
bool names_bundle(const json::value& body, const http::Fields& line) {
    boost::system::error_code absent;
    const auto* const bundle = body.find_pointer(line.pointer("bundle_id"), absent);
    return bundle != nullptr && !bundle->is_null();
}

/// An SKU at its price's version, or a bundle at its own.
LineRequest read_line(http::Fields& line, bool of_bundle) {
    constexpr std::int64_t version_max = std::numeric_limits<std::int32_t>::max();
    LineRequest wanted;
    if (of_bundle) {
        wanted.bundle = static_cast<BundleId>(line.integer("bundle_id", 1, id_max));
    } else {
        (void)line.optional_integer("bundle_id", 1, id_max);  // Null counts as absent.
        wanted.sku = static_cast<SkuId>(line.integer("sku_id", 1, id_max));
    }
    wanted.quantity = line.integer("quantity", 1, quantity_max);
    const auto version = line.integer(of_bundle ? "bundle_version" : "price_version", 1, version_max);
    wanted.price_version = static_cast<std::int32_t>(version);
    return wanted;
}

json::object order_json(const Order& order, OrderState state, Instant expires) {
    json::object out;
    out["order_number"] = order.number;
    const auto name = wire_name(state);
    out["state"] = json::string_view{name.data(), name.size()};
    out["total_fen"] = order.total.count();
    out["created_at"] = rfc3339(order.created);
    out["expires_at"] = rfc3339(expires);
    json::array lines;
    lines.reserve(order.lines.size());
    for (const auto& line : order.lines) lines.push_back(line_json(line));
    out["lines"] = std::move(lines);
    return out;
}

json::object refund_json(const RefundView& refund) {
    json::object out;
    out["amount_fen"] = refund.amount.count();
    out["reason"] = refund.reason;
    out["state"] = refund.done ? "SUCCESS" : "PENDING";
    if (refund.refunded) out["refunded_at"] = rfc3339(*refund.refunded);
    return out;
}

json::array brought_json(const std::vector<Brought>& brought) {
    json::array out;
    for (const auto& one : brought) {
        json::object county;
        county["county_code"] = one.county_code;
        county["amount_fen"] = one.amount.count();
        out.push_back(std::move(county));
    }
    return out;
}

json::object receiver_json(const std::string& name, const std::string& phone, const std::string& address) {
    json::object receiver;
    receiver["name"] = name;
    receiver["phone"] = phone;
    receiver["address"] = address;
    return receiver;
}

}  // namespace

Receiver read_receiver(http::Fields fields) {
    Receiver receiver;
    receiver.name = fields.text("name", 1, 50);
    receiver.phone = fields.checked<std::string>("phone", phone_digits).value_or("");
    const auto region = fields.optional_parsed<RegionCode>("region_code");
    if (region) receiver.region_code = region->text();
    receiver.address = fields.text("address", 5, 200, Lines::joined);
    return receiver;
}

Result<OrderRequest> read_order(const json::value& body) {
    http::Fields fields{body};
    OrderRequest request;
    for (auto& line : fields.objects("lines", 1, order_lines_max)) {
        request.lines.push_back(read_line(line, names_bundle(body, line)));
    }
    // Any text at all: what it holds is the seller's affair, and never stops a buyer.
    request.attribution = fields.optional_checked<std::string>(
        "attribution", [](std::string_view text) -> Result<std::string> { return std::string{text}; });
    request.receiver = read_receiver(fields.object("receiver"));
    request.confirmed_no_return = fields.boolean("confirmed_no_return", false);
    if (auto error = fields.complaints()) return *error;
    return request;
}

std::string placed_json(const Order& order, std::string_view access_token) {
    auto out = order_json(order, OrderState::created, order.first_expires.value_or(order.expires));
    out["access_token"] = json::string_view{access_token.data(), access_token.size()};
    return json::serialize(out);
}

json::object view_json(const OrderView& view, const OfferBook& book) {
    auto out = order_json(view.order, view.order.state, view.order.expires);
    if (view.order.paid) out["paid_at"] = rfc3339(*view.order.paid);
    if (!view.order.close_reason.empty()) out["close_reason"] = view.order.close_reason;
    const auto brought = brought_by(view.order, book);
    if (!brought.empty()) out["brought"] = brought_json(brought);
    out["receiver"] = receiver_json(view.receiver_name, view.receiver_phone, view.receiver_address);
    json::array payments;
    for (const auto& attempt : view.attempts) payments.push_back(attempt_json(attempt));
    out["payments"] = std::move(payments);
    json::array refunds;
    for (const auto& refund : view.refunds) refunds.push_back(refund_json(refund));
    out["refunds"] = std::move(refunds);
    return out;
}

json::object listed_json(const ListedOrder& listed) {
    const auto& order = listed.order;
    auto out = order_json(order, order.state, order.expires);
    const auto channel = wire_name(order.channel);
    out["channel"] = json::string_view{channel.data(), channel.size()};
    if (order.paid) out["paid_at"] = rfc3339(*order.paid);
    if (!order.close_reason.empty()) out["close_reason"] = order.close_reason;
    auto& lines = out["lines"].as_array();
    for (std::size_t i = 0; i < lines.size(); ++i) {
        auto& line = lines[i].as_object();
        line["merchant_id"] = number(order.lines[i].terms->merchant);
        line["merchant_name"] = order.lines[i].terms->merchant_name;
    }
    out["receiver"] = receiver_json(listed.receiver_name, listed.receiver_phone, listed.receiver_address);
    return out;
}

json::array history_json(const std::vector<StaffAction>& history) {
    json::array out;
    for (const auto& action : history) {
        json::object one;
        one["what"] = action.what;
        one["account_id"] = action.account;
        one["name"] = action.name;
        one["reason"] = action.reason;
        one["asked_at"] = rfc3339(action.asked);
        if (action.done) one["done_at"] = rfc3339(*action.done);
        out.push_back(std::move(one));
    }
    return out;
}

json::object attempt_json(const Attempt& attempt) {
    json::object out;
    out["attempt_number"] = attempt.number;
    out["provider"] = attempt.provider;
    out["pay_url"] = attempt.pay_url;
    out["amount_fen"] = attempt.amount.count();
    const auto name = wire_name(attempt.state);
    out["state"] = json::string_view{name.data(), name.size()};
    return out;
}

}  // namespace shanhai::orders
