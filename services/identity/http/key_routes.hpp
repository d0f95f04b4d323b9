#pragma once

#include "chassis/http/cursors.hpp"
#include "chassis/http/router.hpp"
#include "chassis/security/access_token.hpp"
#include "identity/application/api_keys.hpp"
#include "identity/domain/sign_in.hpp"
#include "vocabulary/clock.hpp"

namespace shanhai::identity {

/// API keys: made, listed and withdrawn by people, exchanged for access tokens by programs.
class KeyRoutes {
public:
    KeyRoutes(ApiKeys& keys, SignIn& sign_in, IdentityStore& store, const security::TokenSigner& signer,
              const http::Cursors& cursors, const Clock& clock)
        : keys_{keys}, sign_in_{sign_in}, store_{store}, signer_{signer}, cursors_{cursors}, clock_{clock} {}

    void mount(http::Router& router);

private:
    using Answer = boost::asio::awaitable<http::Response>;

    Answer make(const http::Request& request);      // POST /v1/api-keys
    Answer list(const http::Request& request);      // GET /v1/api-keys
    Answer withdraw(const http::Request& request);  // POST /v1/api-keys/{api_key_id}/withdrawal
    Answer exchange(const http::Request& request);  // POST /v1/auth/tokens

    ApiKeys& keys_;
    SignIn& sign_in_;
    IdentityStore& store_;
    const security::TokenSigner& signer_;
    const http::Cursors& cursors_;
    const Clock& clock_;
};

}  // namespace shanhai::identity
