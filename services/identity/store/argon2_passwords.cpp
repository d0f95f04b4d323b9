#include "identity/store/argon2_passwords.hpp"

#include "chassis/security/crypto.hpp"

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace asio = boost::asio;

namespace shanhai::identity {

Argon2Passwords::~Argon2Passwords() { pool_.join(); }

asio::awaitable<Result<std::string>> Argon2Passwords::hash(std::string password) {
    if (auto refused = admit()) co_return *refused;
    const auto home = co_await asio::this_coro::executor;
    co_await enter();
    auto hashed = security::hash_password(password);
    co_await leave(home);
    co_return hashed;
}

asio::awaitable<Result<bool>> Argon2Passwords::matches(std::string hash, std::string password) {
    if (auto refused = admit()) co_return *refused;
    const auto home = co_await asio::this_coro::executor;
    co_await enter();
    const bool same = security::password_matches(hash, password);
    co_await leave(home);
    co_return same;
}

std::optional<Error> Argon2Passwords::admit() {
    if (waiting_.fetch_add(1) < waiting_max) return std::nullopt;
    waiting_.fetch_sub(1);
    return Error{Failure::unavailable, "overloaded", "too many people are signing in; try again in a moment"};
}

asio::awaitable<void> Argon2Passwords::enter() {
    co_await asio::post(asio::bind_executor(pool_.get_executor(), asio::use_awaitable));
}

asio::awaitable<void> Argon2Passwords::leave(asio::any_io_executor home) {
    waiting_.fetch_sub(1);
    co_await asio::post(asio::bind_executor(home, asio::use_awaitable));
}

}  // namespace shanhai::identity
