#include "catalog/http/bundle_routes.hpp"

#include "catalog/domain/search/understanding.hpp"
#include "catalog/http/answers.hpp"
#include "catalog/http/bundle_json.hpp"
#include "catalog/http/catalog_bodies.hpp"
#include "catalog/http/page.hpp"
#include "catalog/http/staff.hpp"
#include "chassis/http/parameters.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>

namespace shanhai::catalog {
namespace {

using http::Method;
using http::Request;
using http::Response;

constexpr std::size_t query_max = 100;    // Characters.
constexpr std::size_t products_max = 50;  // In whose bundles is looked: of those that fit best.

/// As a list of products understands the words. Products that fit by where they come from, who sells them or
/// by a text alone lead to no bundle, and of a scheme's name no bundle's name is proof.
BundleWords asked_by(const std::string& words, const View& view, Instant at) {
    const search::Sight sight{*view.facts};
    const auto what = search::understand(words, view.index, *view.names, sight, at);
    BundleWords asked;
    // A bundle may be called what no product is: its name is looked for as it was typed.
    const auto as_typed = search::Query::of(words, *view.names, false);
    if (as_typed.words.empty()) return asked;
    const auto is_scheme = [](const search::Word& word) { return word.sense.scheme_alone; };
    if (std::ranges::none_of(as_typed.words, is_scheme)) {
        for (const auto& word : as_typed.words) asked.words.push_back(word.text);
    }
    const search::Finding finding{view.index, sight, at};
    const search::Order order{.first = {}, .began = at};
    for (const auto& place : finding.places(what.query, {}, order, {}, products_max)) {
        if (place.level < search::Level::anything) asked.products.push_back(place.product);
    }
    return asked;
}

Result<BundleFilter> filter_of(const Request& request, const View& view, Instant at) {
    http::Parameters parameters{request};
    BundleFilter filter;
    const auto words = parameters.optional_text("q", 0, query_max).value_or("");
    filter.merchant = parameters.optional_id<MerchantId>("merchant_id");
    filter.product = parameters.optional_id<ProductId>("product_id");
    filter.unlisted_too = asks_for_unlisted(parameters);
    if (auto error = parameters.complaints()) return *error;
    filter.reader = request.reader();
    if (!words.empty()) filter.asked = asked_by(words, view, at);
    return filter;
}

}  // namespace

void BundleRoutes::mount(http::Router& router) {
    router.on(Method::get, "/v1/bundles{?q,merchant_id,product_id,listed,cursor,limit}",
              [this](const Request& r) { return list(r); });
    router.on(Method::get, "/v1/bundles/{bundle_id}", [this](const Request& r) { return show(r); });
    router.on(Method::post, "/v1/bundles", [this](const Request& r) { return add(r); });
    router.on(Method::put, "/v1/bundles/{bundle_id}", [this](const Request& r) { return change(r); });
    router.on(Method::post, "/v1/bundles/{bundle_id}/listing",
              [this](const Request& r) { return set_listed(r); });
}

BundleRoutes::Answer BundleRoutes::list(const Request& request) {
    const auto page = cursors_.page_of(request);
    if (!page) co_return http::respond_with(page.error());
    const auto view = showcase_.view();
    const auto at = showcase_.clock().now();
    const auto filter = filter_of(request, *view, at);
    if (!filter) co_return http::respond_with(filter.error());
    const auto after = page->after_id<BundleId>();
    const auto found = co_await store_.list(*filter, after, page->limit + 1);
    if (!found) co_return http::respond_with(found.error());
    PageWriter writer{cursors_, *page};
    for (const auto& one : *found) {
        const auto position = std::to_string(number(one.bundle.id));
        if (!writer.add(position, boost::json::serialize(json_of(*view, one, filter->reader, at)))) break;
    }
    co_return writer.finish();
}

BundleRoutes::Answer BundleRoutes::show(const Request& request) {
    const auto id = http::id_in_path<BundleId>(request, "bundle_id");
    if (!id) co_return http::respond_with(id.error());
    co_return co_await shown(200, *id, request.reader());
}

BundleRoutes::Answer BundleRoutes::shown(int status, BundleId id, Reader reader) {
    const auto found = co_await store_.find(id);
    if (!found) co_return http::respond_with(found.error());
    const auto view = showcase_.view();
    const auto& bundle = found->bundle;
    // A set says what is in it: of one with goods that were never listed the public knows as little.
    const bool listed = bundle.ever_listed && std::ranges::all_of(found->skus, [](const auto& sku) {
                            return sku.second.ever_listed;
                        });
    if (!view->facts->shown_to(reader, bundle.merchant, listed)) co_return unknown("bundle");
    const auto body = json_of(*view, *found, reader, showcase_.clock().now());
    const auto location = "/v1/bundles/" + std::to_string(number(id));
    auto response = json_answer(status, body, status == 201 ? location : std::string{});
    response.headers.emplace_back("ETag", etag_of(found->bundle.version, response.body));
    response.headers.emplace_back("Cache-Control", "no-cache");
    co_return response;
}

BundleRoutes::Answer BundleRoutes::add(const Request& request) {
    const auto author = author_of(request);
    auto bundle = bundle_in(request);
    if (!bundle) co_return http::respond_with(bundle.error());
    const auto added = co_await store_.add(std::move(*bundle), author);
    if (!added) co_return http::respond_with(added.error());
    co_return co_await shown(added->created ? 201 : 200, added->id, request.reader());
}

BundleRoutes::Answer BundleRoutes::change(const Request& request) {
    const auto author = author_of(request);
    const auto id = http::id_in_path<BundleId>(request, "bundle_id");
    if (!id) co_return http::respond_with(id.error());
    const auto current = version_to_follow(request);
    if (!current) co_return http::respond_with(current.error());
    auto wanted = bundle_offer_in(request);
    if (!wanted) co_return http::respond_with(wanted.error());
    const auto version = co_await store_.change(*id, std::move(*wanted), *current, author);
    if (!version) co_return http::respond_with(version.error());
    co_return co_await shown(200, *id, request.reader());
}

BundleRoutes::Answer BundleRoutes::set_listed(const Request& request) {
    const auto author = author_of(request);
    const auto id = http::id_in_path<BundleId>(request, "bundle_id");
    if (!id) co_return http::respond_with(id.error());
    const auto listed = listed_in(request);
    if (!listed) co_return http::respond_with(listed.error());
    const auto done = co_await store_.set_listed(*id, *listed, author);
    if (!done) co_return http::respond_with(done.error());
    co_return co_await shown(200, *id, request.reader());
}

}  // namespace shanhai::catalog
