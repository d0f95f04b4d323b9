#include "certification/http/due_routes.hpp"

#include "certification/http/staff.hpp"
#include "chassis/http/json.hpp"

#include <boost/json/array.hpp>

namespace shanhai::certification {
namespace {

namespace json = boost::json;

json::object json_of(const DueApplication& one) {
    json::object body;
    body["why"] = wire_name(one.kind);
    body["application_id"] = number(one.id);
    body["scheme"] = one.scheme.text();
    body["year"] = one.year;
    body["product_id"] = number(one.product);
    body["product_name"] = one.product_name.empty() ? json::value{} : json::value(one.product_name);
    body["county_code"] = one.county_code.empty() ? json::value{} : json::value(one.county_code);
    body["state"] = wire_name(one.state);
    body["notice_until"] = one.notice_until ? json::value(rfc3339(*one.notice_until)) : json::value{};
    return body;
}

json::object json_of(const Due& due) {
    json::array counts;
    std::int64_t total = 0;
    for (std::size_t kind = 0; kind < Due::kinds; ++kind) {
        total += due.counts[kind];
        json::object count;
        count["why"] = wire_name(static_cast<DueKind>(kind));
        count["count"] = due.counts[kind];
        counts.push_back(std::move(count));
    }
    json::array first;
    for (const auto& one : due.first) first.push_back(json_of(one));
    json::object body;
    body["total"] = total;
    body["counts"] = std::move(counts);
    body["first"] = std::move(first);
    body["on_notice"] = due.on_notice;
    body["proposals"] = due.proposals;
    return body;
}

}  // namespace

void DueRoutes::mount(http::Router& router) {
    router.on(http::Method::get, "/v1/applications/due", [this](const http::Request& r) { return show(r); });
}

boost::asio::awaitable<http::Response> DueRoutes::show(const http::Request& request) {
    const auto due = co_await agenda_.due(author_of(request));
    if (!due) co_return http::respond_with(due.error());
    co_return http::json_response(json_of(*due));
}

}  // namespace shanhai::certification
