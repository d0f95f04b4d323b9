#pragma once

#include "chassis/http/cursors.hpp"
#include "chassis/http/router.hpp"
#include "trace/domain/registry.hpp"

namespace shanhai::trace {

/// The HTTP face of production bases.
class BaseRoutes {
public:
    BaseRoutes(Registry& registry, const http::Cursors& cursors) : registry_{registry}, cursors_{cursors} {}

    void mount(http::Router& router);

    /// POST /v1/bases
    boost::asio::awaitable<http::Response> add(const http::Request& request);
    /// GET /v1/bases
    boost::asio::awaitable<http::Response> list(const http::Request& request);
    /// GET /v1/bases/{base_id}
    boost::asio::awaitable<http::Response> show(const http::Request& request);
    boost::asio::awaitable<http::Response> change(const http::Request& request);
    boost::asio::awaitable<http::Response> confirm(const http::Request& request);
    boost::asio::awaitable<http::Response> list_changes(const http::Request& request);

private:
    Registry& registry_;
    const http::Cursors& cursors_;
};

}  // namespace shanhai::trace
