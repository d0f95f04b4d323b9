#pragma once

#include "chassis/http/router.hpp"
#include "identity/application/second_factors.hpp"
#include "identity/domain/sign_in.hpp"

namespace shanhai::identity {

/// Second factors. Their owner proves who he is by login and password each time, since a session may lie open
/// somewhere, and since who has to enrol gets none.
class FactorRoutes {
public:
    FactorRoutes(SignIn& sign_in, SecondFactors& factors) : sign_in_{sign_in}, factors_{factors} {}

    void mount(http::Router& router);

private:
    using Answer = boost::asio::awaitable<http::Response>;

    Answer enrol(const http::Request& request);    // POST /v1/auth/second-factor
    Answer confirm(const http::Request& request);  // POST /v1/auth/second-factor/confirmation
    Answer remove(const http::Request& request);   // POST /v1/auth/second-factor/removal
    Answer demand(const http::Request& request);   // POST /v1/accounts/{account_id}/second-factor

    SignIn& sign_in_;
    SecondFactors& factors_;
};

}  // namespace shanhai::identity
