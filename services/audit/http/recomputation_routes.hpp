#pragma once

#include "audit/store/recomputer.hpp"
#include "chassis/http/router.hpp"
#include "chassis/security/access_token.hpp"

namespace shanhai::audit {

/// GET /v1/audit/recomputation, for auditors: 200 with what was found, or, when that takes longer than a
/// caller likes to wait, 202 with how far it has come; asking again gives the rest.
class RecomputationRoutes {
public:
    RecomputationRoutes(Recomputer& recomputer, const security::TokenVerifier& verifier)
        : recomputer_{recomputer}, verifier_{verifier} {}

    void mount(http::Router& router);

private:
    boost::asio::awaitable<http::Response> recomputation(const http::Request& request);
    /// Waits a while for the run to end.
    boost::asio::awaitable<Result<Recomputer::Run>> finished(Recomputer::Run run);

    Recomputer& recomputer_;
    const security::TokenVerifier& verifier_;
};

}  // namespace shanhai::audit
