#include "catalog/http/product_routes.hpp"

#include "catalog/domain/category.hpp"
#include "catalog/http/answers.hpp"
#include "catalog/http/catalog_bodies.hpp"
#include "catalog/http/catalog_json.hpp"
#include "catalog/http/page.hpp"
#include "catalog/http/staff.hpp"
#include "chassis/http/negotiate.hpp"
#include "chassis/http/parameters.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <compare>

namespace shanhai::catalog {

using http::Method;
using http::Request;
using http::Response;

namespace {

constexpr std::size_t query_max = 100;  // Characters.

/// Which products a list asks for.
struct Filter {
    std::optional<CountyCode> county;
    std::optional<std::string> category;
    std::optional<SchemeCode> scheme;
    std::optional<SchemeCode> first;  ///< What is certified under it comes before all else.
    std::optional<MerchantId> merchant;
    SearchTerms terms{""};
    bool unlisted_too = false;
    Reader reader{};

    static Result<Filter> of(const Request& request);
    bool takes(const Registry& facts, const ShownProduct& shown, Instant at) const;
};

Result<std::string> known_category(std::string_view code) {
    if (find_category(code) == nullptr) return invalid_field("", "there is no such category");
    return std::string{code};
}

Result<Filter> Filter::of(const Request& request) {
    http::Parameters parameters{request};
    Filter filter;
    filter.county = parameters.optional_parsed<CountyCode>("county");
    filter.category = parameters.optional_checked<std::string>("category", known_category);
    filter.scheme = parameters.optional_parsed<SchemeCode>("scheme");
    filter.first = parameters.optional_parsed<SchemeCode>("first");
    filter.merchant = parameters.optional_id<MerchantId>("merchant_id");
    filter.unlisted_too = asks_for_unlisted(parameters);
    const auto query = parameters.optional_text("q", 0, query_max);
    if (auto error = parameters.complaints()) return *error;
    filter.terms = SearchTerms{query.value_or("")};
    filter.reader = request.reader();
    return filter;
}

bool certified_under(const Product& product, const SchemeCode& scheme, Instant at) {
    return std::ranges::any_of(product.certifications, [&](const Certification& one) {
        return one.scheme == scheme && one.valid_at(at);
    });
}

/// Null when there is none that this reader may know of.
const ShownProduct* found_for(const Request& request, const View& view, ProductId id) {
    const auto* const shown = view.product(id);
    if (shown == nullptr) return nullptr;
    const auto& product = *shown->product;
    const bool may = view.facts->shown_to(request.reader(), product.merchant, product.ever_listed);
    return may ? shown : nullptr;
}

bool Filter::takes(const Registry& facts, const ShownProduct& shown, Instant at) const {
    const auto& product = *shown.product;
    if (!product.listed && !unlisted_too) return false;
    if (!facts.shown_to(reader, product.merchant, product.ever_listed)) return false;
    if (county && product.county != *county) return false;
    if (category && product.text.category != *category) return false;
    if (merchant && product.merchant != *merchant) return false;
    if (scheme && !certified_under(product, *scheme, at)) return false;
    return terms.found_in(shown.search_text);
}

/// The parts of a list, each by id. Certified products come first, then the rest; and before both, where a
/// district's channels ask for it, what its scheme recognises (DOMAIN C15). Whoever reads the list is told
/// the rule.
int part_of(const ShownProduct& shown, const Filter& filter, Instant at) {
    const int certified_part = filter.first ? 1 : 0;
    if (filter.first && certified_under(*shown.product, *filter.first, at)) return 0;
    return shown.certified ? certified_part : certified_part + 1;
}

/// Where a product stands in the list; places are in the order of their texts.
struct Place {
    int part = 0;
    std::uint64_t product = 0;  ///< Counted from 1: a place of 0 is before all others of its part.

    static Place of(std::string_view text);
    std::string text() const { return std::to_string(part) + ':' + position_of(product); }

    friend auto operator<=>(const Place&, const Place&) = default;
};

/// The text is one that we gave, or empty.
Place Place::of(std::string_view text) {
    Place place;
    const auto colon = std::min(text.find(':'), text.size());
    std::from_chars(text.data(), text.data() + colon, place.part);
    if (colon < text.size())
        std::from_chars(text.data() + colon + 1, text.data() + text.size(), place.product);
    return place;
}

/// What may be in the list, in its order.
const ShownOrder& candidates(const View& view, const Filter& filter) {
    return filter.merchant ? view.of_merchant(*filter.merchant) : view.order;
}

std::string ranking_of(const Filter& filter) {
    boost::json::object ranking;
    ranking["rule"] = filter.first ? "SCHEME_FIRST" : "CERTIFIED_FIRST";
    ranking["scheme"] = filter.first ? boost::json::value(filter.first->text()) : boost::json::value{};
    return ",\"ranking\":" + boost::json::serialize(ranking);
}

/// Of one part, or of all as the view has them. False when the page is full.
bool add_products(PageWriter& writer, const View& view, const Filter& filter, Place after, Instant at,
                  std::optional<int> only = std::nullopt) {
    for (const auto& shown : candidates(view, filter)) {
        const Place place{part_of(*shown, filter, at), number(shown->product->id)};
        if (only && place.part != *only) continue;
        if (place <= after || !filter.takes(*view.facts, *shown, at)) continue;
        if (!writer.add(place.text(), *shown->body)) return false;
    }
    return true;
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
    router.on_quick(Method::get,
                    "/v1/products{?q,county,category,scheme,first,merchant_id,listed,cursor,limit}",
                    [this](const Request& r) { return list(r); });
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
    tables_.mount(router);
}

Response ProductRoutes::list(const Request& request) const {
    const auto page = cursors_.page_of(request);
    if (!page) return http::respond_with(page.error());
    const auto filter = Filter::of(request);
    if (!filter) return http::respond_with(filter.error());
    const auto view = showcase_.view();
    const auto at = showcase_.clock().now();
    PageWriter writer{cursors_, *page};
    const auto after = Place::of(page->after);
    const auto add = [&](std::optional<int> part) {
        return add_products(writer, *view, *filter, after, at, part);
    };
    if (filter->first) {
        (void)(add(0) && add(1) && add(2));
    } else {
        (void)add(std::nullopt);
    }
    return writer.finish(ranking_of(*filter));
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
    if (found_for(request, *view, *id) == nullptr) co_return unknown("product");
    const auto versions = co_await store_.versions(*id);
    if (!versions) co_return http::respond_with(versions.error());
    boost::json::array items;
    for (const auto& version : *versions) items.emplace_back(json_of(version));
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
