#pragma once

#include "certification/application/counting.hpp"
#include "chassis/http/router.hpp"

namespace shanhai::certification {

/// What came of a batch or a year, in figures.
class FigureRoutes {
public:
    explicit FigureRoutes(Counting& counting) : counting_{counting} {}

    void mount(http::Router& router);

private:
    using Answer = boost::asio::awaitable<http::Response>;

    Answer show(const http::Request& request);       // GET /v1/batches/{batch_id}/figures
    Answer show_year(const http::Request& request);  // GET /v1/years/{year}/figures

    Counting& counting_;
};

}  // namespace shanhai::certification
