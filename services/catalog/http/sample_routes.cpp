#include "catalog/http/sample_routes.hpp"

#include "catalog/http/answers.hpp"
#include "catalog/http/catalog_bodies.hpp"
#include "chassis/security/crypto.hpp"

namespace shanhai::catalog {

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
    const auto id = co_await store_.certify_sample(std::move(*certification));
    if (!id) co_return http::respond_with(id.error());
    co_await showcase_.refresh(store_);
    boost::json::object body;
    body["certification_id"] = number(*id);
    co_return json_answer(201, body);
}

}  // namespace shanhai::catalog
