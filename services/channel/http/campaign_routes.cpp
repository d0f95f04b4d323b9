#include "channel/http/campaign_routes.hpp"

#include "channel/http/channel_json.hpp"
#include "chassis/http/json.hpp"
#include "chassis/http/page.hpp"

#include <utility>

namespace shanhai::channel {

void CampaignRoutes::mount(http::Router& router) {
    router.on(http::Method::post, "/v1/campaigns",
              [this](const http::Request& request) { return add(request); });
    router.on(http::Method::get, "/v1/campaigns{?cursor,limit}",
              [this](const http::Request& request) { return list(request); });
}

boost::asio::awaitable<http::Response> CampaignRoutes::add(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) co_return http::respond_with(body.error());
    auto details = campaign_from(*body);
    if (!details) co_return http::respond_with(details.error());

    const auto added = co_await store_.add_campaign(std::move(*details));
    if (!added) co_return http::respond_with(added.error());
    co_return http::json_response(json_of(added->value), added->repeated ? 200 : 201);
}

boost::asio::awaitable<http::Response> CampaignRoutes::list(const http::Request& request) {
    const auto page = cursors_.page_of(request);
    if (!page) co_return http::respond_with(page.error());
    const auto after = page->after_id<CampaignId>();
    const auto found = co_await store_.campaigns(after, page->limit + 1);
    if (!found) co_return http::respond_with(found.error());
    co_return http::page_response(*found, *page, cursors_);
}

}  // namespace shanhai::channel
