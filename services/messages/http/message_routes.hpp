#pragma once

#include "chassis/http/cursors.hpp"
#include "chassis/http/router.hpp"
#include "messages/application/inbox.hpp"

namespace shanhai::messages {

/// What an organisation's people read, and how far they have.
class MessageRoutes {
public:
    MessageRoutes(Inbox& inbox, const http::Cursors& cursors) : inbox_{inbox}, cursors_{cursors} {}

    void mount(http::Router& router);

private:
    using Answer = boost::asio::awaitable<http::Response>;

    Answer list(const http::Request& request);
    Answer count(const http::Request& request);
    Answer read(const http::Request& request);
    Answer opened(const http::Request& request);

    Inbox& inbox_;
    const http::Cursors& cursors_;
};

}  // namespace shanhai::messages
