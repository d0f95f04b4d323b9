#pragma once

#include "chassis/http/cursors.hpp"
#include "chassis/http/router.hpp"
#include "trace/domain/registry.hpp"
#include "trace/http/lot_table_routes.hpp"

namespace shanhai::trace {

/// The HTTP face of lots, and of tables of them.
class LotRoutes {
public:
    LotRoutes(Registry& registry, const http::Cursors& cursors) : registry_{registry}, cursors_{cursors} {}

    void mount(http::Router& router);

    /// POST /v1/lots
    boost::asio::awaitable<http::Response> add(const http::Request& request);
    /// GET /v1/lots?sku_id=&product_id=
    boost::asio::awaitable<http::Response> list(const http::Request& request);
    /// GET /v1/lots/{lot_id}
    boost::asio::awaitable<http::Response> show(const http::Request& request);
    /// POST /v1/lots/{lot_id}/block
    boost::asio::awaitable<http::Response> block(const http::Request& request);
    boost::asio::awaitable<http::Response> set_papers(const http::Request& request);
    /// GET /v1/lots/{lot_id}/changes
    boost::asio::awaitable<http::Response> list_changes(const http::Request& request);

private:
    Registry& registry_;
    const http::Cursors& cursors_;
    LotTableRoutes tables_{registry_};
};

}  // namespace shanhai::trace
