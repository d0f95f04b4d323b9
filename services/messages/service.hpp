#pragma once

#include "chassis/database/migrations.hpp"
#include "chassis/service/service.hpp"

#include <memory>

namespace shanhai::messages {

/// The numbered files of store/schema.
database::Schema schema();

/// Builds the service on `host`; see chassis::Service.
std::unique_ptr<chassis::Service> make_service(chassis::Host& host);

}  // namespace shanhai::messages
