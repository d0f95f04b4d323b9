#pragma once

#include "vocabulary/ids.hpp"
#include "vocabulary/time.hpp"

#include <cstdint>
#include <string>

namespace shanhai {

/// What was so before somebody of the staff changed it.
struct Change {
    std::uint64_t id = 0;  ///< Its place in the history.
    std::string what;      ///< Which part of the thing, or which step.
    std::string was;       ///< One line a member; empty for what was not there.
    Instant at{};
    AccountId by{};
};

}  // namespace shanhai
