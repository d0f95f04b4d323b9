#include "newservice/http/thing_routes.hpp"

#include "chassis/http/json.hpp"
#include "chassis/http/page.hpp"

namespace shanhai::newservice {

boost::json::object json_of(const Thing& thing) {
    return {{"thing_id", static_cast<std::uint64_t>(thing.id)}, {"name", thing.name}};
}

void ThingRoutes::mount(http::Router& router) {
    router.on(http::Method::get, "/v1/newservice/things{?cursor,limit}",
              [this](const http::Request& request) { return list(request); });
}

boost::asio::awaitable<http::Response> ThingRoutes::list(const http::Request& request) {
    const auto page = cursors_.page_of(request);
    if (!page) co_return http::respond_with(page.error());
    const auto after = page->after_id<ThingId>();
    const auto found = co_await things_.list(after, page->limit + 1);
    if (!found) co_return http::respond_with(found.error());
    co_return http::page_response(*found, *page, cursors_);
}

}  // namespace shanhai::newservice
