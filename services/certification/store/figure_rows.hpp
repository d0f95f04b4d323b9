#pragma once

#include "certification/domain/figures.hpp"
#include "chassis/database/session.hpp"

#include <vector>

namespace shanhai::certification {

/// Of the round's applications that are seen so: how many under each scheme, of each county and category,
/// came how far.
std::vector<Cell> cells_of(database::Session& session, const Round& round, const Reach& reach);
/// How many waited how many hours for each step, behind the one before it.
std::vector<Waited> waits_of(database::Session& session, const Round& round, const Reach& reach);
/// The whole way of those that were decided, from the first submission on.
std::vector<Waited> whole_ways_of(database::Session& session, const Round& round, const Reach& reach);

}  // namespace shanhai::certification
