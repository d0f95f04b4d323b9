#include "certification/http/sample_routes.hpp"

#include "certification/http/bodies.hpp"
#include "chassis/http/json.hpp"
#include "chassis/security/crypto.hpp"

namespace shanhai::certification {

void SampleRoutes::mount(http::Router& internal) {
    internal.on(http::Method::post, "/internal/v1/backfill/certifications",
                [this](const http::Request& request) { return certify(request); });
}

boost::asio::awaitable<http::Response> SampleRoutes::certify(const http::Request& request) {
    const auto key = request.header("Shanhai-Internal-Key");
    if (!security::equal_in_constant_time(key, internal_key_)) {
        co_return http::respond_with(
            Error{Failure::unauthenticated, "internal-key-missing", "this needs the internal key"});
    }
    auto certification = certification_in(request);
    if (!certification) co_return http::respond_with(certification.error());
    const auto made = co_await certifying_.certify_sample(std::move(*certification));
    if (!made) co_return http::respond_with(made.error());
    boost::json::object body;
    body["certification_id"] = number(made->id);
    co_return http::json_response(body, 201);
}

}  // namespace shanhai::certification
