#pragma once

#include "catalog/http/finding_routes.hpp"
#include "catalog/http/showcase.hpp"
#include "catalog/http/table_routes.hpp"
#include "chassis/http/cursors.hpp"
#include "chassis/http/router.hpp"

namespace shanhai::catalog {

/// Products, their versions, prices and listing, and tables of them.
class ProductRoutes {
public:
    ProductRoutes(CatalogStore& store, Showcase& showcase, const http::Cursors& cursors)
        : store_{store}, showcase_{showcase}, finding_{showcase, cursors} {}

    void mount(http::Router& router);

private:
    using Answer = boost::asio::awaitable<http::Response>;

    http::Response show(const http::Request& request) const;

    Answer add(const http::Request& request);
    Answer add_version(const http::Request& request);
    Answer list_versions(const http::Request& request);
    Answer add_sku(const http::Request& request);
    Answer set_price(const http::Request& request);
    Answer set_listed(const http::Request& request);

    /// The product as it is now, after a write.
    Answer written(int status, ProductId id);

    CatalogStore& store_;
    Showcase& showcase_;
    FindingRoutes finding_;
    TableRoutes tables_{store_, showcase_};
};

}  // namespace shanhai::catalog
