#pragma once

#include "chassis/database/migrations.hpp"
#include "chassis/service/service.hpp"

#include <memory>
#include <string_view>
#include <vector>

namespace shanhai {

/// A service as the executable knows it: its name, and how to build it.
struct ServiceEntry {
    std::string_view name;
    std::unique_ptr<chassis::Service> (*make)(chassis::Host&);
    database::Schema (*schema)();
};

/// Every service, in the order in which they start. The definition is written from services.txt
/// (cmake/services.cmake).
const std::vector<ServiceEntry>& all_services();

}  // namespace shanhai
