#pragma once

#include "chassis/config/settings.hpp"
#include "chassis/service/service.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace shanhai {

/// A service as the executable knows it: its name, and how to build it.
struct ServiceEntry {
    std::string_view name;
    std::unique_ptr<chassis::Service> (*make)(chassis::Host&);
};

/// Every service of this executable, in the order in which they start: services.txt.
const std::vector<ServiceEntry>& all_services();

/// Runs the named services until SIGTERM or SIGINT, then drains: readiness goes red, running requests
/// are answered, queues are emptied. Returns the exit code. Throws std::runtime_error or
/// std::system_error, with a sentence for the operator, when something needed is not there.
int serve(const config::Settings& settings, const std::vector<std::string>& names);

/// Every public route as "METHOD pattern"; needs the database, since services are built for it.
std::vector<std::string> public_routes(const config::Settings& settings);

}  // namespace shanhai
