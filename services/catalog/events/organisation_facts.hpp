#pragma once

#include "chassis/events/lessons.hpp"

namespace shanhai::catalog {

/// Keeps what identity says of an organisation. Throws when its county is none.
const events::Lessons& lessons();

}  // namespace shanhai::catalog
