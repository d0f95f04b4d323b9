#include "certification/http/certification_routes.hpp"

#include "certification/http/bodies.hpp"
#include "certification/http/json.hpp"
#include "certification/http/staff.hpp"
#include "chassis/http/page.hpp"
#include "chassis/http/parameters.hpp"

#include <boost/json/array.hpp>

namespace shanhai::certification {

using http::Method;
using http::Request;

namespace {

Result<Filter> filter_of(const Request& request) {
    http::Parameters parameters{request};
    Filter filter;
    filter.product = parameters.optional_id<ProductId>("product_id");
    filter.year = parameters.optional_integer("year", Certification::year_min, Certification::year_max);
    filter.scheme = parameters.optional_parsed<SchemeCode>("scheme");
    filter.standing =
        parameters.optional_choice<CertificationStanding>("state", from_wire_name<CertificationStanding>);
    filter.at = parameters.optional_checked<Instant>("at", parse_rfc3339);
    if (auto error = parameters.complaints()) return *error;
    return filter;
}

}  // namespace

void CertificationRoutes::mount(http::Router& router) {
    router.on(Method::get, "/v1/certifications{?product_id,year,scheme,state,at,cursor,limit}",
              [this](const Request& r) { return list(r); });
    router.on(Method::get, "/v1/certifications/{certification_id}",
              [this](const Request& r) { return show(r); });
    router.on(Method::post, "/v1/certifications", [this](const Request& r) { return certify(r); });
    router.on(Method::post, "/v1/certifications/{certification_id}/state",
              [this](const Request& r) { return change_state(r); });
}

CertificationRoutes::Answer CertificationRoutes::list(const Request& request) {
    const auto page = cursors_.page_of(request);
    if (!page) co_return http::respond_with(page.error());
    auto filter = filter_of(request);
    if (!filter) co_return http::respond_with(filter.error());
    const auto after = page->after_id<CertificationId>();
    const auto shown_at = filter->at.value_or(clock_.now());
    const auto found = co_await certifying_.list(std::move(*filter), after, page->limit + 1);
    if (!found) co_return http::respond_with(found.error());
    const auto describe = [shown_at](const Recognition& one) { return json_of(one, shown_at); };
    co_return http::page_response(*found, *page, cursors_, describe);
}

CertificationRoutes::Answer CertificationRoutes::show(const Request& request) {
    const auto id = http::id_in_path<CertificationId>(request, "certification_id");
    if (!id) co_return http::respond_with(id.error());
    const auto found = co_await certifying_.find(*id);
    if (!found) co_return http::respond_with(found.error());
    auto body = json_of(found->recognition, clock_.now());
    boost::json::array changes;
    const bool names = is_told_names(request);
    for (const auto& change : found->history) changes.emplace_back(json_of(change, names));
    body["history"] = std::move(changes);
    body["basis"] = found->basis ? boost::json::value(json_of(*found->basis)) : boost::json::value{};
    co_return http::json_response(body);
}

CertificationRoutes::Answer CertificationRoutes::certify(const Request& request) {
    const auto author = certifier_of(request);
    if (!author) co_return http::respond_with(author.error());
    auto certification = certification_in(request);
    if (!certification) co_return http::respond_with(certification.error());
    const auto made = co_await certifying_.certify(std::move(*certification), *author);
    if (!made) co_return http::respond_with(made.error());
    auto response = http::json_response(json_of(*made, clock_.now()), 201);
    response.headers.emplace_back("Location", "/v1/certifications/" + std::to_string(number(made->id)));
    co_return response;
}

CertificationRoutes::Answer CertificationRoutes::change_state(const Request& request) {
    const auto author = certifier_of(request);
    if (!author) co_return http::respond_with(author.error());
    const auto id = http::id_in_path<CertificationId>(request, "certification_id");
    if (!id) co_return http::respond_with(id.error());
    auto wanted = state_in(request);
    if (!wanted) co_return http::respond_with(wanted.error());
    const auto changed =
        co_await certifying_.change_state(*id, wanted->state, std::move(wanted->reason), *author);
    if (!changed) co_return http::respond_with(changed.error());
    const bool done = changed->recognition.certification.state == wanted->state;
    co_return http::json_response(json_of(*changed, clock_.now()), done ? 200 : 202);
}

}  // namespace shanhai::certification
