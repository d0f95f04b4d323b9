#pragma once

#include "certification/domain/application.hpp"
#include "chassis/database/session.hpp"

#include <vector>

namespace shanhai::certification {

/// Whom an application waits for.
struct Awaited {
    Action action = Action::begin_review;
    std::vector<OrganisationId> offices;  ///< At most offices_max; empty where none has signed up here.

    static constexpr std::size_t offices_max = 100;
};

/// What awaited_after says of the last step, with the offices that may take the next one.
std::optional<Awaited> awaited(database::Session& session, const Application& application);

/// Those that may decide about it, at most Awaited::offices_max.
std::vector<OrganisationId> deciding_offices(database::Session& session, const Application& application);

}  // namespace shanhai::certification
