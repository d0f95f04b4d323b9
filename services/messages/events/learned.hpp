#pragma once

#include "chassis/events/lessons.hpp"

namespace shanhai::messages {

/// What happened elsewhere, and whom it concerns: each fact that is news becomes a message, once.
const events::Lessons& lessons();

}  // namespace shanhai::messages
