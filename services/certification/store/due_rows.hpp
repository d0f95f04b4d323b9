#pragma once

#include "certification/domain/due.hpp"
#include "certification/domain/known.hpp"
#include "chassis/database/session.hpp"

#include <array>
#include <vector>

namespace shanhai::certification {

/// How many applications wait for the office for each reason. The same reasons as state_after has.
std::array<std::int64_t, Due::kinds> due_counts(database::Session& session, const Competence& competence);
std::vector<DueApplication> first_due(database::Session& session, const Competence& competence,
                                      std::size_t count);
/// Those on notice that are seen so.
std::int64_t on_notice(database::Session& session, const Reach& reach);
/// What colleagues proposed and wait for a second person's word on.
std::int64_t proposals_waiting(database::Session& session, const Author& viewer);

}  // namespace shanhai::certification
