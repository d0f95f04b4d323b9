#pragma once

#include "audit/application/sales_desk.hpp"
#include "chassis/http/router.hpp"

namespace shanhai::audit {

/// GET /v1/sales and GET /v1/sales.csv: what a merchant sold in a range of days, for its own people, the
/// operator and the auditor.
class SalesRoutes {
public:
    explicit SalesRoutes(SalesDesk desk) : desk_{desk} {}

    void mount(http::Router& router);

private:
    using Answer = boost::asio::awaitable<http::Response>;

    struct Asked {
        MerchantId merchant{};
        DayRange days;
    };

    Answer show(const http::Request& request);
    Answer table(const http::Request& request);
    Result<Asked> read(const http::Request& request) const;

    SalesDesk desk_;
};

}  // namespace shanhai::audit
