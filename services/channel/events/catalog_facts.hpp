#pragma once

#include "chassis/events/lessons.hpp"

namespace shanhai::channel {

/// Keeps this service's copies of counties and products as the catalog last described them. Throws
/// when a fact breaks the contract, so that the consumer stops at it.
const events::Lessons& lessons();

}  // namespace shanhai::channel
