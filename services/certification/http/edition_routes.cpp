#include "certification/http/edition_routes.hpp"

#include "certification/application/catalogue_reading.hpp"
#include "certification/http/catalogue_csv.hpp"
#include "certification/http/edition_json.hpp"
#include "certification/http/staff.hpp"
#include "chassis/http/page.hpp"
#include "chassis/http/parameters.hpp"
#include "chassis/security/crypto.hpp"

namespace shanhai::certification {

using http::Method;
using http::Request;

namespace {

constexpr std::string_view immutable = "public, max-age=31536000, immutable";
/// What an edition says never changes; how this release shows it may in the next one.
constexpr std::string_view for_an_hour = "public, max-age=3600";

std::string tag_of(const Edition& edition, std::string_view form) {
    return '"' + security::hex(edition.sha256) + std::string{form} + '"';
}

http::Response kept(const Request& request, http::Response response, const std::string& tag,
                    std::string_view how_long) {
    response = http::conditional(request, std::move(response), tag);
    response.headers.emplace_back("Cache-Control", how_long);
    return response;
}

Result<EditionFilter> filter_of(const Request& request) {
    http::Parameters parameters{request};
    EditionFilter filter;
    filter.scheme = parameters.optional_parsed<SchemeCode>("scheme");
    filter.year = parameters.optional_integer("year", Certification::year_min, Certification::year_max);
    if (auto error = parameters.complaints()) return *error;
    return filter;
}

/// "MINHANG_YOUPIN-2026-1.csv": what a browser saves it as.
std::string attachment(const Edition& edition, std::string_view ending) {
    return "attachment; filename=\"" + edition.scheme.text() + '-' + std::to_string(edition.year) + '-' +
           std::to_string(edition.number) + '.' + std::string{ending} + '"';
}

}  // namespace

void EditionRoutes::mount(http::Router& router) {
    const Form csv{
        "csv", "-csv3", "text/csv; charset=utf-8; header=present",
        [](const std::string& content) -> Result<std::string> { return csv_of(catalogue_of(content)); }};
    const Form pdf{"pdf", "-pdf1", "application/pdf",
                   [this](const std::string& content) { return pdf_.of(content); }};
    router.on(Method::get, "/v1/editions{?scheme,year,cursor,limit}",
              [this](const Request& r) { return list(r); });
    router.on(Method::post, "/v1/editions", [this](const Request& r) { return freeze(r); });
    router.on(Method::get, "/v1/editions/{edition_id}", [this](const Request& r) { return show(r); });
    router.on(Method::get, "/v1/editions/{edition_id}/catalogue.json",
              [this](const Request& r) { return catalogue(r); });
    router.on(Method::get, "/v1/editions/{edition_id}/catalogue.csv",
              [this, csv](const Request& r) { return drawn(r, csv); });
    router.on(Method::get, "/v1/editions/{edition_id}/catalogue.pdf",
              [this, pdf](const Request& r) { return drawn(r, pdf); });
    router.on(Method::get, "/v1/editions/{edition_id}/difference{?from}",
              [this](const Request& r) { return difference(r); });
}

EditionRoutes::Answer EditionRoutes::list(const Request& request) {
    const auto page = cursors_.page_of(request);
    if (!page) co_return http::respond_with(page.error());
    auto filter = filter_of(request);
    if (!filter) co_return http::respond_with(filter.error());
    const auto after = page->after_id<EditionId>();
    const auto found = co_await publishing_.list(std::move(*filter), after, page->limit + 1);
    if (!found) co_return http::respond_with(found.error());
    co_return http::page_response(*found, *page, cursors_);
}

EditionRoutes::Answer EditionRoutes::freeze(const Request& request) {
    const auto author = certifier_of(request);
    if (!author) co_return http::respond_with(author.error());
    auto wanted = edition_in(request);
    if (!wanted) co_return http::respond_with(wanted.error());
    const auto frozen = co_await publishing_.freeze(std::move(wanted->scheme), wanted->year, *author);
    if (!frozen) co_return http::respond_with(frozen.error());
    auto response = http::json_response(json_of(*frozen), 201);
    response.headers.emplace_back("Location", "/v1/editions/" + std::to_string(number(frozen->id)));
    co_return response;
}

EditionRoutes::Answer EditionRoutes::show(const Request& request) {
    const auto id = http::id_in_path<EditionId>(request, "edition_id");
    if (!id) co_return http::respond_with(id.error());
    const auto found = co_await publishing_.find(*id);
    if (!found) co_return http::respond_with(found.error());
    auto response = http::json_response(json_of(*found));
    const auto tag = http::etag_of(response.body);
    co_return kept(request, std::move(response), tag, for_an_hour);
}

EditionRoutes::Answer EditionRoutes::catalogue(const Request& request) {
    const auto id = http::id_in_path<EditionId>(request, "edition_id");
    if (!id) co_return http::respond_with(id.error());
    const auto edition = co_await publishing_.find(*id);
    if (!edition) co_return http::respond_with(edition.error());
    const auto tag = tag_of(*edition, "");
    http::Response response;
    if (!http::has_current(request, tag)) {
        auto content = co_await publishing_.content(*id);
        if (!content) co_return http::respond_with(content.error());
        response.body = std::move(*content);
    }
    response.headers.emplace_back("Access-Control-Allow-Origin", "*");  // Anybody may check it.
    co_return kept(request, std::move(response), tag, immutable);
}

EditionRoutes::Answer EditionRoutes::drawn(const Request& request, Form form) {
    const auto id = http::id_in_path<EditionId>(request, "edition_id");
    if (!id) co_return http::respond_with(id.error());
    const auto edition = co_await publishing_.find(*id);
    if (!edition) co_return http::respond_with(edition.error());
    const auto tag = tag_of(*edition, form.version);
    http::Response response;
    response.content_type = form.content_type;
    if (!http::has_current(request, tag)) {
        response.shared_body = drawings_.find(*id, form.version);
        if (!response.shared_body) {
            auto body = co_await publishing_.drawn(*id, form.draw);
            if (!body) co_return http::respond_with(body.error());
            response.shared_body = drawings_.keep(*id, form.version, std::move(*body));
        }
    }
    response.headers.emplace_back("Content-Disposition", attachment(*edition, form.ending));
    co_return kept(request, std::move(response), tag, for_an_hour);
}

EditionRoutes::Answer EditionRoutes::difference(const Request& request) {
    http::Parameters parameters{request};
    const auto id = parameters.id<EditionId>("edition_id");
    const auto from = parameters.optional_id<EditionId>("from");
    if (const auto error = parameters.complaints()) co_return http::respond_with(*error);
    const auto compared = co_await publishing_.compare(id, from);
    if (!compared) co_return http::respond_with(compared.error());
    auto response = http::json_response(json_of(*compared));
    const auto tag = http::etag_of(response.body);
    co_return kept(request, std::move(response), tag, for_an_hour);
}

}  // namespace shanhai::certification
