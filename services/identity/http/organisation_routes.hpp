#pragma once

#include "chassis/http/cursors.hpp"
#include "chassis/http/router.hpp"
#include "identity/application/correcting.hpp"

namespace shanhai::identity {

/// One organisation: what is known of it, its corrections, and how it came to be as it is.
class OrganisationRoutes {
public:
    OrganisationRoutes(Correcting& correcting, const http::Cursors& cursors)
        : correcting_{correcting}, cursors_{cursors} {}

    void mount(http::Router& router);

private:
    using Answer = boost::asio::awaitable<http::Response>;

    Answer show(const http::Request& request);          // GET /v1/organisations/{organisation_id}
    Answer correct(const http::Request& request);       // PUT /v1/organisations/{organisation_id}
    Answer list_changes(const http::Request& request);  // GET /v1/organisations/{organisation_id}/changes

    Correcting& correcting_;
    const http::Cursors& cursors_;
};

}  // namespace shanhai::identity
