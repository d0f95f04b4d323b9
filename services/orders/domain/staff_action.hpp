#pragma once

#include "vocabulary/time.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace shanhai::orders {

/// What somebody of the staff did with an order.
struct StaffAction {
    std::string what;  ///< "CANCEL".
    std::uint64_t account = 0;
    std::string name;
    std::string reason;
    Instant asked{};
    std::optional<Instant> done;  ///< Nothing when it is not known to have happened.
};

}  // namespace shanhai::orders
