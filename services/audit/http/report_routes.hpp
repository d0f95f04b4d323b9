#pragma once

#include "audit/application/report_desk.hpp"
#include "chassis/http/router.hpp"

namespace shanhai::audit {

/// The auditor's questions: a month by county, and from a county down to merchants, products, lots and lines.
/// Every answer says of which state of the ledger it speaks. All want the role `auditor`.
class ReportRoutes {
public:
    explicit ReportRoutes(ReportDesk desk) : desk_{desk} {}

    void mount(http::Router& router);

private:
    using Answer = boost::asio::awaitable<http::Response>;

    Answer months(const http::Request& request);
    Answer report(const http::Request& request);
    /// Rows of the scope that the path names, grouped by the next level down.
    Answer level(const http::Request& request, Grouping by);
    Answer lines_of_lot(const http::Request& request);

    ReportDesk desk_;
};

}  // namespace shanhai::audit
