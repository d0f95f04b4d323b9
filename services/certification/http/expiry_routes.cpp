#include "certification/http/expiry_routes.hpp"

#include "certification/http/json.hpp"
#include "certification/http/staff.hpp"
#include "chassis/http/page.hpp"
#include "chassis/http/parameters.hpp"

#include <boost/json/array.hpp>

namespace shanhai::certification {

using http::Method;
using http::Request;

namespace {

namespace json = boost::json;

constexpr std::int64_t days_max = 366;
constexpr std::size_t date_length = 10;

/// "2027-01-01/17".
std::string place_of(const Expiring& one) {
    return date_text(one.recognition.certification.valid_to) + '/' +
           std::to_string(number(one.recognition.id));
}

Result<ExpiryFilter> filter_of(const Request& request, const http::Cursors::Page& page) {
    http::Parameters parameters{request};
    ExpiryFilter filter;
    const auto days = parameters.optional_integer("within_days", 1, days_max);
    filter.scheme = parameters.optional_parsed<SchemeCode>("scheme");
    if (auto error = parameters.complaints()) return *error;
    if (days) filter.within_days = static_cast<int>(*days);
    if (page.after.empty()) return filter;
    // We wrote it: nobody else's cursor comes so far.
    filter.after = *parse_date(page.after.substr(0, date_length));
    filter.after_id = static_cast<CertificationId>(std::stoull(page.after.substr(date_length + 1)));
    return filter;
}

json::object json_of(const Expiring& one, Instant at) {
    auto body = certification::json_of(one.recognition, at);
    body["days_left"] = one.days_left;
    const bool goes_on = one.continued_by != CertificationId{};
    body["continued_by"] = goes_on ? json::value(number(one.continued_by)) : json::value{};
    json::array warnings;
    for (const auto& warning : one.warnings) {
        warnings.emplace_back(
            json::object{{"days_ahead", warning.days_ahead}, {"warned_at", rfc3339(warning.at)}});
    }
    body["warnings"] = std::move(warnings);
    return body;
}

}  // namespace

void ExpiryRoutes::mount(http::Router& router) {
    router.on(Method::get, "/v1/certifications/expiring{?within_days,scheme,cursor,limit}",
              [this](const Request& r) { return list(r); });
}

boost::asio::awaitable<http::Response> ExpiryRoutes::list(const Request& request) {
    const auto page = cursors_.page_of(request);
    if (!page) co_return http::respond_with(page.error());
    auto filter = filter_of(request, *page);
    if (!filter) co_return http::respond_with(filter.error());
    const auto& staff = request.staff();
    const bool everything = staff.has("operator") || staff.has("auditor");
    const auto found =
        co_await expiry_.list(std::move(*filter), author_of(request), everything, page->limit + 1);
    if (!found) co_return http::respond_with(found.error());
    const auto describe = [at = clock_.now()](const Expiring& one) { return json_of(one, at); };
    co_return http::page_response(*found, *page, cursors_, describe, place_of);
}

}  // namespace shanhai::certification
