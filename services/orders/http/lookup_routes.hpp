#pragma once

#include "chassis/http/cursors.hpp"
#include "chassis/http/router.hpp"
#include "orders/application/lookup.hpp"
#include "vocabulary/clock.hpp"

#include <string>

namespace shanhai::orders {

/// What the staff looks orders up by: GET /v1/orders, and POST /v1/orders/receivers, which makes of a
/// telephone a handle that says nothing, so that no telephone ever stands in an address or a log.
class LookupRoutes {
public:
    /// `handle_key`: 32 bytes.
    LookupRoutes(Lookup& lookup, const Clock& clock, http::Cursors cursors, std::string handle_key)
        : lookup_{lookup}, clock_{clock}, cursors_{std::move(cursors)}, handle_key_{std::move(handle_key)} {}

    void mount(http::Router& router);

private:
    boost::asio::awaitable<http::Response> list(const http::Request& request);
    boost::asio::awaitable<http::Response> name_receiver(const http::Request& request);
    Result<OrderFilter> read_filter(const http::Request& request) const;
    std::string handle_of(std::string_view phone_hash) const;
    Result<std::string> phone_hash_in(std::string_view handle) const;

    Lookup& lookup_;
    const Clock& clock_;
    http::Cursors cursors_;
    std::string handle_key_;
};

}  // namespace shanhai::orders
