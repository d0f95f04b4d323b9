#include "identity/store/argon2_passwords.hpp"

#include "chassis/observe/log.hpp"
#include "chassis/security/crypto.hpp"

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace asio = boost::asio;

namespace shanhai::identity {
namespace {

Error overloaded() {
    return Error{Failure::unavailable, "overloaded", "too many people are signing in; try again in a moment"};
}

/// Gives a slot back when the work is over, whichever way.
class Slot {
public:
    explicit Slot(std::atomic<std::size_t>& taken) : taken_{taken} {}
    ~Slot() { taken_.fetch_sub(1); }
    Slot(const Slot&) = delete;
    Slot& operator=(const Slot&) = delete;

private:
    std::atomic<std::size_t>& taken_;
};

/// Nothing leaves as an exception: the coroutine has to get back to its own thread first.
template <class T>
Result<T> caught(const std::function<T()>& work) {
    try {
        return work();
    } catch (const std::exception& error) {
        observe::log_error("password-hashing-failed", error.what());
        return overloaded();
    }
}

}  // namespace

Argon2Passwords::Argon2Passwords()
    : Argon2Passwords{
          PasswordHashing{[](const std::string& password) { return security::hash_password(password); },
                          [](const std::string& hash, const std::string& password) {
                              return security::password_matches(hash, password);
                          }}} {}

Argon2Passwords::~Argon2Passwords() { pool_.join(); }

template <class T>
asio::awaitable<Result<T>> Argon2Passwords::run(std::function<T()> work) {
    const auto before = waiting_.fetch_add(1);
    const Slot slot{waiting_};
    if (before >= waiting_max) co_return overloaded();
    const auto home = co_await asio::this_coro::executor;
    co_await asio::post(asio::bind_executor(pool_.get_executor(), asio::use_awaitable));
    auto done = caught<T>(work);
    co_await asio::post(asio::bind_executor(home, asio::use_awaitable));
    co_return done;
}

asio::awaitable<Result<std::string>> Argon2Passwords::hash(std::string password) {
    std::function<std::string()> work = [this, &password] { return hashing_.hash(password); };
    co_return co_await run<std::string>(std::move(work));
}

asio::awaitable<Result<bool>> Argon2Passwords::matches(std::string hash, std::string password) {
    std::function<bool()> work = [this, &hash, &password] { return hashing_.matches(hash, password); };
    co_return co_await run<bool>(std::move(work));
}

}  // namespace shanhai::identity
