#pragma once

#include "chassis/http/cursors.hpp"
#include "chassis/http/router.hpp"
#include "identity/domain/identity_store.hpp"
#include "identity/domain/passwords.hpp"

namespace shanhai::identity {

/// The staff's accounts and the organisations they work for.
class DirectoryRoutes {
public:
    DirectoryRoutes(IdentityStore& store, Passwords& passwords, const http::Cursors& cursors)
        : store_{store}, passwords_{passwords}, cursors_{cursors} {}

    void mount(http::Router& router);

private:
    using Answer = boost::asio::awaitable<http::Response>;

    Answer open_account(const http::Request& request);           // POST /v1/accounts
    Answer list_accounts(const http::Request& request);          // GET /v1/accounts
    Answer list_names(const http::Request& request);             // GET /v1/account-names
    Answer change_account(const http::Request& request);         // PATCH /v1/accounts/{account_id}
    Answer reset_password(const http::Request& request);         // POST /v1/accounts/{account_id}/password
    Answer set_state(const http::Request& request);              // POST /v1/accounts/{account_id}/state
    Answer register_organisation(const http::Request& request);  // POST /v1/organisations
    Answer list_organisations(const http::Request& request);     // GET /v1/organisations

    IdentityStore& store_;
    Passwords& passwords_;
    const http::Cursors& cursors_;
};

}  // namespace shanhai::identity
