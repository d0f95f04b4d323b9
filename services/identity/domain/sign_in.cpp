#include "identity/domain/sign_in.hpp"

#include <algorithm>

namespace shanhai::identity {
namespace {

Error rate_limited(const std::vector<Allowance>& allowances) {
    Error error{Failure::too_many, "login-rate-limited", "too many attempts to sign in; try again later"};
    std::chrono::seconds wait{1};
    for (const auto& allowance : allowances) {
        if (!allowance.admitted) wait = std::max(wait, allowance.reset);
    }
    error.retry_after(wait);
    return error;
}

}  // namespace

boost::asio::awaitable<SignIn::Outcome> SignIn::sign_in(Login login, std::string password,
                                                        std::string address) {
    auto attempt = co_await store_.begin_login(std::move(login), address);
    if (!attempt) {
        Outcome outcome{attempt.error(), {}};
        co_return outcome;
    }
    auto allowances = attempt->allowances;
    if (!attempt->admitted) {
        Outcome outcome{rate_limited(allowances), std::move(allowances)};
        co_return outcome;
    }
    auto result = co_await check(std::move(*attempt), std::move(password), std::move(address));
    Outcome outcome{std::move(result), std::move(allowances)};
    co_return outcome;
}

boost::asio::awaitable<Result<SignedIn>> SignIn::check(LoginAttempt attempt, std::string password,
                                                       std::string address) {
    // An unknown login costs a hash as well, so that nobody learns from the clock which logins exist.
    auto hash = attempt.account ? std::move(attempt.password_hash) : decoy_hash_;
    const auto matches = co_await passwords_.matches(std::move(hash), std::move(password));
    if (!matches) co_return matches.error();
    if (!*matches || !attempt.account) {
        co_return login_failed();
    }
    co_return co_await store_.start_session(std::move(*attempt.account), std::move(address));
}

}  // namespace shanhai::identity
