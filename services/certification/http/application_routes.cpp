#include "certification/http/application_routes.hpp"

#include "certification/http/bodies.hpp"
#include "certification/http/json.hpp"
#include "certification/http/staff.hpp"
#include "chassis/http/page.hpp"
#include "chassis/http/parameters.hpp"

#include <algorithm>

namespace shanhai::certification {

using http::Method;
using http::Request;

namespace {

/// Of all that is shown: whoever acts has seen what was objected meanwhile, too.
std::string tag_of(const ShownApplication& shown) {
    return http::etag_of(http::json_response(json_of(shown)).body);
}

http::Response tagged(const ShownApplication& shown, int status = 200) {
    auto response = http::json_response(json_of(shown), status);
    response.headers.emplace_back("ETag", http::etag_of(response.body));
    return response;
}

/// As the catalog's facts have it; which there are, the catalog knows.
Result<std::string> category_code(std::string_view text) {
    const bool fits = !text.empty() && text.size() <= 32 &&
                      std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
    if (!fits) return invalid_field("", "is not 1 to 32 of a-z and _");
    return std::string{text};
}

/// "SUBMITTED,UNDER_REVIEW".
Result<std::vector<ApplicationState>> states_in(std::string_view text) {
    const auto refused = invalid_field("", "is not states with commas between them");
    std::vector<ApplicationState> states;
    for (bool last = false; !last;) {
        const auto end = std::min(text.find(','), text.size());
        const auto state = from_wire_name<ApplicationState>(text.substr(0, end));
        if (!state) return refused;
        last = end == text.size();
        text.remove_prefix(std::min(end + 1, text.size()));
        if (std::ranges::find(states, *state) != states.end())
            return invalid_field("", "names a state twice");
        states.push_back(*state);
    }
    return states;
}

Result<ApplicationFilter> filter_of(const Request& request) {
    http::Parameters parameters{request};
    ApplicationFilter filter;
    filter.batch = parameters.optional_id<BatchId>("batch_id");
    filter.product = parameters.optional_id<ProductId>("product_id");
    filter.states = parameters.optional_checked<std::vector<ApplicationState>>("state", states_in)
                        .value_or(std::vector<ApplicationState>{});
    filter.county = parameters.optional_parsed<CountyCode>("county");
    filter.category = parameters.optional_checked<std::string>("category", category_code);
    filter.step = parameters.optional_choice<Action>("step", from_wire_name<Action>);
    filter.scheme = parameters.optional_parsed<SchemeCode>("scheme");
    filter.year = parameters.optional_integer("year", Certification::year_min, Certification::year_max);
    filter.certification = parameters.optional_choice<CertificationState>("certification_state",
                                                                          from_wire_name<CertificationState>);
    filter.returned = parameters.optional_flag("returned");
    if (auto error = parameters.complaints()) return *error;
    return filter;
}

http::Response created(const ShownApplication& made) {
    auto response = tagged(made, 201);
    response.headers.emplace_back("Location", "/v1/applications/" + std::to_string(number(made.id)));
    return response;
}

}  // namespace

void ApplicationRoutes::mount(http::Router& router) {
    router.on(
        Method::get,
        "/v1/applications"
        "{?batch_id,product_id,state,county,category,step,scheme,year,certification_state,returned,cursor,limit}",
        [this](const Request& r) { return list(r); });
    router.on(Method::post, "/v1/applications", [this](const Request& r) { return draft(r); });
    router.on(Method::get, "/v1/applications/{application_id}", [this](const Request& r) { return show(r); });
    router.on(Method::put, "/v1/applications/{application_id}", [this](const Request& r) { return edit(r); });
    router.on(Method::post, "/v1/applications/{application_id}/renewals",
              [this](const Request& r) { return renew(r); });
    router.on(Method::post, "/v1/applications/{application_id}/steps",
              [this](const Request& r) { return act(r); });
}

ApplicationRoutes::Answer ApplicationRoutes::list(const Request& request) {
    const auto page = cursors_.page_of(request);
    if (!page) co_return http::respond_with(page.error());
    const auto filter = filter_of(request);
    if (!filter) co_return http::respond_with(filter.error());
    const auto after = page->after_id<ApplicationId>();
    const auto found = co_await applying_.list(*filter, author_of(request), sees_everything(request), after,
                                               page->limit + 1);
    if (!found) co_return http::respond_with(found.error());
    co_return http::page_response(*found, *page, cursors_);
}

ApplicationRoutes::Answer ApplicationRoutes::show(const Request& request) {
    const auto id = http::id_in_path<ApplicationId>(request, "application_id");
    if (!id) co_return http::respond_with(id.error());
    const auto found =
        co_await applying_.find(*id, author_of(request), sees_everything(request), audits(request));
    if (!found) co_return http::respond_with(found.error());
    auto response = http::json_response(json_of(*found));
    const auto tag = http::etag_of(response.body);
    co_return http::conditional(request, std::move(response), tag);
}

ApplicationRoutes::Answer ApplicationRoutes::draft(const Request& request) {
    auto wanted = application_in(request);
    if (!wanted) co_return http::respond_with(wanted.error());
    const auto made = co_await applying_.draft(std::move(*wanted), author_of(request));
    if (!made) co_return http::respond_with(made.error());
    co_return created(*made);
}

ApplicationRoutes::Answer ApplicationRoutes::renew(const Request& request) {
    const auto id = http::id_in_path<ApplicationId>(request, "application_id");
    if (!id) co_return http::respond_with(id.error());
    const auto batch = renewal_in(request);
    if (!batch) co_return http::respond_with(batch.error());
    const auto made = co_await applying_.renew(*id, *batch, author_of(request));
    if (!made) co_return http::respond_with(made.error());
    co_return created(*made);
}

ApplicationRoutes::Answer ApplicationRoutes::edit(const Request& request) {
    const auto id = http::id_in_path<ApplicationId>(request, "application_id");
    if (!id) co_return http::respond_with(id.error());
    auto text = application_text_in(request);
    if (!text) co_return http::respond_with(text.error());
    const auto author = author_of(request);
    const auto seen = co_await applying_.find(*id, author, sees_everything(request), audits(request));
    if (!seen) co_return http::respond_with(seen.error());
    if (const auto stale = http::check_if_match(request, tag_of(*seen))) co_return http::respond_with(*stale);
    const auto version = seen->application.version;
    const auto changed = co_await applying_.edit(*id, version, std::move(*text), author);
    if (!changed) co_return http::respond_with(changed.error());
    co_return tagged(*changed);
}

ApplicationRoutes::Answer ApplicationRoutes::act(const Request& request) {
    const auto id = http::id_in_path<ApplicationId>(request, "application_id");
    if (!id) co_return http::respond_with(id.error());
    auto move = move_in(request);
    if (!move) co_return http::respond_with(move.error());
    const auto author = author_of(request);
    const auto seen = co_await applying_.find(*id, author, sees_everything(request), audits(request));
    if (!seen) co_return http::respond_with(seen.error());
    if (const auto stale = http::check_if_match(request, tag_of(*seen))) co_return http::respond_with(*stale);
    const auto version = seen->application.version;
    const auto moved = co_await applying_.act(*id, version, std::move(*move), author);
    if (!moved) co_return http::respond_with(moved.error());
    co_return tagged(*moved);
}

}  // namespace shanhai::certification
