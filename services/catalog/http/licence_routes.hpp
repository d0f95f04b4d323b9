#pragma once

#include "catalog/http/showcase.hpp"
#include "chassis/http/cursors.hpp"
#include "chassis/http/router.hpp"

namespace shanhai::catalog {

/// Merchants' papers: credit codes while they are typed, who has to be looked at again (电子商务法, article
/// 27), and what became of the houses that were verified.
class LicenceRoutes {
public:
    LicenceRoutes(CatalogStore& store, Showcase& showcase, const http::Cursors& cursors)
        : store_{store}, showcase_{showcase}, cursors_{cursors} {}

    void mount(http::Router& router);

private:
    using Answer = boost::asio::awaitable<http::Response>;

    http::Response check_code(const http::Request& request) const;  // GET /v1/credit-codes/{code}
    http::Response list_due(const http::Request& request) const;    // GET /v1/merchant-checks
    Answer record_check(const http::Request& request);              // POST /v1/merchants/{merchant_id}/checks
    Answer list_checks(const http::Request& request);               // GET /v1/merchants/{merchant_id}/checks
    Answer list_verified(const http::Request& request);             // GET /v1/verified-merchants

    CatalogStore& store_;
    Showcase& showcase_;
    const http::Cursors& cursors_;
};

}  // namespace shanhai::catalog
