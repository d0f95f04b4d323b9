#pragma once

#include "catalog/events/bundle_facts.hpp"
#include "catalog/http/bundle_routes.hpp"
#include "catalog/store/mysql_bundle_store.hpp"
#include "chassis/service/backbone.hpp"

namespace shanhai::catalog {

/// Bundles from the table to the route. Nothing but their names is kept in memory.
class Bundles {
public:
    Bundles(chassis::Backbone& backbone, const Showcase& showcase, const http::Cursors& cursors)
        : store_{backbone.pool(), announce_bundle, [&backbone] { backbone.facts_committed(); }},
          routes_{store_, showcase, cursors} {}

    void mount(http::Router& router) { routes_.mount(router); }

private:
    MysqlBundleStore store_;
    BundleRoutes routes_;
};

}  // namespace shanhai::catalog
