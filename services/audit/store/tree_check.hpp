#pragma once

#include "audit/domain/recomputation.hpp"
#include "chassis/database/session.hpp"

#include <functional>

namespace shanhai::audit {

/// Called between pieces of long work with how many entries were read; throws when it is to end.
using Progress = std::function<void(std::uint64_t entries)>;

/// Compares every tile of every level with the ones below it, and the last with the signed root of
/// `found.checkpoint`; finds tiles that are missing, too long, or too many. Some tiles at a time, and 32
/// bytes of memory for each full tile.
void check_tiles(database::Session& session, Recomputation& found, const Progress& progress);

}  // namespace shanhai::audit
