#include "identity/domain/rate_limit.hpp"

#include <algorithm>

namespace shanhai::identity {

Allowance count_attempt(const RateLimit& limit, RateWindow& window, Instant at) {
    // A window from the future means that the database's clock went back: do not lock anybody out for it.
    if (at >= window.started + limit.length || at < window.started) window = {at, 0};

    Allowance allowance{limit, window.attempts < limit.quota, 0, std::chrono::seconds{1}};
    if (allowance.admitted) ++window.attempts;
    allowance.remaining = std::max<std::int64_t>(0, limit.quota - window.attempts);
    allowance.reset = std::max(allowance.reset,
                               std::chrono::ceil<std::chrono::seconds>(window.started + limit.length - at));
    return allowance;
}

}  // namespace shanhai::identity
