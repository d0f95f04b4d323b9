#pragma once

#include "chassis/http/cursors.hpp"
#include "chassis/http/router.hpp"
#include "chassis/published.hpp"
#include "orders/http/access.hpp"

namespace shanhai::orders {

/// GET /v1/stock/{sku_id}, GET /v1/stock/{sku_id}/journal and POST /v1/stock/receipts.
class StockRoutes {
public:
    StockRoutes(OrderDesk& desk, const Published<OfferBook>& offers, const security::TokenVerifier& verifier,
                http::Cursors cursors)
        : desk_{desk}, offers_{offers}, verifier_{verifier}, cursors_{std::move(cursors)} {}

    void mount(http::Router& router);

private:
    boost::asio::awaitable<http::Response> show(const http::Request& request);
    boost::asio::awaitable<http::Response> journal(const http::Request& request);
    boost::asio::awaitable<http::Response> receive(const http::Request& request);
    Result<ReceiveCommand> read_receipt(const http::Request& request) const;

    OrderDesk& desk_;
    const Published<OfferBook>& offers_;
    const security::TokenVerifier& verifier_;
    http::Cursors cursors_;
};

}  // namespace shanhai::orders
