#include "identity/domain/sign_in.hpp"

#include "identity/domain/password_policy.hpp"

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

Error change_required() {
    return Error{Failure::forbidden, "password-change-required",
                 "this password is for one use: choose your own (POST /v1/auth/password)"};
}

Error second_factor_required() {
    return Error{Failure::unauthenticated, "second-factor-required",
                 "this account needs a code of its telephone, too"};
}
Error enrolment_required() {
    return Error{Failure::forbidden, "second-factor-enrolment-required",
                 "this account needs a second factor: enrol one (POST /v1/auth/second-factor)"};
}
Error factor_rate_limited(const Allowance& allowance) {
    Error error{Failure::too_many, "second-factor-rate-limited", "too many wrong codes; try again later"};
    error.retry_after(allowance.reset);
    return error;
}

}  // namespace

boost::asio::awaitable<Result<Done>> SignIn::pass_second_factor(const Account& account,
                                                                std::optional<std::string> code) {
    if (!account.second_factor) co_return Done{};
    if (!code) co_return second_factor_required();
    auto typed = TypedCode::of(*code);
    const auto attempt = co_await store_.try_second_factor(account.id, std::move(typed));
    if (!attempt) co_return attempt.error();
    if (!attempt->allowance.admitted) co_return factor_rate_limited(attempt->allowance);
    if (!attempt->right) co_return second_factor_wrong();
    co_return Done{};
}

boost::asio::awaitable<SignIn::Outcome<Account>> SignIn::prove(Login login, std::string password,
                                                               std::optional<std::string> code,
                                                               std::string address) {
    auto checked = co_await check(std::move(login), std::move(password), std::move(address));
    if (!checked.result) {
        Outcome<Account> refused{checked.result.error(), std::move(checked.allowances)};
        co_return refused;
    }
    if (checked.result->account.password_temporary) {
        Outcome<Account> refused{change_required(), std::move(checked.allowances)};
        co_return refused;
    }
    const auto passed = co_await pass_second_factor(checked.result->account, std::move(code));
    if (!passed) {
        Outcome<Account> refused{passed.error(), std::move(checked.allowances)};
        co_return refused;
    }
    Outcome<Account> proven{std::move(checked.result->account), std::move(checked.allowances)};
    co_return proven;
}

boost::asio::awaitable<SignIn::Outcome<SignedIn>> SignIn::sign_in(Login login, std::string password,
                                                                  std::optional<std::string> code,
                                                                  Client client) {
    std::string address = client.address;
    auto checked = co_await check(std::move(login), std::move(password), std::move(address));
    if (!checked.result) {
        Outcome<SignedIn> refused{checked.result.error(), std::move(checked.allowances)};
        co_return refused;
    }
    if (checked.result->account.password_temporary) {
        Outcome<SignedIn> refused{change_required(), std::move(checked.allowances)};
        co_return refused;
    }
    auto account = std::move(checked.result->account);
    auto passed = co_await pass_second_factor(account, std::move(code));
    if (passed && account.second_factor_required && !account.second_factor) passed = enrolment_required();
    if (!passed) {
        Outcome<SignedIn> refused{passed.error(), std::move(checked.allowances)};
        co_return refused;
    }
    auto hash = std::move(checked.result->password_hash);
    auto signed_in = co_await store_.start_session(std::move(account), std::move(hash), std::move(client));
    Outcome<SignedIn> outcome{std::move(signed_in), std::move(checked.allowances)};
    co_return outcome;
}

boost::asio::awaitable<SignIn::Outcome<Done>> SignIn::change_password(
    Login login, std::string password, std::optional<std::string> code, std::string new_password,
    std::string address, std::uint64_t spared, AccountId signed_in) {
    // What may not be chosen is said before anything is counted or hashed: it tells nothing about the
    // account.
    auto chosen = NewPassword::choose(new_password, login, "/new_password");
    if (chosen && new_password == password) {
        chosen = invalid_field("/new_password", "is the present one");
    }
    if (!chosen) {
        Outcome<Done> refused{chosen.error(), {}};
        co_return refused;
    }
    auto checked = co_await check(std::move(login), std::move(password), std::move(address));
    if (!checked.result) {
        Outcome<Done> refused{checked.result.error(), std::move(checked.allowances)};
        co_return refused;
    }
    if (signed_in != checked.result->account.id) {
        const auto passed = co_await pass_second_factor(checked.result->account, std::move(code));
        if (!passed) {
            Outcome<Done> refused{passed.error(), std::move(checked.allowances)};
            co_return refused;
        }
    }
    auto text = chosen->text();
    auto hash = co_await passwords_.hash(std::move(text));
    if (!hash) {
        Outcome<Done> refused{hash.error(), std::move(checked.allowances)};
        co_return refused;
    }
    const auto id = checked.result->account.id;
    auto old_hash = std::move(checked.result->password_hash);
    auto done = co_await store_.change_password(id, std::move(old_hash), std::move(*hash), spared);
    Outcome<Done> outcome{std::move(done), std::move(checked.allowances)};
    co_return outcome;
}

boost::asio::awaitable<SignIn::Outcome<SignIn::Checked>> SignIn::check(Login login, std::string password,
                                                                       std::string address) {
    auto attempt = co_await store_.begin_login(login, address);
    if (!attempt) {
        Outcome<Checked> refused{attempt.error(), {}};
        co_return refused;
    }
    auto allowances = attempt->allowances;
    if (!attempt->admitted) {
        Outcome<Checked> refused{rate_limited(allowances), std::move(allowances)};
        co_return refused;
    }
    // An unknown login costs a hash as well, so that nobody learns from the clock which logins exist.
    auto hash = attempt->account ? attempt->password_hash : decoy_hash_;
    const auto matches = co_await passwords_.matches(std::move(hash), std::move(password));
    if (!matches) {
        // Nothing was learnt about the password. When this fails too the attempt stays counted, for minutes.
        (void)co_await store_.forget_attempt(std::move(login), std::move(address), attempt->known_address);
        Outcome<Checked> refused{matches.error(), {}};
        co_return refused;
    }
    if (!*matches || !attempt->account) {
        Outcome<Checked> refused{login_failed(), std::move(allowances)};
        co_return refused;
    }
    Checked right{std::move(*attempt->account), std::move(attempt->password_hash)};
    Outcome<Checked> outcome{std::move(right), std::move(allowances)};
    co_return outcome;
}

}  // namespace shanhai::identity
