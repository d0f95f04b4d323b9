#include "channel/http/code_routes.hpp"

#include "channel/http/qr_code.hpp"
#include "chassis/http/parameters.hpp"

namespace shanhai::channel {

void CodeRoutes::mount(http::Router& router) {
    router.on(http::Method::get, "/v1/placements/{placement_id}/code.svg{?size}",
              [this](const http::Request& request) { return code(request, false); });
    router.on(http::Method::get, "/v1/placements/{placement_id}/code.png{?size}",
              [this](const http::Request& request) { return code(request, true); });
}

boost::asio::awaitable<http::Response> CodeRoutes::code(const http::Request& request, bool as_png) {
    http::Parameters parameters{request};
    const auto id = parameters.id<PlacementId>("placement_id");
    const auto wanted = parameters.optional_integer("size", size_min, size_max).value_or(size_default);
    if (const auto error = parameters.complaints()) co_return http::respond_with(*error);
    const auto size = as_png ? CodePictures::size_for(static_cast<int>(wanted)) : static_cast<int>(wanted);
    const auto found = co_await store_.placement(id);
    if (!found) co_return http::respond_with(found.error());

    const auto url = url_of(id);
    // The tag names what is drawn, so that a caller who has it costs no drawing.
    const auto etag = http::etag_of((as_png ? "png " : "svg ") + std::to_string(size) + ' ' + url);
    http::Response response;
    response.headers.emplace_back("Cache-Control", "private, max-age=86400");
    if (!http::has_current(request, etag)) {
        response.content_type = as_png ? "image/png" : "image/svg+xml";
        if (as_png) {
            response.shared_body = co_await pictures_.png(url, size);
        } else {
            response.body = QrCode{url}.svg(size);  // Some hundred strokes, however large.
        }
    }
    co_return http::conditional(request, std::move(response), etag);
}

}  // namespace shanhai::channel
