#include "orders/http/stock_routes.hpp"

#include "chassis/http/idempotency.hpp"
#include "chassis/http/json.hpp"
#include "chassis/http/parameters.hpp"
#include "orders/application/stock_watch.hpp"
#include "orders/domain/allocation.hpp"
#include "orders/http/receipt_body.hpp"

#include <boost/json/array.hpp>
#include <limits>

namespace shanhai::orders {
namespace {

namespace json = boost::json;

/// What could be sold now: only lots that are fresh enough count.
json::object stock_json(SkuId sku, const std::vector<LotLevel>& levels, const OfferTerms& terms, Date today) {
    const auto demand = Demand::of(terms, 1);
    std::int64_t available = 0;
    json::array lots;
    for (const auto& [lot, on_hand, reserved] : levels) {
        if (!demand.served_by(lot, today) || on_hand == reserved) continue;
        available += on_hand - reserved;
        json::object out;
        out["lot_id"] = number(lot.id);
        out["lot_code"] = lot.code;
        out["expiry_date"] = lot.expiry ? json::value(date_text(*lot.expiry)) : json::value(nullptr);
        out["available"] = on_hand - reserved;
        lots.push_back(std::move(out));
    }
    json::object out;
    out["sku_id"] = number(sku);
    out["available"] = available;
    out["lots"] = std::move(lots);
    return out;
}

json::object entry_json(const JournalEntry& entry) {
    json::object out;
    out["entry_id"] = entry.id;
    out["lot_id"] = number(entry.lot);
    out["kind"] = entry.kind;
    out["delta_on_hand"] = entry.delta_on_hand;
    out["delta_reserved"] = entry.delta_reserved;
    out["order_number"] = entry.order_number ? json::value(*entry.order_number) : json::value(nullptr);
    out["at"] = rfc3339(entry.at);
    return out;
}

json::object receipt_json(const Received& received) {
    json::object out;
    out["receipt_id"] = received.receipt;
    out["lot_id"] = number(received.lot);
    out["sku_id"] = number(received.sku);
    out["quantity"] = received.quantity;
    out["at"] = rfc3339(received.at);
    return out;
}

json::object correction_json(const Correction& correction) {
    json::object out;
    out["correction_id"] = correction.id;
    out["lot_id"] = number(correction.lot);
    out["delta"] = correction.delta;
    out["reason"] = correction.reason;
    out["state"] = correction.confirmed ? "CONFIRMED" : "PROPOSED";
    out["proposed_by"] = correction.proposed_by;
    out["proposed_at"] = rfc3339(correction.proposed);
    if (correction.confirmed_by) out["confirmed_by"] = *correction.confirmed_by;
    if (correction.confirmed) out["confirmed_at"] = rfc3339(*correction.confirmed);
    return out;
}

}  // namespace

void StockRoutes::mount(http::Router& router) {
    router.on(http::Method::get, "/v1/stock/{sku_id}",
              [this](const http::Request& request) { return show(request); });
    router.on(http::Method::get, "/v1/stock/{sku_id}/journal{?cursor,limit}",
              [this](const http::Request& request) { return journal(request); });
    router.on(http::Method::post, "/v1/stock/receipts",
              [this](const http::Request& request) { return receive(request); });
    router.on(http::Method::post, "/v1/stock/corrections",
              [this](const http::Request& request) { return propose(request); });
    router.on(http::Method::post, "/v1/stock/corrections/{correction_id}/confirm",
              [this](const http::Request& request) { return confirm(request); });
    tables_.mount(router);
}

boost::asio::awaitable<http::Response> StockRoutes::show(const http::Request& request) {
    const auto sku = http::id_in_path<SkuId>(request, "sku_id");
    if (!sku) co_return http::respond_with(sku.error());
    const auto book = lookup_.offers();
    std::vector<SkuId> asked{*sku};
    const auto shown = co_await lookup_.shown_to(request.reader(), book, std::move(asked));
    if (!shown) co_return http::respond_with(shown.error());
    const auto* offer = book->offer(*sku);
    if (offer == nullptr || shown->empty()) co_return http::respond_with(sku_unknown());
    const auto levels = co_await desk_.stock(*sku);
    if (!levels) co_return http::respond_with(levels.error());
    auto response =
        http::json_response(stock_json(*sku, *levels, *offer->terms, shanghai_date(clock_.now())));
    response.headers.emplace_back("Cache-Control", "no-store");
    co_return response;
}

boost::asio::awaitable<http::Response> StockRoutes::journal(const http::Request& request) {
    const auto page = cursors_.page_of(request);
    if (!page) co_return http::respond_with(page.error());
    const auto sku = http::id_in_path<SkuId>(request, "sku_id");
    if (!sku) co_return http::respond_with(sku.error());
    constexpr std::uint64_t newest = std::numeric_limits<std::int64_t>::max();
    const auto before = page->after.empty() ? newest : page->after_number();
    const auto limit = page->limit;
    const auto entries = co_await desk_.journal(*sku, before, limit + 1);
    if (!entries) co_return http::respond_with(entries.error());
    json::array items;
    for (std::size_t i = 0; i < std::min(limit, entries->size()); ++i)
        items.push_back(entry_json((*entries)[i]));
    json::object out;
    out["items"] = std::move(items);
    out["next"] = nullptr;
    if (entries->size() > limit)
        out["next"] = cursors_.encode(*page, std::to_string((*entries)[limit - 1].id));
    co_return http::json_response(out);
}

boost::asio::awaitable<http::Response> StockRoutes::receive(const http::Request& request) {
    auto command = read_receipt(request);
    if (!command) co_return http::respond_with(command.error());
    const auto received = co_await desk_.receive(std::move(*command));
    if (!received) co_return http::respond_with(received.error());
    auto response = http::json_response(receipt_json(*received), 201);
    if (received->replayed) response.headers.emplace_back("Idempotent-Replayed", "true");
    co_return response;
}

Result<ReceiveCommand> StockRoutes::read_receipt(const http::Request& request) const {
    const auto key_given = http::idempotency_key(request.header("Idempotency-Key"));
    if (!key_given) return key_given.error();
    const auto body = http::read_json(request);
    if (!body) return body.error();
    http::Fields fields{*body};
    ReceiveCommand command;
    read_arrival(fields, command);
    if (auto error = fields.complaints()) return *error;
    const auto canonical =
        std::to_string(number(command.lot)) + '\n' + std::to_string(command.quantity) + '\n' + command.note;
    auto key = request_key(request, "", canonical);
    if (!key) return key.error();
    command.key = std::move(*key);
    return command;
}

Result<ProposeCorrection> StockRoutes::read_correction(const http::Request& request) const {
    const auto key_given = http::idempotency_key(request.header("Idempotency-Key"));
    if (!key_given) return key_given.error();
    const auto body = http::read_json(request);
    if (!body) return body.error();
    http::Fields fields{*body};
    ProposeCorrection command;
    command.lot = LotId{
        static_cast<std::uint64_t>(fields.integer("lot_id", 1, std::numeric_limits<std::int64_t>::max()))};
    command.delta = fields.integer("delta", -quantity_max, quantity_max);
    if (command.delta == 0) fields.complain("delta", "must not be 0");
    command.reason = fields.text("reason", 1, 200);
    if (auto error = fields.complaints()) return *error;
    const auto canonical =
        std::to_string(number(command.lot)) + '\n' + std::to_string(command.delta) + '\n' + command.reason;
    auto key = request_key(request, "", canonical);
    if (!key) return key.error();
    command.key = std::move(*key);
    command.by = request.staff().account;
    return command;
}

boost::asio::awaitable<http::Response> StockRoutes::propose(const http::Request& request) {
    auto command = read_correction(request);
    if (!command) co_return http::respond_with(command.error());
    const auto proposed = co_await desk_.propose(std::move(*command));
    if (!proposed) co_return http::respond_with(proposed.error());
    auto response = http::json_response(correction_json(*proposed), 201);
    if (proposed->replayed) response.headers.emplace_back("Idempotent-Replayed", "true");
    co_return response;
}

boost::asio::awaitable<http::Response> StockRoutes::confirm(const http::Request& request) {
    http::Parameters parameters{request};
    const auto correction = parameters.id<std::uint64_t>("correction_id");
    if (const auto error = parameters.complaints()) co_return http::respond_with(*error);
    const ConfirmCorrection command{correction, request.staff().account};
    const auto confirmed = co_await desk_.confirm(command);
    if (!confirmed) co_return http::respond_with(confirmed.error());
    co_return http::json_response(correction_json(*confirmed));
}

}  // namespace shanhai::orders
