#include "channel/http/code_routes.hpp"

#include "channel/http/qr_code.hpp"
#include "chassis/http/path_number.hpp"

namespace shanhai::channel {
namespace {

Result<int> size_of(const http::Request& request) {
    const auto text = request.query_value("size");
    if (!text) return CodeRoutes::size_default;
    const auto size = http::path_number(*text);
    if (size >= CodeRoutes::size_min && size <= CodeRoutes::size_max) return static_cast<int>(size);
    return invalid_field("/size", "a code is 100 to 1024 pixels wide");
}

}  // namespace

void CodeRoutes::mount(http::Router& router) {
    router.on(http::Method::get, "/v1/placements/{placement_id}/code.svg",
              [this](const http::Request& request) { return code(request, false); });
    router.on(http::Method::get, "/v1/placements/{placement_id}/code.png",
              [this](const http::Request& request) { return code(request, true); });
}

boost::asio::awaitable<http::Response> CodeRoutes::code(const http::Request& request, bool as_png) {
    const auto size = size_of(request);
    if (!size) co_return http::respond_with(size.error());
    const PlacementId id{http::path_number(request.parameter("placement_id"))};
    const auto found = co_await store_.placement(id);
    if (!found) co_return http::respond_with(found.error());

    const auto url = url_of(id);
    // The tag names what is drawn, so that a caller who has it costs no drawing.
    const auto etag = http::etag_of((as_png ? "png " : "svg ") + std::to_string(*size) + ' ' + url);
    http::Response response;
    response.headers.emplace_back("Cache-Control", "private, max-age=86400");
    if (!http::has_current(request, etag)) {
        const QrCode drawn{url};
        response.content_type = as_png ? "image/png" : "image/svg+xml";
        response.body = as_png ? drawn.png(*size) : drawn.svg(*size);
    }
    co_return http::conditional(request, std::move(response), etag);
}

}  // namespace shanhai::channel
