#include "orders/http/price_routes.hpp"

#include "chassis/http/json.hpp"
#include "chassis/http/parameters.hpp"
#include "orders/http/sku_list.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace shanhai::orders {
namespace {

namespace json = boost::json;

json::value fen_or_null(const std::optional<Fen>& fen) {
    return fen ? json::value(fen->count()) : json::value(nullptr);
}

AskedPrice asked_for(const Offer& offer, const Lookup::Past& past) {
    AskedPrice asked{offer.terms->price_version, offer.terms->price, offer.price_since};
    asked.offered_before = lowest_offered(asked, past.offered);
    return asked;
}

json::object price_json(SkuId sku, const AskedPrice& asked, std::span<const DealDay> deals, Date today) {
    json::object out;
    out["sku_id"] = number(sku);
    out["price_fen"] = asked.price.count();
    out["price_version"] = asked.version;
    out["since"] = asked.since ? json::value(rfc3339(*asked.since)) : json::value(nullptr);
    // Of older prices the deals before them are not read any more.
    out["lowest_before_fen"] =
        fen_or_null(is_compared(asked, today) ? lowest_deal_before(asked, deals) : std::nullopt);
    out["compared_fen"] = fen_or_null(compared_price(asked, deals, today));
    out["lowest_lately_fen"] = fen_or_null(lowest_deal_lately(deals, today));
    return out;
}

}  // namespace

void PriceRoutes::mount(http::Router& router) {
    router.on(http::Method::get, "/v1/prices/lowest{?sku_ids}",
              [this](const http::Request& request) { return lowest(request); });
}

boost::asio::awaitable<http::Response> PriceRoutes::lowest(const http::Request& request) {
    http::Parameters parameters{request};
    const auto asked = parameters.checked<std::vector<SkuId>>("sku_ids", sku_list);
    if (const auto error = parameters.complaints()) co_return http::respond_with(*error);
    const auto offers = lookup_.offers();
    const auto skus = co_await lookup_.shown_to(request.reader(), offers, *asked);
    if (!skus) co_return http::respond_with(skus.error());
    const auto today = shanghai_date(clock_.now());
    auto first = today;
    for (const auto sku : *skus) {
        const auto* offer = offers->offer(sku);
        if (offer != nullptr) first = std::min(first, deals_needed_from(offer->price_since, today));
    }
    const auto past = co_await lookup_.past(*skus, first);
    if (!past) co_return http::respond_with(past.error());
    const Lookup::Past nothing;
    json::array items;
    for (const auto sku : *skus) {
        const auto* offer = offers->offer(sku);
        if (offer == nullptr) continue;
        const auto found = past->find(sku);
        const auto& of_sku = found == past->end() ? nothing : found->second;
        items.push_back(price_json(sku, asked_for(*offer, of_sku), of_sku.deals, today));
    }
    json::object out;
    out["items"] = std::move(items);
    auto response = http::json_response(out);
    // What a house may see of its own goods is nothing for the copy of the next one.
    response.headers.emplace_back("Cache-Control", request.principal ? "no-store" : "public, max-age=60");
    co_return response;
}

}  // namespace shanhai::orders
