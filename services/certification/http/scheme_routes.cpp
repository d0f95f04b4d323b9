#include "certification/http/scheme_routes.hpp"

#include "certification/http/bodies.hpp"
#include "certification/http/json.hpp"
#include "certification/http/staff.hpp"
#include "chassis/http/page.hpp"
#include "chassis/http/parameters.hpp"

namespace shanhai::certification {

using http::Method;
using http::Request;

namespace {

std::string tag_of(const Scheme& scheme) {
    return http::etag_of("scheme " + scheme.code.text() + " " + std::to_string(scheme.version));
}

http::Response tagged(const Scheme& scheme, int status = 200) {
    auto response = http::json_response(json_of(scheme), status);
    response.headers.emplace_back("ETag", tag_of(scheme));
    return response;
}

}  // namespace

void SchemeRoutes::mount(http::Router& router) {
    router.on(Method::get, "/v1/schemes{?cursor,limit}", [this](const Request& r) { return list(r); });
    router.on(Method::post, "/v1/schemes", [this](const Request& r) { return add(r); });
    router.on(Method::get, "/v1/schemes/{scheme}", [this](const Request& r) { return show(r); });
    router.on(Method::put, "/v1/schemes/{scheme}", [this](const Request& r) { return change(r); });
    router.on(Method::get, "/v1/batches{?scheme,cursor,limit}",
              [this](const Request& r) { return list_batches(r); });
    router.on(Method::post, "/v1/batches", [this](const Request& r) { return open_batch(r); });
}

SchemeRoutes::Answer SchemeRoutes::list(const Request& request) {
    const auto page = cursors_.page_of(request);
    if (!page) co_return http::respond_with(page.error());
    const auto found = co_await ruling_.schemes(page->after, page->limit + 1);
    if (!found) co_return http::respond_with(found.error());
    const auto describe = [](const Scheme& scheme) { return json_of(scheme); };
    const auto position = [](const Scheme& scheme) { return scheme.code.text(); };
    co_return http::page_response(*found, *page, cursors_, describe, position);
}

SchemeRoutes::Answer SchemeRoutes::show(const Request& request) {
    auto code = http::parsed_in_path<SchemeCode>(request, "scheme");
    if (!code) co_return http::respond_with(code.error());
    const auto found = co_await ruling_.scheme(std::move(*code));
    if (!found) co_return http::respond_with(found.error());
    co_return http::conditional(request, http::json_response(json_of(*found)), tag_of(*found));
}

SchemeRoutes::Answer SchemeRoutes::add(const Request& request) {
    auto wanted = scheme_in(request);
    if (!wanted) co_return http::respond_with(wanted.error());
    const auto made = co_await ruling_.rule(std::move(*wanted), std::nullopt, author_of(request));
    if (!made) co_return http::respond_with(made.error());
    auto response = tagged(*made, 201);
    response.headers.emplace_back("Location", "/v1/schemes/" + made->code.text());
    co_return response;
}

SchemeRoutes::Answer SchemeRoutes::change(const Request& request) {
    const auto code = http::parsed_in_path<SchemeCode>(request, "scheme");
    if (!code) co_return http::respond_with(code.error());
    auto wanted = scheme_rules_in(request, *code);
    if (!wanted) co_return http::respond_with(wanted.error());
    const auto seen = co_await ruling_.scheme(*code);
    if (!seen) co_return http::respond_with(seen.error());
    if (const auto stale = http::check_if_match(request, tag_of(*seen))) co_return http::respond_with(*stale);
    const auto version = seen->version;
    const auto changed = co_await ruling_.rule(std::move(*wanted), version, author_of(request));
    if (!changed) co_return http::respond_with(changed.error());
    co_return tagged(*changed);
}

SchemeRoutes::Answer SchemeRoutes::list_batches(const Request& request) {
    const auto page = cursors_.page_of(request);
    if (!page) co_return http::respond_with(page.error());
    http::Parameters parameters{request};
    auto scheme = parameters.optional_parsed<SchemeCode>("scheme");
    if (const auto error = parameters.complaints()) co_return http::respond_with(*error);
    const auto after = page->after_id<BatchId>();
    const auto found = co_await ruling_.batches(std::move(scheme), after, page->limit + 1);
    if (!found) co_return http::respond_with(found.error());
    co_return http::page_response(*found, *page, cursors_);
}

SchemeRoutes::Answer SchemeRoutes::open_batch(const Request& request) {
    auto wanted = batch_in(request);
    if (!wanted) co_return http::respond_with(wanted.error());
    const auto made = co_await ruling_.open_batch(std::move(*wanted), author_of(request));
    if (!made) co_return http::respond_with(made.error());
    co_return http::json_response(json_of(*made), 201);
}

}  // namespace shanhai::certification
