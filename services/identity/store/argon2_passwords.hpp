#pragma once

#include "identity/domain/passwords.hpp"

#include <atomic>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/thread_pool.hpp>
#include <functional>

namespace shanhai::identity {

/// The slow function itself, so that a test can put another in its place.
struct PasswordHashing {
    std::function<std::string(const std::string& password)> hash;
    std::function<bool(const std::string& hash, const std::string& password)> matches;
};

/// Argon2id on two threads of its own: each hash takes 19 MiB and tens of milliseconds, so the number of
/// threads bounds the memory, and the io threads never wait. A coroutine is resumed on its own executor,
/// however the work ended; work that threw (out of memory) fails with Failure::unavailable, never as «wrong
/// password».
class Argon2Passwords final : public Passwords {
public:
    Argon2Passwords();
    explicit Argon2Passwords(PasswordHashing hashing) : hashing_{std::move(hashing)} {}
    ~Argon2Passwords() override;

    boost::asio::awaitable<Result<std::string>> hash(std::string password) override;
    boost::asio::awaitable<Result<bool>> matches(std::string hash, std::string password) override;

    static constexpr std::size_t threads = 2;
    static constexpr std::size_t waiting_max = 64;  ///< Two seconds' work; more is refused with 503.

private:
    template <class T>
    boost::asio::awaitable<Result<T>> run(std::function<T()> work);

    PasswordHashing hashing_;
    std::atomic<std::size_t> waiting_ = 0;
    boost::asio::thread_pool pool_{threads};
};

}  // namespace shanhai::identity
