#pragma once

#include "chassis/http/router.hpp"
#include "chassis/security/access_token.hpp"
#include "identity/domain/sign_in.hpp"

namespace shanhai::identity {

/// Signing in, staying in, leaving, and the key that others check access tokens with.
class SessionRoutes {
public:
    SessionRoutes(SignIn& sign_in, IdentityStore& store, const security::TokenSigner& signer)
        : sign_in_{sign_in}, store_{store}, signer_{signer}, jwks_{signer.jwks()} {}

    void mount(http::Router& router);

private:
    using Answer = boost::asio::awaitable<http::Response>;

    Answer log_in(const http::Request& request);              // POST /v1/auth/login
    Answer refresh(const http::Request& request);             // POST /v1/auth/refresh
    Answer log_out(const http::Request& request);             // POST /v1/auth/logout
    Answer log_out_everywhere(const http::Request& request);  // POST /v1/auth/logout-all
    Answer change_password(const http::Request& request);     // POST /v1/auth/password
    Answer me(const http::Request& request);                  // GET /v1/auth/me
    http::Response key_set() const;                           // GET /.well-known/jwks.json

    http::Response tokens(const Result<SignedIn>& signed_in) const;

    SignIn& sign_in_;
    IdentityStore& store_;
    const security::TokenSigner& signer_;
    std::string jwks_;
};

}  // namespace shanhai::identity
