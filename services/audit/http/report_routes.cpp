#include "audit/http/report_routes.hpp"

#include "audit/http/report_json.hpp"
#include "audit/store/ledger_store.hpp"
#include "audit/store/report_store.hpp"
#include "chassis/http/json.hpp"
#include "chassis/http/parameters.hpp"
#include "chassis/security/crypto.hpp"
#include "vocabulary/codes.hpp"
#include "vocabulary/trade.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
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
    return http::json_response(told->body);
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
    http::Parameters parameters{request};
    const auto scope = scope_of(parameters, pool_.clock().now());
    parameters.optional_checked<Done>("by", only_by_county);
    if (const auto error = parameters.complaints()) co_return http::respond_with(*error);
    auto work = [scope](database::Session& session) -> Result<Told> {
        Told told{report_to_json(month_report(session, scope))};
        put_scope(told.body, session, scope);
        told.body["ledger"] = ledger_to_json(read_head(session));
        return told;
    };
    const auto told = co_await pool_.transact(std::move(work));
    co_return answer_of(told);
}

ReportRoutes::Answer ReportRoutes::level(const http::Request& request, Grouping by) {
    http::Parameters parameters{request};
    const auto scope = scope_of(parameters, pool_.clock().now());
    if (const auto error = parameters.complaints()) co_return http::respond_with(*error);
    auto work = [scope, by](database::Session& session) -> Result<Told> {
        return Told{level_to_json(session, scope, by)};
    };
    const auto told = co_await pool_.transact(std::move(work));
    co_return answer_of(told);
}

ReportRoutes::Answer ReportRoutes::lines_of_lot(const http::Request& request) {
    http::Parameters parameters{request};
    const auto scope = scope_of(parameters, pool_.clock().now());
    const auto cursor = parameters.optional_integer("cursor", 0, std::numeric_limits<std::int64_t>::max());
    if (const auto error = parameters.complaints()) co_return http::respond_with(*error);
    auto work = [scope, first = static_cast<std::uint64_t>(cursor.value_or(0))](
                    database::Session& session) -> Result<Told> {
        return Told{lines_to_json(session, scope, first)};
    };
    const auto told = co_await pool_.transact(std::move(work));
    co_return answer_of(told);
}

}  // namespace shanhai::audit
