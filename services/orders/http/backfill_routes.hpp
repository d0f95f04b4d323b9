#pragma once

#include "chassis/http/json.hpp"
#include "chassis/http/router.hpp"
#include "chassis/published.hpp"
#include "orders/domain/desk.hpp"
#include "vocabulary/clock.hpp"

#include <string>

namespace shanhai::orders {

/// POST /internal/v1/backfill, on the internal port only: orders of the past for demonstrations, placed and
/// paid by the code that places and pays everybody's. Asks for the header Shanhai-Internal-Key.
class BackfillRoutes {
public:
    BackfillRoutes(OrderDesk& desk, const Published<OfferBook>& offers, const Clock& clock,
                   std::string internal_key)
        : desk_{desk}, offers_{offers}, clock_{clock}, internal_key_{std::move(internal_key)} {}

    void mount(http::Router& internal);

private:
    boost::asio::awaitable<http::Response> backfill(const http::Request& request);
    Result<std::vector<SampleOrder>> read(const http::Request& request) const;
    SampleOrder read_sample(http::Fields& fields) const;

    OrderDesk& desk_;
    const Published<OfferBook>& offers_;
    const Clock& clock_;
    std::string internal_key_;
};

}  // namespace shanhai::orders
