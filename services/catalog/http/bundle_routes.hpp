#pragma once

#include "catalog/domain/bundle_store.hpp"
#include "catalog/http/showcase.hpp"
#include "chassis/http/cursors.hpp"
#include "chassis/http/router.hpp"

namespace shanhai::catalog {

/// Bundles (套装), their versions and listing.
class BundleRoutes {
public:
    BundleRoutes(BundleStore& store, const Showcase& showcase, const http::Cursors& cursors)
        : store_{store}, showcase_{showcase}, cursors_{cursors} {}

    void mount(http::Router& router);

private:
    using Answer = boost::asio::awaitable<http::Response>;

    Answer list(const http::Request& request);
    Answer show(const http::Request& request);
    Answer add(const http::Request& request);
    Answer change(const http::Request& request);
    Answer set_listed(const http::Request& request);

    /// The bundle as it is now.
    Answer shown(int status, BundleId id, Reader reader);

    BundleStore& store_;
    const Showcase& showcase_;
    const http::Cursors& cursors_;
};

}  // namespace shanhai::catalog
