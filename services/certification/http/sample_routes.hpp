#pragma once

#include "certification/application/certifying.hpp"
#include "chassis/http/router.hpp"

#include <string>

namespace shanhai::certification {

/// POST /internal/v1/backfill/certifications, on the internal port only: the invented past of invented goods,
/// for demonstrations, since what a certifier enters counts from that moment on. Asks for the header
/// Shanhai-Internal-Key.
class SampleRoutes {
public:
    SampleRoutes(Certifying& certifying, std::string internal_key)
        : certifying_{certifying}, internal_key_{std::move(internal_key)} {}

    void mount(http::Router& internal);

private:
    boost::asio::awaitable<http::Response> certify(const http::Request& request);

    Certifying& certifying_;
    std::string internal_key_;
};

}  // namespace shanhai::certification
