#pragma once

#include "certification/domain/expiry.hpp"
#include "chassis/database/session.hpp"

#include <vector>

namespace shanhai::certification {

/// What ends within the filter's days and lies in that reach, by its end and id.
std::vector<Expiring> list_expiring(database::Session& session, const Reach& reach,
                                    const ExpiryFilter& filter, std::size_t count);

/// Writes at most `count` of the warnings of each threshold that are due on that day; how many. None is due
/// of what was warned of from as near or nearer already, nor of what goes on under another certification.
std::size_t write_due_warnings(database::Session& session, Date today, std::size_t count);

}  // namespace shanhai::certification
