#pragma once

#include "chassis/http/router.hpp"
#include "orders/application/stock_watch.hpp"

namespace shanhai::orders {

/// From when on stock is called low or near its expiry: what a house sets for each of its SKUs.
class ThresholdRoutes {
public:
    explicit ThresholdRoutes(StockWatch& watch) : watch_{watch} {}

    void mount(http::Router& router);

private:
    using Answer = boost::asio::awaitable<http::Response>;

    Answer list(const http::Request& request);
    Answer set(const http::Request& request);

    StockWatch& watch_;
};

}  // namespace shanhai::orders
