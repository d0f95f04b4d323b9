#include "certification/http/figure_routes.hpp"

#include "certification/http/json.hpp"
#include "certification/http/staff.hpp"
#include "chassis/http/json.hpp"
#include "chassis/http/parameters.hpp"

#include <boost/json/array.hpp>

namespace shanhai::certification {
namespace {

namespace json = boost::json;

json::object json_of(const Counts& counts) {
    json::object body;
    body["applied"] = counts.applied;
    body["returned"] = counts.returned;
    body["recommended"] = counts.recommended;
    body["certified"] = counts.certified;
    body["rejected"] = counts.rejected;
    body["withdrawn"] = counts.withdrawn;
    body["suspended"] = counts.suspended;
    body["open"] = counts.open();
    return body;
}

json::array json_of(const std::vector<Group>& groups, const char* member) {
    json::array all;
    for (const auto& group : groups) {
        auto body = json_of(group.counts);
        body[member] = group.name.empty() ? json::value{} : json::value(group.name);
        all.push_back(std::move(body));
    }
    return all;
}

json::object json_of(const Wait& wait) {
    json::object body;
    body["action"] = wait.action ? json::value(wire_name(*wait.action)) : json::value{};
    body["count"] = wait.count;
    body["median_hours"] = wait.median.count();
    body["ninetieth_hours"] = wait.ninetieth.count();
    return body;
}

json::object json_of(const Figures& figures) {
    json::object body;
    body["total"] = json_of(figures.total);
    body["schemes"] = json_of(figures.schemes, "scheme");
    body["counties"] = json_of(figures.counties, "county_code");
    body["categories"] = json_of(figures.categories, "category");
    json::array waits;
    for (const auto& wait : figures.waits) waits.push_back(json_of(wait));
    body["waits"] = std::move(waits);
    return body;
}

}  // namespace

void FigureRoutes::mount(http::Router& router) {
    router.on(http::Method::get, "/v1/years/{year}/figures",
              [this](const http::Request& r) { return show_year(r); });
    router.on(http::Method::get, "/v1/batches/{batch_id}/figures",
              [this](const http::Request& r) { return show(r); });
}

FigureRoutes::Answer FigureRoutes::show(const http::Request& request) {
    const auto id = http::id_in_path<BatchId>(request, "batch_id");
    if (!id) co_return http::respond_with(id.error());
    const auto found = co_await counting_.of_batch(*id, author_of(request), sees_everything(request));
    if (!found) co_return http::respond_with(found.error());
    auto body = json_of(found->figures);
    body["batch"] = certification::json_of(found->batch);
    co_return http::json_response(body);
}

FigureRoutes::Answer FigureRoutes::show_year(const http::Request& request) {
    http::Parameters parameters{request};
    const auto year = parameters.integer("year", Certification::year_min, Certification::year_max);
    if (const auto error = parameters.complaints()) co_return http::respond_with(*error);
    const auto found =
        co_await counting_.of_year(static_cast<int>(year), author_of(request), sees_everything(request));
    if (!found) co_return http::respond_with(found.error());
    auto body = json_of(found->figures);
    body["year"] = found->year;
    body["before"] = json_of(found->before);
    co_return http::json_response(body);
}

}  // namespace shanhai::certification
