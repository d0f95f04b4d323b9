#pragma once

#include "certification/application/applying.hpp"
#include "chassis/http/cursors.hpp"
#include "chassis/http/router.hpp"

namespace shanhai::certification {

/// 公示: what is about to be certified, and what anybody has to say against it.
class NoticeRoutes {
public:
    NoticeRoutes(Applying& applying, const http::Cursors& cursors) : applying_{applying}, cursors_{cursors} {}

    void mount(http::Router& router);

private:
    using Answer = boost::asio::awaitable<http::Response>;

    Answer list(const http::Request& request);
    Answer show(const http::Request& request);  // GET /v1/notices/{application_id}
    Answer list_answered(const http::Request& request);
    Answer object(const http::Request& request);
    Answer answer(const http::Request& request);

    Applying& applying_;
    const http::Cursors& cursors_;
};

}  // namespace shanhai::certification
