#include "audit/http/recomputation_routes.hpp"

#include "audit/http/entry_json.hpp"
#include "chassis/http/json.hpp"
#include "chassis/http/parameters.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/array.hpp>

namespace shanhai::audit {
namespace {

namespace json = boost::json;

constexpr std::chrono::seconds patience{8};  // Below the time limits of clients and proxies.
constexpr std::chrono::milliseconds look_again{50};

json::array differences_of(const Recomputation& found) {
    json::array items;
    for (const auto& one : found.differences) {
        json::object item;
        item["kind"] = one.kind;
        item["where"] = one.where;
        item["detail"] = one.detail;
        items.push_back(std::move(item));
    }
    return items;
}

json::object found_to_json(const Recomputation& found) {
    json::object body;
    body["state"] = "DONE";
    body["month"] = nullptr;
    if (found.month) body["month"] = *found.month;
    body["entries"] = found.entries;
    body["equal"] = found.equal();
    body["differences_total"] = found.differences_total;
    body["differences"] = differences_of(found);
    body["hashes_differing"] = found.hashes_differing;
    body["counties_differing"] =
        json::array(found.counties_differing.begin(), found.counties_differing.end());
    body["credits_differing"] = found.credits_differing;
    body["erased_orders"] = found.erased_orders;
    body["ledger"] = ledger_to_json(found.checkpoint.size, found.checkpoint.root);
    return body;
}

http::Response running_response(const Recomputer::Run& run) {
    json::object body;
    body["state"] = "RUNNING";
    body["started_at"] = rfc3339(run.started);
    body["entries"] = run.entries;
    auto response = http::json_response(body, 202);
    response.headers.emplace_back("Retry-After", "2");
    return response;
}

}  // namespace

void RecomputationRoutes::mount(http::Router& router) {
    router.on(http::Method::get, "/v1/audit/recomputation{?month}",
              [this](const http::Request& request) { return recomputation(request); });
}

boost::asio::awaitable<http::Response> RecomputationRoutes::recomputation(const http::Request& request) {
    http::Parameters parameters{request};
    const auto month = parameters.optional_parsed<Month>("month");
    if (const auto error = parameters.complaints()) co_return http::respond_with(*error);
    const auto run = recomputer_.ask(month);
    if (!run) co_return http::respond_with(run.error());
    const auto ended = co_await finished(*run);
    if (!ended) co_return http::respond_with(ended.error());
    if (!ended->found) co_return running_response(*ended);
    co_return http::json_response(found_to_json(*ended->found));
}

boost::asio::awaitable<Result<Recomputer::Run>> RecomputationRoutes::finished(Recomputer::Run run) {
    const auto until = std::chrono::steady_clock::now() + patience;
    const auto executor = co_await boost::asio::this_coro::executor;
    boost::asio::steady_timer timer{executor};
    while (!run.found && std::chrono::steady_clock::now() < until) {
        timer.expires_after(look_again);
        co_await timer.async_wait(boost::asio::use_awaitable);
        auto looked = recomputer_.look(run.number);
        if (!looked) co_return looked.error();
        run = std::move(*looked);
    }
    if (!run.found) recomputer_.keep(run.number);
    co_return run;
}

}  // namespace shanhai::audit
