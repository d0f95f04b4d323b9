#pragma once

#include "vocabulary/time.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace shanhai::security {

// Passwords for one use by the clock (RFC 6238) as telephones' authenticators know them: SHA-1, six digits,
// thirty seconds.

inline constexpr std::chrono::seconds totp_period{30};

/// The number of the period at that moment.
std::int64_t totp_step(Instant at);
/// The six digits of that period.
std::string totp_code(std::string_view secret, std::int64_t step);
/// RFC 4648, with padding.
std::string base32(std::string_view data);

}  // namespace shanhai::security
