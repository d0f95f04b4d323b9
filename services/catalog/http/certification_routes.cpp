#include "catalog/http/certification_routes.hpp"

#include "catalog/http/answers.hpp"
#include "catalog/http/catalog_bodies.hpp"
#include "catalog/http/catalog_json.hpp"
#include "catalog/http/page.hpp"
#include "catalog/http/staff.hpp"
#include "chassis/http/parameters.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <map>

namespace shanhai::catalog {

using http::Method;
using http::Request;
using http::Response;

namespace {

struct Certified {
    const Product* product;
    const Certification* certification;
};

/// All of them by id, which is the order of the list.
std::map<CertificationId, Certified> certifications_of(const Catalogue& catalogue) {
    std::map<CertificationId, Certified> all;
    for (const auto& [id, product] : catalogue.products) {
        for (const auto& one : product.certifications) all.emplace(one.id, Certified{&product, &one});
    }
    return all;
}

struct Filter {
    std::optional<ProductId> product;
    std::optional<std::int64_t> year;
    std::optional<CertificationScheme> scheme;
    std::optional<CertificationState> state;

    static Result<Filter> of(const Request& request) {
        http::Parameters parameters{request};
        Filter filter;
        filter.product = parameters.optional_id<ProductId>("product_id");
        filter.year = parameters.optional_integer("year", Certification::year_min, Certification::year_max);
        filter.scheme =
            parameters.optional_choice<CertificationScheme>("scheme", from_wire_name<CertificationScheme>);
        filter.state =
            parameters.optional_choice<CertificationState>("state", from_wire_name<CertificationState>);
        if (auto error = parameters.complaints()) return *error;
        return filter;
    }

    bool takes(const Certification& one) const {
        return (!product || one.product == *product) && (!year || one.year == *year) &&
               (!scheme || one.scheme == *scheme) && (!state || one.state == *state);
    }
};

boost::json::object json_of(const View& view, CertificationId id, Instant at) {
    const auto all = certifications_of(*view.facts);
    const auto found = all.find(id);
    if (found != all.end()) return json_of(*found->second.product, *found->second.certification, at);
    boost::json::object body;
    body["certification_id"] = number(id);
    return body;
}

}  // namespace

void CertificationRoutes::mount(http::Router& router) {
    router.on_quick(Method::get, "/v1/certifications{?product_id,year,scheme,state,cursor,limit}",
                    [this](const Request& r) { return list(r); });
    router.on(Method::get, "/v1/certifications/{certification_id}",
              [this](const Request& r) { return show(r); });
    router.on(Method::post, "/v1/certifications", [this](const Request& r) { return certify(r); });
    router.on(Method::post, "/v1/certifications/{certification_id}/state",
              [this](const Request& r) { return change_state(r); });
}

Response CertificationRoutes::list(const Request& request) const {
    const auto page = cursors_.page_of(request);
    if (!page) return http::respond_with(page.error());
    const auto filter = Filter::of(request);
    if (!filter) return http::respond_with(filter.error());
    const auto view = showcase_.view();
    PageWriter writer{cursors_, *page};
    for (const auto& [id, certified] : certifications_of(*view->facts)) {
        const auto position = position_of(number(id));
        if (!writer.wants(position) || !filter->takes(*certified.certification)) continue;
        const auto body = json_of(*certified.product, *certified.certification, showcase_.clock().now());
        if (!writer.add(position, boost::json::serialize(body))) break;
    }
    return writer.finish();
}

CertificationRoutes::Answer CertificationRoutes::show(const Request& request) {
    const auto id = http::id_in_path<CertificationId>(request, "certification_id");
    if (!id) co_return http::respond_with(id.error());
    const auto history = co_await store_.history(*id);
    if (!history) co_return http::respond_with(history.error());
    auto body = json_of(*showcase_.view(), *id, showcase_.clock().now());
    boost::json::array changes;
    for (const auto& change : *history) changes.emplace_back(catalog::json_of(change));
    body["history"] = std::move(changes);
    co_return json_answer(200, body);
}

CertificationRoutes::Answer CertificationRoutes::certify(const Request& request) {
    const auto author = certifier_of(request);
    if (!author) co_return http::respond_with(author.error());
    auto certification = certification_in(request);
    if (!certification) co_return http::respond_with(certification.error());
    const auto id = co_await store_.certify(std::move(*certification), *author);
    if (!id) co_return http::respond_with(id.error());
    co_await showcase_.refresh(store_);
    co_return json_answer(201, json_of(*showcase_.view(), *id, showcase_.clock().now()),
                          "/v1/certifications/" + std::to_string(number(*id)));
}

CertificationRoutes::Answer CertificationRoutes::change_state(const Request& request) {
    const auto author = certifier_of(request);
    if (!author) co_return http::respond_with(author.error());
    const auto id = http::id_in_path<CertificationId>(request, "certification_id");
    if (!id) co_return http::respond_with(id.error());
    const auto wanted = state_in(request);
    if (!wanted) co_return http::respond_with(wanted.error());
    const auto product = co_await store_.change_state(*id, wanted->state, wanted->reason, *author);
    if (!product) co_return http::respond_with(product.error());
    co_await showcase_.refresh(store_);
    co_return json_answer(200, json_of(*showcase_.view(), *id, showcase_.clock().now()));
}

}  // namespace shanhai::catalog
