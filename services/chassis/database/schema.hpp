#pragma once

#include "chassis/database/migrations.hpp"

namespace shanhai::database {

/// The tables that every service's schema holds for the chassis: the outbox, positions, sequences. Applied
/// before the service's own files, as "0000_chassis". The tables `lease` and `migration` are older still:
/// migrate() makes them itself, since it stands on them.
Schema chassis_schema();

}  // namespace shanhai::database
