#pragma once

#include "certification/application/expiry.hpp"
#include "chassis/http/cursors.hpp"
#include "chassis/http/router.hpp"

namespace shanhai::certification {

/// What ends soon, for those whom it concerns.
class ExpiryRoutes {
public:
    ExpiryRoutes(const Expiry& expiry, const http::Cursors& cursors, const Clock& clock)
        : expiry_{expiry}, cursors_{cursors}, clock_{clock} {}

    void mount(http::Router& router);

private:
    boost::asio::awaitable<http::Response> list(const http::Request& request);

    const Expiry& expiry_;
    const http::Cursors& cursors_;
    const Clock& clock_;
};

}  // namespace shanhai::certification
