#pragma once

#include "vocabulary/time.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace shanhai::identity {

/// At most `quota` attempts in a window of `length`, which begins with the first of them.
struct RateLimit {
    std::string_view name;
    std::int64_t quota = 0;
    std::chrono::seconds length{0};
};

/// Somebody who guesses passwords gets this many tries: at one account, and from one address.
inline constexpr RateLimit login_limit{"login", 10, std::chrono::minutes{5}};
inline constexpr RateLimit address_limit{"address", 60, std::chrono::minutes{5}};

struct RateWindow {
    Instant started{};
    std::int64_t attempts = 0;
};

/// What a caller may still do, for the RateLimit headers.
struct Allowance {
    RateLimit limit;
    bool admitted = false;
    std::int64_t remaining = 0;     ///< After this attempt.
    std::chrono::seconds reset{0};  ///< Until the window ends, at least 1.
};

/// Counts one more attempt in `window` (a new one when the old has ended). A refused attempt does not count,
/// so that waiting always helps.
Allowance count_attempt(const RateLimit& limit, RateWindow& window, Instant at);

}  // namespace shanhai::identity
