#include "channel/http/placement_routes.hpp"

#include "channel/http/channel_json.hpp"
#include "chassis/http/page.hpp"
#include "chassis/http/path_number.hpp"

namespace shanhai::channel {
namespace {

/// The longest time for which hourly scans are answered at once: 1,488 rows.
constexpr std::chrono::days scans_span_max{62};
constexpr std::chrono::days scans_span_default{1};

struct Span {
    Instant from;
    Instant to;
};

/// A placement on a page of the list.
struct Listed {
    PlacementId id;
    boost::json::object description;
};

boost::json::object json_of(const Listed& listed) { return listed.description; }

Result<Instant> moment_from(const http::Request& request, const std::string& name, Instant otherwise) {
    const auto text = request.query_value(name);
    if (!text) return otherwise;
    auto moment = parse_rfc3339(*text);
    if (!moment) return invalid_field("/" + name, moment.error().message());
    return moment;
}

/// ?from= and ?to=; without them the day that ends now.
Result<Span> span_from(const http::Request& request) {
    const auto to = moment_from(request, "to", now());
    if (!to) return to.error();
    const auto from = moment_from(request, "from", *to - scans_span_default);
    if (!from) return from.error();
    if (*from >= *to || *to - *from > scans_span_max) {
        return invalid_field("/to", "the time asked for ends after it begins, 62 days later at most");
    }
    return Span{*from, *to};
}

PlacementId id_of(const http::Request& request) {
    return PlacementId{http::path_number(request.parameter("placement_id"))};
}

}  // namespace

void PlacementRoutes::mount(http::Router& router) {
    using http::Method;
    router.on(Method::post, "/v1/placements", [this](const http::Request& request) { return add(request); });
    router.on(Method::get, "/v1/placements", [this](const http::Request& request) { return list(request); });
    router.on(Method::get, "/v1/placements/{placement_id}",
              [this](const http::Request& request) { return show(request); });
    router.on(Method::put, "/v1/placements/{placement_id}/playlist",
              [this](const http::Request& request) { return set_playlist(request); });
    router.on(Method::get, "/v1/placements/{placement_id}/scans",
              [this](const http::Request& request) { return scans(request); });
}

boost::asio::awaitable<http::Response> PlacementRoutes::add(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) co_return http::respond_with(body.error());
    auto details = placement_from(*body);
    if (!details) co_return http::respond_with(details.error());

    const auto added = co_await store_.add_placement(std::move(*details));
    if (!added) co_return http::respond_with(added.error());
    co_await refresh_();
    co_return http::json_response(describe(added->value), added->repeated ? 200 : 201);
}

boost::asio::awaitable<http::Response> PlacementRoutes::list(const http::Request& request) {
    const auto page = cursors_.page_of(request);
    if (!page) co_return http::respond_with(page.error());
    const PlacementId after{http::path_number(page->after)};
    const auto found = co_await store_.placements(after, page->limit + 1);
    if (!found) co_return http::respond_with(found.error());
    std::vector<Listed> listed;
    for (const auto& placement : *found) listed.push_back({placement.id, describe(placement)});
    co_return http::page_response(listed, page->limit, cursors_);
}

boost::asio::awaitable<http::Response> PlacementRoutes::show(const http::Request& request) {
    const auto found = co_await store_.placement(id_of(request));
    if (!found) co_return http::respond_with(found.error());
    co_return http::json_response(describe(*found));
}

boost::asio::awaitable<http::Response> PlacementRoutes::set_playlist(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) co_return http::respond_with(body.error());
    auto playlist = playlist_from(*body);
    if (!playlist) co_return http::respond_with(playlist.error());

    const auto changed = co_await store_.set_playlist(id_of(request), std::move(*playlist));
    if (!changed) co_return http::respond_with(changed.error());
    co_await refresh_();
    co_return http::json_response(describe(*changed));
}

boost::asio::awaitable<http::Response> PlacementRoutes::scans(const http::Request& request) {
    const auto span = span_from(request);
    if (!span) co_return http::respond_with(span.error());

    const auto found = co_await store_.scans(id_of(request), span->from, span->to);
    if (!found) co_return http::respond_with(found.error());
    boost::json::array items;
    for (const auto& hourly : *found) items.push_back(json_of(hourly));
    boost::json::object answer;
    answer["items"] = std::move(items);
    answer["next"] = nullptr;
    co_return http::json_response(answer);
}

boost::json::object PlacementRoutes::describe(const Placement& placement) const {
    return {{"placement_id", number(placement.id)}, {"campaign_id", number(placement.details.campaign)},
            {"name", placement.details.name},       {"channel", wire_name(placement.details.channel)},
            {"token", tokens_.of(placement.id)},    {"url", codes_.url_of(placement.id)}};
}

boost::json::object PlacementRoutes::describe(const ChannelStore::WithPlaylist& found) const {
    auto object = describe(found.placement);
    object["playlist"] = channel::json_of(found.playlist);
    return object;
}

}  // namespace shanhai::channel
