#pragma once

#include "chassis/config/settings.hpp"
#include "tools/seed.hpp"

namespace shanhai::tools {

/// Adds `options.orders` paid orders of the past year through POST /internal/v1/backfill. The same number
/// on the same day adds nothing the second time. Throws ToolError.
void backfill(const config::Settings& settings, const SeedOptions& options);

}  // namespace shanhai::tools
