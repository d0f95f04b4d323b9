#pragma once

#include "identity/domain/passwords.hpp"

#include <atomic>
#include <boost/asio/thread_pool.hpp>

namespace shanhai::identity {

/// Argon2id on two threads of its own: each hash takes 19 MiB and tens of milliseconds, so the number of
/// threads bounds the memory, and the io threads never wait.
class Argon2Passwords final : public Passwords {
public:
    Argon2Passwords() = default;
    ~Argon2Passwords() override;

    boost::asio::awaitable<Result<std::string>> hash(std::string password) override;
    boost::asio::awaitable<Result<bool>> matches(std::string hash, std::string password) override;

private:
    static constexpr std::size_t threads = 2;
    static constexpr std::size_t waiting_max = 64;  // Two seconds' work; more is refused with 503.

    std::optional<Error> admit();
    boost::asio::awaitable<void> enter();
    boost::asio::awaitable<void> leave(boost::asio::any_io_executor home);

    std::atomic<std::size_t> waiting_ = 0;
    boost::asio::thread_pool pool_{threads};
};

}  // namespace shanhai::identity
