#include "identity/domain/rate_limit.hpp"

#include <algorithm>

namespace shanhai::identity {

std::vector<RateLimit> limits_of(bool known_address) {
    if (known_address) return {known_login_limit};
    return {address_limit, login_limit, account_limit};
}

Allowance count_attempt(const RateLimit& limit, RateWindow& window, Instant at) {
    // A window may begin a little after `at`, when a parallel attempt read the clock later but was counted
    // first. From much later it can only be when the clock went back: do not lock anybody out for that.
    const bool ended = at >= window.started + limit.length;
    const bool from_the_future = window.started > at + limit.length;
    if (ended || from_the_future) window = {at, 0};

    Allowance allowance{limit, window.attempts < limit.quota, 0, std::chrono::seconds{1}};
    if (allowance.admitted) ++window.attempts;
    allowance.remaining = std::max<std::int64_t>(0, limit.quota - window.attempts);
    allowance.reset = std::max(allowance.reset,
                               std::chrono::ceil<std::chrono::seconds>(window.started + limit.length - at));
    return allowance;
}

}  // namespace shanhai::identity
