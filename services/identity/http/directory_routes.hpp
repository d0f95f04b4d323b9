#pragma once

#include "chassis/http/cursors.hpp"
#include "chassis/http/router.hpp"
#include "chassis/security/access_token.hpp"
#include "identity/domain/identity_store.hpp"
#include "identity/domain/passwords.hpp"

namespace shanhai::identity {

/// The staff's accounts and the organisations they work for.
class DirectoryRoutes {
public:
    DirectoryRoutes(IdentityStore& store, Passwords& passwords, const security::TokenVerifier& verifier,
                    const http::Cursors& cursors)
        : store_{store}, passwords_{passwords}, verifier_{verifier}, cursors_{cursors} {}

    void mount(http::Router& router);

private:
    using Answer = boost::asio::awaitable<http::Response>;

    Answer open_account(const http::Request& request);           // POST /v1/accounts
    Answer set_state(const http::Request& request);              // POST /v1/accounts/{account_id}/state
    Answer register_organisation(const http::Request& request);  // POST /v1/organisations
    Answer list_organisations(const http::Request& request);     // GET /v1/organisations

    IdentityStore& store_;
    Passwords& passwords_;
    const security::TokenVerifier& verifier_;
    const http::Cursors& cursors_;
};

}  // namespace shanhai::identity
