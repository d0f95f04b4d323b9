#pragma once

#include "certification/application/applying.hpp"
#include "chassis/http/cursors.hpp"
#include "chassis/http/router.hpp"

namespace shanhai::certification {

/// Applications, for the merchants who write them and the offices that they go through.
class ApplicationRoutes {
public:
    ApplicationRoutes(Applying& applying, const http::Cursors& cursors)
        : applying_{applying}, cursors_{cursors} {}

    void mount(http::Router& router);

private:
    using Answer = boost::asio::awaitable<http::Response>;

    Answer list(const http::Request& request);
    Answer show(const http::Request& request);
    Answer draft(const http::Request& request);
    Answer renew(const http::Request& request);
    Answer edit(const http::Request& request);
    Answer act(const http::Request& request);

    Applying& applying_;
    const http::Cursors& cursors_;
};

}  // namespace shanhai::certification
