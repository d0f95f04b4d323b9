#pragma once

#include "audit/store/tree_check.hpp"
#include "chassis/database/session.hpp"

#include <string>

namespace shanhai::audit {

/// Reads a month's entries, some thousands at a time, and compares: their bytes with their leaves in the
/// tree, their form with the canonical one, the columns beside them and their credits with what they say;
/// then everything that is summed from them, cell by cell, with their own sums. `month` is as the tables hold
/// it.
void check_month(database::Session& session, const std::string& month, Recomputation& found,
                 const Progress& progress);

/// What can be seen of all months without reading their entries: that no entry is missing or too many, and
/// that each month has as many as its rollups say.
void check_outline(database::Session& session, Recomputation& found);

/// Every month that any table knows.
std::vector<std::string> months_anywhere(database::Session& session);

}  // namespace shanhai::audit
