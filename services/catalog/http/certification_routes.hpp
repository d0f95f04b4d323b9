#pragma once

#include "catalog/http/showcase.hpp"
#include "chassis/http/cursors.hpp"
#include "chassis/http/router.hpp"

namespace shanhai::catalog {

/// Certifications: written by certifiers only, read by everybody.
class CertificationRoutes {
public:
    CertificationRoutes(CatalogStore& store, Showcase& showcase, const http::Cursors& cursors)
        : store_{store}, showcase_{showcase}, cursors_{cursors} {}

    void mount(http::Router& router);

private:
    using Answer = boost::asio::awaitable<http::Response>;

    http::Response list(const http::Request& request) const;
    Answer show(const http::Request& request);
    Answer certify(const http::Request& request);
    Answer change_state(const http::Request& request);

    CatalogStore& store_;
    Showcase& showcase_;
    const http::Cursors& cursors_;
};

}  // namespace shanhai::catalog
