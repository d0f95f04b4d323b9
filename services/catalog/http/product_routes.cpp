#include "catalog/http/product_routes.hpp"

#include "catalog/http/answers.hpp"
#include "catalog/http/catalog_bodies.hpp"
#include "catalog/http/catalog_json.hpp"
#include "catalog/http/staff.hpp"
#include "chassis/http/negotiate.hpp"
#include "chassis/http/parameters.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace shanhai::catalog {

using http::Method;
using http::Request;
using http::Response;

namespace {

/// Null when there is none that this reader may know of.
const ShownProduct* found_for(const Request& request, const View& view, ProductId id) {
    const auto* const shown = view.product(id);
    if (shown == nullptr) return nullptr;
    const auto& product = *shown->product;
    const bool may = view.facts->shown_to(request.reader(), product.merchant, product.ever_listed);
    return may ? shown : nullptr;
}

Response not_modified(const std::string& etag) {
    Response response;
    response.status = 304;
    response.headers.emplace_back("ETag", etag);
    response.headers.emplace_back("Cache-Control", "no-cache");
    return response;
}

Response product_answer(std::shared_ptr<const std::string> body, const std::string& etag) {
    Response response;
    response.shared_body = std::move(body);
    response.headers.reserve(
        4);  // The server adds one: no second allocation for a page that everybody asks for.
    response.headers.emplace_back("ETag", etag);
    response.headers.emplace_back("Cache-Control", "no-cache");
    return response;
}

}  // namespace

void ProductRoutes::mount(http::Router& router) {
    router.on_quick(Method::get, "/v1/products/{product_id}", [this](const Request& r) { return show(r); });
    router.on(Method::post, "/v1/products", [this](const Request& r) { return add(r); });
    router.on(Method::get, "/v1/products/{product_id}/versions",
              [this](const Request& r) { return list_versions(r); });
    router.on(Method::post, "/v1/products/{product_id}/versions",
              [this](const Request& r) { return add_version(r); });
    router.on(Method::post, "/v1/products/{product_id}/listing",
              [this](const Request& r) { return set_listed(r); });
    router.on(Method::post, "/v1/products/{product_id}/skus",
              [this](const Request& r) { return add_sku(r); });
    router.on(Method::post, "/v1/skus/{sku_id}/prices", [this](const Request& r) { return set_price(r); });
    finding_.mount(router);
    tables_.mount(router);
}

Response ProductRoutes::show(const Request& request) const {
    const auto id = http::id_in_path<ProductId>(request, "product_id");
    if (!id) return http::respond_with(id.error());
    const auto view = showcase_.view();
    const auto* const shown = found_for(request, *view, *id);
    if (shown == nullptr) return unknown("product");

    auto body = shown->body;
    auto etag = shown->etag;
    // A certification has begun or lapsed since it was rendered; the showcase will notice in a moment.
    if (const auto at = showcase_.clock().now(); !shown->good_at(at)) {
        auto fresh = boost::json::serialize(json_of(*view->facts, *shown->product, at));
        etag = etag_of(shown->product->version, fresh);
        body = std::make_shared<const std::string>(std::move(fresh));
    }
    if (http::has_current(request, etag)) return not_modified(etag);
    return product_answer(std::move(body), etag);
}

ProductRoutes::Answer ProductRoutes::written(int status, ProductId id) {
    co_await showcase_.refresh(store_);
    const auto location = "/v1/products/" + std::to_string(number(id));
    const auto view = showcase_.view();
    const auto* const shown = view->product(id);
    if (shown == nullptr) {
        boost::json::object body;
        body["product_id"] = number(id);
        co_return json_answer(status, body, location);
    }
    auto response = product_answer(shown->body, shown->etag);
    response.status = status;
    response.headers.emplace_back("Location", location);
    co_return response;
}

ProductRoutes::Answer ProductRoutes::add(const Request& request) {
    const auto author = author_of(request);
    auto product = product_in(request);
    if (!product) co_return http::respond_with(product.error());
    const auto id = co_await store_.add_product(std::move(*product), author);
    if (!id) co_return http::respond_with(id.error());
    co_return co_await written(201, *id);
}

ProductRoutes::Answer ProductRoutes::add_version(const Request& request) {
    const auto author = author_of(request);
    const auto id = http::id_in_path<ProductId>(request, "product_id");
    if (!id) co_return http::respond_with(id.error());
    const auto current = version_to_follow(request);
    if (!current) co_return http::respond_with(current.error());
    auto text = product_text_in(request);
    if (!text) co_return http::respond_with(text.error());
    const auto version = co_await store_.add_version(*id, std::move(*text), *current, author);
    if (!version) co_return http::respond_with(version.error());
    co_return co_await written(201, *id);
}

ProductRoutes::Answer ProductRoutes::list_versions(const Request& request) {
    const auto id = http::id_in_path<ProductId>(request, "product_id");
    if (!id) co_return http::respond_with(id.error());
    const auto view = showcase_.view();
    const auto* const shown = found_for(request, *view, *id);
    if (shown == nullptr) co_return unknown("product");
    const auto house = view->facts->merchant(shown->product->merchant)->organisation;
    const bool names = is_told_authors(request, house);
    const auto versions = co_await store_.versions(*id);
    if (!versions) co_return http::respond_with(versions.error());
    boost::json::array items;
    for (const auto& version : *versions) items.emplace_back(json_of(version, names));
    boost::json::object body;
    body["items"] = std::move(items);
    body["next"] = nullptr;
    co_return json_answer(200, body);
}

ProductRoutes::Answer ProductRoutes::add_sku(const Request& request) {
    const auto author = author_of(request);
    const auto id = http::id_in_path<ProductId>(request, "product_id");
    if (!id) co_return http::respond_with(id.error());
    auto sku = sku_in(request);
    if (!sku) co_return http::respond_with(sku.error());
    const auto added = co_await store_.add_sku(*id, std::move(*sku), author);
    if (!added) co_return http::respond_with(added.error());
    co_return co_await written(added->created ? 201 : 200, *id);
}

ProductRoutes::Answer ProductRoutes::set_price(const Request& request) {
    const auto author = author_of(request);
    const auto sku = http::id_in_path<SkuId>(request, "sku_id");
    if (!sku) co_return http::respond_with(sku.error());
    const auto price = price_in(request);
    if (!price) co_return http::respond_with(price.error());
    const auto product = co_await store_.set_price(*sku, *price, author);
    if (!product) co_return http::respond_with(product.error());
    co_return co_await written(201, *product);
}

ProductRoutes::Answer ProductRoutes::set_listed(const Request& request) {
    const auto author = author_of(request);
    const auto id = http::id_in_path<ProductId>(request, "product_id");
    if (!id) co_return http::respond_with(id.error());
    const auto listed = listed_in(request);
    if (!listed) co_return http::respond_with(listed.error());
    const auto done = co_await store_.set_listed(*id, *listed, author);
    if (!done) co_return http::respond_with(done.error());
    co_return co_await written(200, *id);
}

}  // namespace shanhai::catalog
