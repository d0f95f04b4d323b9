#pragma once

#include "chassis/http/cursors.hpp"
#include "chassis/http/router.hpp"
#include "newservice/domain/things.hpp"

#include <boost/json/object.hpp>

namespace shanhai::newservice {

boost::json::object json_of(const Thing& thing);

class ThingRoutes {
public:
    ThingRoutes(Things& things, const http::Cursors& cursors) : things_{things}, cursors_{cursors} {}

    void mount(http::Router& router);

private:
    /// GET /v1/newservice/things
    boost::asio::awaitable<http::Response> list(const http::Request& request);

    Things& things_;
    const http::Cursors& cursors_;
};

}  // namespace shanhai::newservice
