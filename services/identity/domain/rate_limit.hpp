#pragma once

#include "vocabulary/time.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace shanhai::identity {

/// At most `quota` attempts in a window of `length`, which begins with the first of them.
struct RateLimit {
    std::string_view name;
    std::int64_t quota = 0;
    std::chrono::seconds length{0};
};

/// Somebody who guesses passwords gets this many tries: at one login from one address, from one address at
/// all logins, and at one login from all addresses together. The last is far higher, so that a stranger
/// cannot lock the owner out by being wrong.
inline constexpr RateLimit login_limit{"login", 10, std::chrono::minutes{5}};
inline constexpr RateLimit address_limit{"address", 60, std::chrono::minutes{5}};
inline constexpr RateLimit account_limit{"account", 600, std::chrono::minutes{5}};
/// At a login from an address that it signed in from before: there nothing else is counted. Others may share
/// the address, so it is not without a limit.
inline constexpr RateLimit known_login_limit{"login", 60, std::chrono::minutes{5}};

/// How long an address is remembered that somebody signed in from.
inline constexpr std::chrono::days address_memory{90};

/// What an attempt is counted by, in the order in which the counts are locked.
std::vector<RateLimit> limits_of(bool known_address);

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
