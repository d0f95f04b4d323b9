#pragma once

#include "chassis/http/router.hpp"
#include "chassis/sheets/clerk.hpp"
#include "orders/domain/desk.hpp"

namespace shanhai::orders {

/// What arrived in stock as tables for spreadsheets, in and out.
class ReceiptTableRoutes {
public:
    explicit ReceiptTableRoutes(OrderDesk& desk) : desk_{desk} {}

    void mount(http::Router& router);

private:
    boost::asio::awaitable<http::Response> take(const http::Request& request);
    boost::asio::awaitable<http::Response> give(const http::Request& request);

    OrderDesk& desk_;
    sheets::Clerk clerk_;
};

}  // namespace shanhai::orders
