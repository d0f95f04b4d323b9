#pragma once

#include "chassis/config/settings.hpp"

#include <string>
#include <vector>

namespace shanhai {

/// Runs the named services until SIGTERM or SIGINT, then drains: readiness goes red, running requests
/// are answered, queues are emptied. Returns the exit code. Throws std::runtime_error or
/// std::system_error, with a sentence for the operator, when something needed is not there.
int serve(const config::Settings& settings, const std::vector<std::string>& names);

/// Every public route as "METHOD pattern"; needs the database, since services are built for it.
std::vector<std::string> public_routes(const config::Settings& settings);

}  // namespace shanhai
