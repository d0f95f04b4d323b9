#pragma once

#include "channel/domain/channel_store.hpp"
#include "chassis/http/cursors.hpp"
#include "chassis/http/router.hpp"

namespace shanhai::channel {

/// The HTTP face of campaigns.
class CampaignRoutes {
public:
    CampaignRoutes(ChannelStore& store, const http::Cursors& cursors) : store_{store}, cursors_{cursors} {}

    void mount(http::Router& router);

    /// POST /v1/campaigns
    boost::asio::awaitable<http::Response> add(const http::Request& request);
    /// GET /v1/campaigns
    boost::asio::awaitable<http::Response> list(const http::Request& request);
    /// GET and PUT /v1/campaigns/{campaign_id}
    boost::asio::awaitable<http::Response> show(const http::Request& request);
    boost::asio::awaitable<http::Response> change(const http::Request& request);
    /// GET /v1/campaigns/{campaign_id}/changes
    boost::asio::awaitable<http::Response> list_changes(const http::Request& request);

private:
    ChannelStore& store_;
    const http::Cursors& cursors_;
};

}  // namespace shanhai::channel
