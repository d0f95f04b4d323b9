#pragma once

#include "chassis/http/router.hpp"
#include "orders/application/lookup.hpp"
#include "vocabulary/clock.hpp"

namespace shanhai::orders {

/// GET /v1/prices/lowest: what prices may be compared with. For everybody, from one look at few rows.
class PriceRoutes {
public:
    PriceRoutes(Lookup& lookup, const Clock& clock) : lookup_{lookup}, clock_{clock} {}

    void mount(http::Router& router);

private:
    boost::asio::awaitable<http::Response> lowest(const http::Request& request);

    Lookup& lookup_;
    const Clock& clock_;
};

}  // namespace shanhai::orders
