#include "audit/http/report_routes.hpp"

#include "audit/http/entry_json.hpp"
#include "audit/http/report_json.hpp"
#include "chassis/http/json.hpp"
#include "chassis/http/parameters.hpp"
#include "vocabulary/codes.hpp"
#include "vocabulary/trade.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <limits>

namespace shanhai::audit {
namespace {

namespace json = boost::json;

constexpr std::size_t lines_per_page = 100;

/// What the parameters say of the part of the ledger that is asked for; those that this route does not have
/// say nothing.
Scope scope_of(http::Parameters& parameters, Instant now) {
    const auto month = parameters.parsed<Month>("month");
    Scope scope{month.value_or(Month::of(now)), {}, {}, {}, {}, {}};
    if (parameters.has("county_code")) {
        const auto county = parameters.parsed<CountyCode>("county_code");
        if (county) scope.county_code = std::string{county->text()};
    }
    const auto id_of = [&](std::string_view name) -> std::optional<std::uint64_t> {
        if (!parameters.has(name)) return std::nullopt;
        return parameters.id<std::uint64_t>(name);
    };
    scope.merchant = id_of("merchant_id");
    scope.product = id_of("product_id");
    scope.lot = id_of("lot_id");
    const auto channel = parameters.optional_choice<ChannelKind>("channel", from_wire_name<ChannelKind>);
    if (channel) scope.channel = std::string{wire_name(*channel)};
    return scope;
}

Result<Done> only_by_county(std::string_view text) {
    if (text != "county") return invalid_field("", "reports are by county");
    return Done{};
}

/// By which name a level is known: "county", "lot" …
std::string level_name(Grouping by) {
    switch (by) {
        case Grouping::merchant:
            return "merchant";
        case Grouping::product:
            return "product";
        case Grouping::lot:
            return "lot";
        case Grouping::channel:
            return "channel";
        case Grouping::district:
            return "district";
        case Grouping::county:
            break;
    }
    return "county";
}

/// The member that holds a row's key.
std::string key_name(Grouping by) {
    const bool has_id = by == Grouping::merchant || by == Grouping::product || by == Grouping::lot;
    return level_name(by) + (by == Grouping::county ? "_code" : has_id ? "_id" : "");
}

template <class T>
void put_scope(json::object& body, const Scope& scope, const ReportDesk::Told<T>& told) {
    body["month"] = scope.month.text();
    if (scope.channel) body["channel"] = *scope.channel;
    json::object names;
    for (const auto& [by, name] : told.names) names[level_name(by)] = name;
    body["names"] = std::move(names);
}

json::object level_to_json(const Scope& scope, Grouping by, const ReportDesk::Told<ReportDesk::Level>& told) {
    auto body = rows_to_json(told.answer.rows, key_name(by));
    put_scope(body, scope, told);
    body["by_channel"] = rows_to_json(told.answer.by_channel, "channel")["items"];
    if (by == Grouping::merchant)
        body["credits"] = rows_to_json(told.answer.by_district, "district")["items"];
    body["ledger"] = ledger_to_json(told.head.size, told.head.root);
    return body;
}

json::object lines_to_json(const Scope& scope, const ReportDesk::Told<ReportDesk::Lines>& told) {
    auto body = page_to_json(told.answer.lines, lines_per_page);
    body["totals"] = figures_to_json(told.answer.totals);
    put_scope(body, scope, told);
    body["ledger"] = ledger_to_json(told.head.size, told.head.root);
    return body;
}

}  // namespace

void ReportRoutes::mount(http::Router& router) {
    const std::string asked = "{?month,channel}";
    const std::string county = "/v1/audit/counties/{county_code}";
    const std::string merchant = county + "/merchants/{merchant_id}";
    const std::string product = merchant + "/products/{product_id}";
    const auto get = http::Method::get;
    router.on(get, "/v1/audit/months", [this](const http::Request& request) { return months(request); });
    router.on(get, "/v1/audit/report{?month,channel,by}",
              [this](const http::Request& request) { return report(request); });
    router.on(get, county + asked,
              [this](const http::Request& request) { return level(request, Grouping::merchant); });
    router.on(get, merchant + asked,
              [this](const http::Request& request) { return level(request, Grouping::product); });
    router.on(get, product + asked,
              [this](const http::Request& request) { return level(request, Grouping::lot); });
    router.on(get, product + "/lots/{lot_id}{?month,channel,cursor}",
              [this](const http::Request& request) { return lines_of_lot(request); });
}

ReportRoutes::Answer ReportRoutes::months(const http::Request&) {
    const auto months = co_await desk_.months();
    if (!months) co_return http::respond_with(months.error());
    json::object body;
    body["items"] = json::array(months->begin(), months->end());
    co_return http::json_response(body);
}

ReportRoutes::Answer ReportRoutes::report(const http::Request& request) {
    http::Parameters parameters{request};
    const auto scope = scope_of(parameters, desk_.clock().now());
    parameters.optional_checked<Done>("by", only_by_county);
    if (const auto error = parameters.complaints()) co_return http::respond_with(*error);
    const auto told = co_await desk_.month(scope);
    if (!told) co_return http::respond_with(told.error());
    auto body = report_to_json(told->answer);
    put_scope(body, scope, *told);
    body["ledger"] = ledger_to_json(told->head.size, told->head.root);
    co_return http::json_response(body);
}

ReportRoutes::Answer ReportRoutes::level(const http::Request& request, Grouping by) {
    http::Parameters parameters{request};
    const auto scope = scope_of(parameters, desk_.clock().now());
    if (const auto error = parameters.complaints()) co_return http::respond_with(*error);
    const auto told = co_await desk_.level(scope, by);
    if (!told) co_return http::respond_with(told.error());
    co_return http::json_response(level_to_json(scope, by, *told));
}

ReportRoutes::Answer ReportRoutes::lines_of_lot(const http::Request& request) {
    http::Parameters parameters{request};
    const auto scope = scope_of(parameters, desk_.clock().now());
    const auto cursor = parameters.optional_integer("cursor", 0, std::numeric_limits<std::int64_t>::max());
    if (const auto error = parameters.complaints()) co_return http::respond_with(*error);
    const auto first = static_cast<std::uint64_t>(cursor.value_or(0));
    const auto told = co_await desk_.lines(scope, first, lines_per_page + 1);
    if (!told) co_return http::respond_with(told.error());
    co_return http::json_response(lines_to_json(scope, *told));
}

}  // namespace shanhai::audit
