#pragma once

#include "catalog/http/showcase.hpp"
#include "chassis/http/cursors.hpp"
#include "chassis/http/router.hpp"

namespace shanhai::catalog {

/// Lists of products, found by words and narrowed; how many there are of each kind; and what somebody may be
/// about to type.
class FindingRoutes {
public:
    FindingRoutes(const Showcase& showcase, const http::Cursors& cursors)
        : showcase_{showcase}, cursors_{cursors} {}

    void mount(http::Router& router);

private:
    http::Response list(const http::Request& request) const;
    http::Response count(const http::Request& request) const;
    http::Response suggest(const http::Request& request) const;

    const Showcase& showcase_;
    const http::Cursors& cursors_;
};

}  // namespace shanhai::catalog
