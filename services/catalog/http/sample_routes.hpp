#pragma once

#include "catalog/http/showcase.hpp"
#include "chassis/http/router.hpp"

#include <string>

namespace shanhai::catalog {

/// POST /internal/v1/backfill/certifications, on the internal port only: the invented past of invented goods,
/// for demonstrations, since what a certifier enters counts from that moment on. Asks for the header
/// Shanhai-Internal-Key.
class SampleRoutes {
public:
    SampleRoutes(CatalogStore& store, Showcase& showcase, std::string internal_key)
        : store_{store}, showcase_{showcase}, internal_key_{std::move(internal_key)} {}

    void mount(http::Router& internal);

private:
    boost::asio::awaitable<http::Response> certify(const http::Request& request);

    CatalogStore& store_;
    Showcase& showcase_;
    std::string internal_key_;
};

}  // namespace shanhai::catalog
