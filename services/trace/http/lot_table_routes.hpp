#pragma once

#include "chassis/http/router.hpp"
#include "chassis/sheets/clerk.hpp"
#include "trace/domain/registry.hpp"

namespace shanhai::trace {

/// Lots as tables for spreadsheets, in and out.
class LotTableRoutes {
public:
    explicit LotTableRoutes(Registry& registry) : registry_{registry} {}

    void mount(http::Router& router);

private:
    boost::asio::awaitable<http::Response> take(const http::Request& request);
    boost::asio::awaitable<http::Response> give(const http::Request& request);

    Registry& registry_;
    sheets::Clerk clerk_;
};

}  // namespace shanhai::trace
