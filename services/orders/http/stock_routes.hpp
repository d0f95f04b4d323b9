#pragma once

#include "chassis/http/cursors.hpp"
#include "chassis/http/router.hpp"
#include "orders/application/lookup.hpp"
#include "orders/http/access.hpp"
#include "orders/http/receipt_table_routes.hpp"
#include "vocabulary/clock.hpp"

namespace shanhai::orders {

/// GET /v1/stock/{sku_id}, GET /v1/stock/{sku_id}/journal, POST /v1/stock/receipts, POST
/// /v1/stock/corrections and its confirmation; tables of receipts.
class StockRoutes {
public:
    StockRoutes(OrderDesk& desk, Lookup& lookup, const Clock& clock, http::Cursors cursors)
        : desk_{desk}, lookup_{lookup}, clock_{clock}, cursors_{std::move(cursors)} {}

    void mount(http::Router& router);

private:
    boost::asio::awaitable<http::Response> show(const http::Request& request);
    boost::asio::awaitable<http::Response> journal(const http::Request& request);
    boost::asio::awaitable<http::Response> receive(const http::Request& request);
    boost::asio::awaitable<http::Response> propose(const http::Request& request);
    boost::asio::awaitable<http::Response> confirm(const http::Request& request);
    Result<ReceiveCommand> read_receipt(const http::Request& request) const;
    Result<ProposeCorrection> read_correction(const http::Request& request) const;

    OrderDesk& desk_;
    Lookup& lookup_;
    const Clock& clock_;
    http::Cursors cursors_;
    ReceiptTableRoutes tables_{desk_};
};

}  // namespace shanhai::orders
