#pragma once

#include "chassis/http/cursors.hpp"
#include "chassis/http/router.hpp"
#include "identity/application/teaming.hpp"
#include "identity/domain/passwords.hpp"
#include "vocabulary/clock.hpp"

namespace shanhai::identity {

/// The people of a house: invitations, members, and links by which somebody gets in again.
class TeamRoutes {
public:
    TeamRoutes(Teaming& teaming, Passwords& passwords, const http::Cursors& cursors, const Clock& clock)
        : teaming_{teaming}, passwords_{passwords}, cursors_{cursors}, clock_{clock} {}

    void mount(http::Router& router);

private:
    using Answer = boost::asio::awaitable<http::Response>;

    Answer invite(const http::Request& request);            // POST /v1/invitations
    Answer list_invitations(const http::Request& request);  // GET /v1/invitations
    Answer withdraw(const http::Request& request);          // POST /v1/invitations/{invitation_id}/withdrawal
    Answer preview(const http::Request& request);           // POST /v1/invitations/previews
    Answer accept(const http::Request& request);            // POST /v1/invitations/acceptances
    Answer list_members(const http::Request& request);      // GET /v1/team
    Answer change_member(const http::Request& request);     // PATCH /v1/team/{account_id}
    Answer offer_reset(const http::Request& request);       // POST /v1/accounts/{account_id}/reset-links
    Answer reset(const http::Request& request);             // POST /v1/auth/password-resets

    Teaming& teaming_;
    Passwords& passwords_;
    const http::Cursors& cursors_;
    const Clock& clock_;
};

}  // namespace shanhai::identity
