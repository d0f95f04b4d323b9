#pragma once

#include "certification/application/certifying.hpp"
#include "chassis/http/cursors.hpp"
#include "chassis/http/router.hpp"

namespace shanhai::certification {

/// What waits for a second person of the office, and that person's word.
class ProposalRoutes {
public:
    ProposalRoutes(Certifying& certifying, const http::Cursors& cursors, const Clock& clock)
        : certifying_{certifying}, cursors_{cursors}, clock_{clock} {}

    void mount(http::Router& router);

private:
    using Answer = boost::asio::awaitable<http::Response>;

    Answer list(const http::Request& request);
    Answer answer(const http::Request& request);

    Certifying& certifying_;
    const http::Cursors& cursors_;
    const Clock& clock_;
};

}  // namespace shanhai::certification
