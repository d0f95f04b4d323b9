#pragma once

#include "catalog/http/showcase.hpp"
#include "chassis/http/cursors.hpp"
#include "chassis/http/router.hpp"

namespace shanhai::catalog {

/// Counties, pairings and merchants: who supports whom, and who sells.
class PlaceRoutes {
public:
    PlaceRoutes(CatalogStore& store, Showcase& showcase, const http::Cursors& cursors)
        : store_{store}, showcase_{showcase}, cursors_{cursors} {}

    void mount(http::Router& router);

private:
    using Answer = boost::asio::awaitable<http::Response>;

    http::Response list_counties(const http::Request& request) const;
    http::Response show_county(const http::Request& request) const;
    http::Response list_pairings(const http::Request& request) const;
    http::Response show_pairing(const http::Request& request) const;
    http::Response list_merchants(const http::Request& request) const;
    http::Response show_merchant(const http::Request& request) const;
    http::Response list_categories() const;

    Answer register_county(const http::Request& request);
    Answer change_county(const http::Request& request);
    Answer list_county_corrections(const http::Request& request);
    Answer declare_pairing(const http::Request& request);
    Answer change_pairing(const http::Request& request);
    Answer list_pairing_corrections(const http::Request& request);
    Answer register_merchant(const http::Request& request);
    Answer change_merchant(const http::Request& request);
    Answer change_service_phone(const http::Request& request);
    Answer corrected(MerchantId id);
    Answer list_corrections(const http::Request& request);
    Answer set_active(const http::Request& request);

    CatalogStore& store_;
    Showcase& showcase_;
    const http::Cursors& cursors_;
};

}  // namespace shanhai::catalog
