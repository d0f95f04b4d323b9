#pragma once

#include "channel/domain/channel_store.hpp"
#include "channel/http/code_routes.hpp"
#include "channel/http/tokens.hpp"
#include "chassis/http/cursors.hpp"
#include "chassis/http/router.hpp"
#include "vocabulary/clock.hpp"

#include <boost/json/object.hpp>
#include <functional>
#include <utility>

namespace shanhai::channel {

/// The HTTP face of placements, their playlists and their scans.
class PlacementRoutes {
public:
    /// Brings the board of scans up to date, so that who registers a placement may scan it at once.
    using Refresh = std::function<boost::asio::awaitable<void>()>;

    PlacementRoutes(ChannelStore& store, const http::Cursors& cursors, const ScanTokens& tokens,
                    const CodeRoutes& codes, const Clock& clock, Refresh refresh)
        : store_{store},
          cursors_{cursors},
          tokens_{tokens},
          codes_{codes},
          clock_{clock},
          refresh_{std::move(refresh)} {}

    void mount(http::Router& router);

    /// POST /v1/placements
    boost::asio::awaitable<http::Response> add(const http::Request& request);
    /// GET /v1/placements
    boost::asio::awaitable<http::Response> list(const http::Request& request);
    /// GET /v1/placements/{placement_id}
    boost::asio::awaitable<http::Response> show(const http::Request& request);
    /// PUT /v1/placements/{placement_id}
    boost::asio::awaitable<http::Response> change(const http::Request& request);
    /// GET /v1/placements/{placement_id}/changes
    boost::asio::awaitable<http::Response> list_changes(const http::Request& request);
    /// PUT /v1/placements/{placement_id}/playlist
    boost::asio::awaitable<http::Response> set_playlist(const http::Request& request);
    /// GET /v1/placements/{placement_id}/scans?from=&to=
    boost::asio::awaitable<http::Response> scans(const http::Request& request);

private:
    boost::json::object describe(const Placement& placement) const;
    boost::json::object describe(const ChannelStore::WithPlaylist& found) const;

    ChannelStore& store_;
    const http::Cursors& cursors_;
    const ScanTokens& tokens_;
    const CodeRoutes& codes_;
    const Clock& clock_;
    Refresh refresh_;
};

}  // namespace shanhai::channel
