#include "channel/http/placement_routes.hpp"

#include "channel/http/channel_json.hpp"
#include "chassis/http/history.hpp"
#include "chassis/http/json.hpp"
#include "chassis/http/page.hpp"
#include "chassis/http/parameters.hpp"

namespace shanhai::channel {
namespace {

/// The longest time for which hourly scans are answered at once: 1,488 rows.
constexpr std::chrono::days scans_span_max{62};
constexpr std::chrono::days scans_span_default{1};

struct Span {
    Instant from;
    Instant to;
};

/// ?from= and ?to=; without them the day that ends now.
Span span_from(http::Parameters& parameters, Instant now) {
    const auto to = parameters.optional_checked<Instant>("to", parse_rfc3339).value_or(now);
    const auto from =
        parameters.optional_checked<Instant>("from", parse_rfc3339).value_or(to - scans_span_default);
    if (from >= to || to - from > scans_span_max) {
        parameters.complain("to", "the time asked for ends after it begins, 62 days later at most");
    }
    return Span{from, to};
}

/// The tag of all that is shown, the playlist too: whoever kept an answer may show it while its tag is
/// current.
http::Response tagged(const boost::json::object& description) {
    auto response = http::json_response(description);
    response.headers.emplace_back("ETag", http::etag_of(response.body));
    return response;
}

}  // namespace

void PlacementRoutes::mount(http::Router& router) {
    using http::Method;
    router.on(Method::post, "/v1/placements", [this](const http::Request& request) { return add(request); });
    router.on(Method::get, "/v1/placements{?cursor,limit}",
              [this](const http::Request& request) { return list(request); });
    router.on(Method::get, "/v1/placements/{placement_id}",
              [this](const http::Request& request) { return show(request); });
    router.on(Method::put, "/v1/placements/{placement_id}",
              [this](const http::Request& request) { return change(request); });
    router.on(Method::put, "/v1/placements/{placement_id}/playlist",
              [this](const http::Request& request) { return set_playlist(request); });
    router.on(Method::get, "/v1/placements/{placement_id}/changes{?cursor,limit}",
              [this](const http::Request& request) { return list_changes(request); });
    router.on(Method::get, "/v1/placements/{placement_id}/scans{?from,to}",
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
    const auto after = page->after_id<PlacementId>();
    const auto found = co_await store_.placements(after, page->limit + 1);
    if (!found) co_return http::respond_with(found.error());
    const auto described = [this](const auto& placement) { return describe(placement); };
    co_return http::page_response(*found, *page, cursors_, described);
}

boost::asio::awaitable<http::Response> PlacementRoutes::show(const http::Request& request) {
    const auto id = http::id_in_path<PlacementId>(request, "placement_id");
    if (!id) co_return http::respond_with(id.error());
    const auto found = co_await store_.placement(*id);
    if (!found) co_return http::respond_with(found.error());
    auto response = http::json_response(describe(*found));
    const auto etag = http::etag_of(response.body);
    co_return http::conditional(request, std::move(response), etag);
}

boost::asio::awaitable<http::Response> PlacementRoutes::change(const http::Request& request) {
    const auto id = http::id_in_path<PlacementId>(request, "placement_id");
    if (!id) co_return http::respond_with(id.error());
    const auto body = http::read_json(request);
    if (!body) co_return http::respond_with(body.error());
    auto wanted = placement_from(*body);
    if (!wanted) co_return http::respond_with(wanted.error());
    auto seen = co_await store_.placement(*id);
    if (!seen) co_return http::respond_with(seen.error());
    const auto shown = http::json_response(describe(*seen));
    if (const auto stale = http::check_if_match(request, http::etag_of(shown.body))) {
        co_return http::respond_with(*stale);
    }

    const AccountId by{request.staff().account};
    const auto changed =
        co_await store_.change_placement(*id, std::move(seen->placement.details), std::move(*wanted), by);
    if (!changed) co_return http::respond_with(changed.error());
    co_await refresh_();
    co_return tagged(describe(*changed));
}

boost::asio::awaitable<http::Response> PlacementRoutes::set_playlist(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) co_return http::respond_with(body.error());
    auto playlist = playlist_from(*body);
    if (!playlist) co_return http::respond_with(playlist.error());

    const auto id = http::id_in_path<PlacementId>(request, "placement_id");
    if (!id) co_return http::respond_with(id.error());
    auto seen = co_await store_.placement(*id);
    if (!seen) co_return http::respond_with(seen.error());
    const auto shown = http::json_response(describe(*seen));
    if (const auto stale = http::check_if_match(request, http::etag_of(shown.body))) {
        co_return http::respond_with(*stale);
    }
    const auto changed = co_await store_.set_playlist(*id, std::move(seen->playlist), std::move(*playlist));
    if (!changed) co_return http::respond_with(changed.error());
    co_await refresh_();
    co_return tagged(describe(*changed));
}

boost::asio::awaitable<http::Response> PlacementRoutes::list_changes(const http::Request& request) {
    const auto id = http::id_in_path<PlacementId>(request, "placement_id");
    if (!id) co_return http::respond_with(id.error());
    auto read = [this, id = *id](std::uint64_t after, std::size_t count) {
        return store_.changes(id, after, count);
    };
    co_return co_await http::history_page(request, cursors_, read);
}

boost::asio::awaitable<http::Response> PlacementRoutes::scans(const http::Request& request) {
    http::Parameters parameters{request};
    const auto id = parameters.id<PlacementId>("placement_id");
    const auto span = span_from(parameters, clock_.now());
    if (const auto error = parameters.complaints()) co_return http::respond_with(*error);

    const auto found = co_await store_.scans(id, span.from, span.to);
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
