#include "audit/http/report_routes.hpp"

#include "audit/http/report_json.hpp"
#include "audit/store/ledger_store.hpp"
#include "audit/store/report_store.hpp"
#include "chassis/http/json.hpp"
#include "chassis/security/crypto.hpp"
#include "vocabulary/codes.hpp"
#include "vocabulary/trade.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <charconv>

namespace shanhai::audit {
namespace {

namespace json = boost::json;

constexpr std::size_t lines_per_page = 100;

Error bad_parameter(std::string name, const std::string& detail) {
    return Error{Failure::invalid, "invalid-parameter", "The parameter " + std::move(name) + ": " + detail};
}

std::optional<std::uint64_t> natural(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

Result<Month> month_of(const http::Request& request) {
    const auto text = request.query_value("month");
    if (!text) return bad_parameter("month", "it is needed, such as 2026-05");
    auto month = Month::parse(*text);
    if (!month) return bad_parameter("month", month.error().message());
    return month;
}

/// The value of a {name} of the route, or nothing when the route has no such name.
std::optional<std::string_view> path_value(const http::Request& request, std::string_view name) {
    const auto found = std::ranges::find(request.parameters, name, &http::Request::Pair::first);
    if (found == request.parameters.end()) return std::nullopt;
    return found->second;
}

Result<Scope> scope_of(const http::Request& request) {
    const auto month = month_of(request);
    if (!month) return month.error();
    Scope scope{*month, {}, {}, {}, {}, {}};
    if (const auto county = path_value(request, "county_code")) {
        if (!CountyCode::parse(*county)) return bad_parameter("county_code", "it is six digits");
        scope.county_code = std::string{*county};
    }
    const auto read_id = [&](std::string_view name, std::optional<std::uint64_t>& into) {
        const auto text = path_value(request, name);
        if (text) into = natural(*text);
        return !text || into;
    };
    if (!read_id("merchant_id", scope.merchant)) return bad_parameter("merchant_id", "it is a number");
    if (!read_id("product_id", scope.product)) return bad_parameter("product_id", "it is a number");
    if (!read_id("lot_id", scope.lot)) return bad_parameter("lot_id", "it is a number");
    if (auto channel = request.query_value("channel"); channel && !channel->empty()) {
        if (!from_wire_name<ChannelKind>(*channel))
            return bad_parameter("channel", "there is no such channel");
        scope.channel = std::move(*channel);
    }
    return scope;
}

json::object ledger_to_json(const Head& head) {
    json::object ledger;
    ledger["tree_size"] = head.size;
    ledger["root_hash"] =
        security::base64({reinterpret_cast<const char*>(head.root.data()), head.root.size()});
    return ledger;
}

/// What is true of the ledger at one moment: the rows asked for, and which ledger they are of.
struct Told {
    json::object body;
};

std::string key_name(Grouping by) {
    switch (by) {
        case Grouping::merchant:
            return "merchant_id";
        case Grouping::product:
            return "product_id";
        case Grouping::lot:
            return "lot_id";
        case Grouping::channel:
            return "channel";
        case Grouping::district:
            return "district";
        case Grouping::county:
            break;
    }
    return "county_code";
}

void put_scope(json::object& body, database::Session& session, const Scope& scope) {
    body["month"] = scope.month.text();
    if (scope.channel) body["channel"] = *scope.channel;
    json::object named;
    const auto put = [&](Grouping by, const std::string& member, const auto& key) {
        if (!key) return;
        std::string text;
        if constexpr (std::is_same_v<std::decay_t<decltype(*key)>, std::string>) {
            text = *key;
        } else {
            text = std::to_string(*key);
        }
        named[member] = name_of(session, by, text);
    };
    put(Grouping::county, "county", scope.county_code);
    put(Grouping::merchant, "merchant", scope.merchant);
    put(Grouping::product, "product", scope.product);
    put(Grouping::lot, "lot", scope.lot);
    body["names"] = std::move(named);
}

json::object level_to_json(database::Session& session, const Scope& scope, Grouping by) {
    auto body = rows_to_json(grouped(session, scope, by), key_name(by));
    put_scope(body, session, scope);
    body["by_channel"] = rows_to_json(grouped(session, scope, Grouping::channel), "channel")["items"];
    if (by == Grouping::merchant) {
        body["credits"] = rows_to_json(grouped(session, scope, Grouping::district), "district")["items"];
    }
    body["ledger"] = ledger_to_json(read_head(session));
    return body;
}

json::object lines_to_json(database::Session& session, const Scope& scope, std::uint64_t first) {
    const auto found = lines(session, scope, first, lines_per_page + 1);
    json::array items;
    for (std::size_t i = 0; i < std::min(found.size(), lines_per_page); ++i) {
        auto item = json::parse(found[i].entry).as_object();
        item["index"] = found[i].index;
        items.push_back(std::move(item));
    }
    json::object body;
    body["items"] = std::move(items);
    body["next"] = nullptr;
    if (found.size() > lines_per_page) body["next"] = std::to_string(found.back().index);
    const auto totals = grouped(session, scope, Grouping::lot);
    body["totals"] = figures_to_json(totals.empty() ? Figures{} : totals.front().figures);
    put_scope(body, session, scope);
    body["ledger"] = ledger_to_json(read_head(session));
    return body;
}

http::Response answer_of(const Result<Told>& told) {
    if (!told) return http::respond_with(told.error());
    return http::json_response(200, told->body);
}

}  // namespace

void ReportRoutes::mount(http::Router& router) {
    const std::string county = "/v1/audit/counties/{county_code}";
    const std::string merchant = county + "/merchants/{merchant_id}";
    const std::string product = merchant + "/products/{product_id}";
    const auto get = http::Method::get;
    router.on(get, "/v1/audit/months", [this](const http::Request& request) { return months(request); });
    router.on(get, "/v1/audit/report", [this](const http::Request& request) { return report(request); });
    router.on(get, county,
              [this](const http::Request& request) { return level(request, Grouping::merchant); });
    router.on(get, merchant,
              [this](const http::Request& request) { return level(request, Grouping::product); });
    router.on(get, product, [this](const http::Request& request) { return level(request, Grouping::lot); });
    router.on(get, product + "/lots/{lot_id}",
              [this](const http::Request& request) { return lines_of_lot(request); });
}

ReportRoutes::Answer ReportRoutes::months(const http::Request& request) {
    auto work = [](database::Session& session) -> Result<Told> {
        json::array items;
        for (const auto& month : audit::months(session)) items.push_back(json::string{month});
        Told told;
        told.body["items"] = std::move(items);
        return told;
    };
    const auto told = co_await pool_.transact(std::move(work));
    co_return answer_of(told);
}

ReportRoutes::Answer ReportRoutes::report(const http::Request& request) {
    const auto scope = scope_of(request);
    if (!scope) co_return http::respond_with(scope.error());
    if (request.query_value("by").value_or("county") != "county") {
        co_return http::respond_with(bad_parameter("by", "reports are by county"));
    }
    auto work = [scope = *scope](database::Session& session) -> Result<Told> {
        Told told{report_to_json(month_report(session, scope))};
        put_scope(told.body, session, scope);
        told.body["ledger"] = ledger_to_json(read_head(session));
        return told;
    };
    const auto told = co_await pool_.transact(std::move(work));
    co_return answer_of(told);
}

ReportRoutes::Answer ReportRoutes::level(const http::Request& request, Grouping by) {
    const auto scope = scope_of(request);
    if (!scope) co_return http::respond_with(scope.error());
    auto work = [scope = *scope, by](database::Session& session) -> Result<Told> {
        return Told{level_to_json(session, scope, by)};
    };
    const auto told = co_await pool_.transact(std::move(work));
    co_return answer_of(told);
}

ReportRoutes::Answer ReportRoutes::lines_of_lot(const http::Request& request) {
    const auto scope = scope_of(request);
    if (!scope) co_return http::respond_with(scope.error());
    const auto first = natural(request.query_value("cursor").value_or("0"));
    if (!first) co_return http::respond_with(bad_parameter("cursor", "it is not one that this list gave"));
    auto work = [scope = *scope, first = *first](database::Session& session) -> Result<Told> {
        return Told{lines_to_json(session, scope, first)};
    };
    const auto told = co_await pool_.transact(std::move(work));
    co_return answer_of(told);
}

}  // namespace shanhai::audit
