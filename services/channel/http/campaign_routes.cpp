#include "channel/http/campaign_routes.hpp"

#include "channel/http/channel_json.hpp"
#include "chassis/http/history.hpp"
#include "chassis/http/json.hpp"
#include "chassis/http/page.hpp"
#include "chassis/http/parameters.hpp"

#include <boost/json/serialize.hpp>
#include <utility>

namespace shanhai::channel {
namespace {

std::string tag_of(const Campaign& campaign) {
    return http::etag_of(boost::json::serialize(json_of(campaign)));
}

}  // namespace

void CampaignRoutes::mount(http::Router& router) {
    router.on(http::Method::post, "/v1/campaigns",
              [this](const http::Request& request) { return add(request); });
    router.on(http::Method::get, "/v1/campaigns{?cursor,limit}",
              [this](const http::Request& request) { return list(request); });
    router.on(http::Method::get, "/v1/campaigns/{campaign_id}",
              [this](const http::Request& request) { return show(request); });
    router.on(http::Method::put, "/v1/campaigns/{campaign_id}",
              [this](const http::Request& request) { return change(request); });
    router.on(http::Method::get, "/v1/campaigns/{campaign_id}/changes{?cursor,limit}",
              [this](const http::Request& request) { return list_changes(request); });
}

boost::asio::awaitable<http::Response> CampaignRoutes::add(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) co_return http::respond_with(body.error());
    auto details = campaign_from(http::Fields{*body});
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

boost::asio::awaitable<http::Response> CampaignRoutes::show(const http::Request& request) {
    const auto id = http::id_in_path<CampaignId>(request, "campaign_id");
    if (!id) co_return http::respond_with(id.error());
    const auto found = co_await store_.campaign(*id);
    if (!found) co_return http::respond_with(found.error());
    co_return http::conditional(request, http::json_response(json_of(*found)), tag_of(*found));
}

boost::asio::awaitable<http::Response> CampaignRoutes::change(const http::Request& request) {
    const auto id = http::id_in_path<CampaignId>(request, "campaign_id");
    if (!id) co_return http::respond_with(id.error());
    const auto body = http::read_json(request);
    if (!body) co_return http::respond_with(body.error());
    auto wanted = campaign_from(http::Fields::of_whole(*body));
    if (!wanted) co_return http::respond_with(wanted.error());
    auto seen = co_await store_.campaign(*id);
    if (!seen) co_return http::respond_with(seen.error());
    if (const auto stale = http::check_if_match(request, tag_of(*seen))) co_return http::respond_with(*stale);

    const AccountId by{request.staff().account};
    const auto changed =
        co_await store_.change_campaign(*id, std::move(seen->details), std::move(*wanted), by);
    if (!changed) co_return http::respond_with(changed.error());
    auto response = http::json_response(json_of(*changed));
    response.headers.emplace_back("ETag", tag_of(*changed));
    co_return response;
}

boost::asio::awaitable<http::Response> CampaignRoutes::list_changes(const http::Request& request) {
    const auto id = http::id_in_path<CampaignId>(request, "campaign_id");
    if (!id) co_return http::respond_with(id.error());
    auto read = [this, id = *id](std::uint64_t after, std::size_t count) {
        return store_.changes(id, after, count);
    };
    co_return co_await http::history_page(request, cursors_, read);
}

}  // namespace shanhai::channel
