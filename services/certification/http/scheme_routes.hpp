#pragma once

#include "certification/application/ruling.hpp"
#include "chassis/http/cursors.hpp"
#include "chassis/http/router.hpp"

namespace shanhai::certification {

/// The rules of schemes and their yearly batches: read by everybody, written by the office that decides.
class SchemeRoutes {
public:
    SchemeRoutes(Ruling& ruling, const http::Cursors& cursors) : ruling_{ruling}, cursors_{cursors} {}

    void mount(http::Router& router);

private:
    using Answer = boost::asio::awaitable<http::Response>;

    Answer list(const http::Request& request);
    Answer show(const http::Request& request);
    Answer add(const http::Request& request);
    Answer change(const http::Request& request);
    Answer list_batches(const http::Request& request);
    Answer open_batch(const http::Request& request);

    Ruling& ruling_;
    const http::Cursors& cursors_;
};

}  // namespace shanhai::certification
