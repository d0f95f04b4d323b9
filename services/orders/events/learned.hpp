#pragma once

#include "chassis/events/lessons.hpp"

namespace shanhai::orders {

/// Keeps this service's own copy of the facts of catalog, trace and channel. One that makes no sense throws.
const events::Lessons& lessons();

}  // namespace shanhai::orders
