#pragma once

#include "certification/application/agenda.hpp"
#include "chassis/http/router.hpp"

namespace shanhai::certification {

/// What waits for an office today.
class DueRoutes {
public:
    explicit DueRoutes(Agenda& agenda) : agenda_{agenda} {}

    void mount(http::Router& router);

private:
    boost::asio::awaitable<http::Response> show(const http::Request& request);  // GET /v1/applications/due

    Agenda& agenda_;
};

}  // namespace shanhai::certification
