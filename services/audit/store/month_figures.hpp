#pragma once

#include "audit/domain/recomputation.hpp"
#include "chassis/database/session.hpp"

#include <string>

namespace shanhai::audit {

/// Compares what the tables say of a month with the sums of its entries: every measure of every rollup,
/// orders and buyers of every county and channel, and who bought where. Names rows that are missing, altered
/// or too many.
void check_figures(database::Session& session, const std::string& month, const MonthSums& sums,
                   Recomputation& found);

}  // namespace shanhai::audit
