#pragma once

#include "audit/application/recomputer.hpp"
#include "chassis/http/router.hpp"

namespace shanhai::audit {

/// GET /v1/audit/recomputation, for auditors: 200 with what was found, or, when that takes longer than a
/// caller likes to wait, 202 with how far it has come; asking again gives the rest.
class RecomputationRoutes {
public:
    explicit RecomputationRoutes(Recomputer& recomputer) : recomputer_{recomputer} {}

    void mount(http::Router& router);

private:
    boost::asio::awaitable<http::Response> recomputation(const http::Request& request);
    /// Waits a while for the run to end.
    boost::asio::awaitable<Result<Recomputer::Run>> finished(Recomputer::Run run);

    Recomputer& recomputer_;
};

}  // namespace shanhai::audit
