#include "orders/http/threshold_routes.hpp"

#include "chassis/http/json.hpp"
#include "chassis/http/parameters.hpp"
#include "orders/http/sku_list.hpp"

#include <boost/json/array.hpp>

namespace shanhai::orders {
namespace {

namespace json = boost::json;

StockKeeper keeper_of(const http::Request& request) {
    const auto& staff = request.staff();
    return {staff.account, OrganisationId{staff.organisation},
            !staff.has("operator") && !staff.has("auditor")};
}

json::object json_of(const KeptThresholds& kept) {
    json::object out;
    out["sku_id"] = number(kept.sku);
    out["low_stock_below"] = kept.thresholds.low_stock_below;
    out["near_expiry_days"] = kept.thresholds.near_expiry_days;
    out["set_at"] = kept.word ? json::value(rfc3339(kept.word->at)) : json::value(nullptr);
    out["set_by"] = kept.word ? json::value(kept.word->account) : json::value(nullptr);
    return out;
}

http::Response never_stored(http::Response response) {
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

}  // namespace

void ThresholdRoutes::mount(http::Router& router) {
    router.on(http::Method::get, "/v1/stock/thresholds{?sku_ids}",
              [this](const http::Request& request) { return list(request); });
    router.on(http::Method::put, "/v1/stock/{sku_id}/thresholds",
              [this](const http::Request& request) { return set(request); });
}

ThresholdRoutes::Answer ThresholdRoutes::list(const http::Request& request) {
    http::Parameters parameters{request};
    const auto skus = parameters.checked<std::vector<SkuId>>("sku_ids", sku_list);
    if (const auto error = parameters.complaints()) co_return http::respond_with(*error);
    const auto found = co_await watch_.thresholds(keeper_of(request), *skus);
    if (!found) co_return http::respond_with(found.error());
    json::array items;
    for (const auto& one : *found) items.push_back(json_of(one));
    json::object out;
    out["items"] = std::move(items);
    co_return never_stored(http::json_response(out));
}

ThresholdRoutes::Answer ThresholdRoutes::set(const http::Request& request) {
    const auto sku = http::id_in_path<SkuId>(request, "sku_id");
    if (!sku) co_return http::respond_with(sku.error());
    const auto body = http::read_json(request);
    if (!body) co_return http::respond_with(body.error());
    auto fields = http::Fields::of_whole(*body);
    StockThresholds wanted;
    wanted.low_stock_below = fields.integer("low_stock_below", 0, StockThresholds::low_stock_max);
    wanted.near_expiry_days = fields.integer("near_expiry_days", 0, StockThresholds::near_expiry_max);
    if (const auto error = fields.complaints()) co_return http::respond_with(*error);
    const auto kept = co_await watch_.set(keeper_of(request), *sku, wanted);
    if (!kept) co_return http::respond_with(kept.error());
    co_return never_stored(http::json_response(json_of(*kept)));
}

}  // namespace shanhai::orders
