#include "identity/store/argon2_passwords.hpp"

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/this_coro.hpp>
#include <new>
#include <thread>

namespace shanhai::identity {
namespace {

/// Hashing for which there is no memory, as often as it is told.
struct Starved {
    std::atomic<int> failures = 0;
    PasswordHashing hashing() {
        return {[this](const std::string& password) {
                    if (failures-- > 0) throw std::bad_alloc{};
                    return "hash of " + password;
                },
                [this](const std::string& hash, const std::string& password) {
                    if (failures-- > 0) throw std::bad_alloc{};
                    return hash == "hash of " + password;
                }};
    }
};

/// The loop stands before the pool, whose threads post to it until they are joined.
struct Hashing {
    boost::asio::io_context io;
    Argon2Passwords passwords;
};

/// The code of the answer, or "same" and "other".
std::string match(Hashing& hashing, bool* at_home = nullptr) {
    auto& [io, passwords] = hashing;
    std::string told;
    auto work = [&, &pool = passwords]() -> boost::asio::awaitable<void> {
        const auto home = std::this_thread::get_id();
        std::string hash = "hash of right";
        std::string password = "right";
        const auto same = co_await pool.matches(std::move(hash), std::move(password));
        told = same ? (*same ? "same" : "other") : same.error().code();
        if (at_home != nullptr) *at_home = std::this_thread::get_id() == home;
    };
    boost::asio::co_spawn(io, work, [](std::exception_ptr error) {
        if (error) std::rethrow_exception(error);
    });
    io.restart();
    io.run();
    return told;
}

TEST(Argon2Passwords, CallsWantOfMemoryByItsNameAndComesHome) {
    Starved starved;
    Hashing hashing{{}, Argon2Passwords{starved.hashing()}};
    starved.failures = 1;
    bool at_home = false;
    EXPECT_EQ(match(hashing, &at_home), "overloaded") << "that is not a wrong password";
    EXPECT_TRUE(at_home) << "it went on on the pool's thread";
    EXPECT_EQ(match(hashing, &at_home), "same");
    EXPECT_TRUE(at_home);
}

TEST(Argon2Passwords, GivesTheSlotBackHoweverTheWorkEnds) {
    Starved starved;
    Hashing hashing{{}, Argon2Passwords{starved.hashing()}};
    starved.failures = 2 * static_cast<int>(Argon2Passwords::waiting_max);
    while (starved.failures > 0) EXPECT_EQ(match(hashing), "overloaded");
    EXPECT_EQ(match(hashing), "same") << "every slot had leaked";
}

TEST(Argon2Passwords, HashesForReal) {
    boost::asio::io_context io;
    Argon2Passwords passwords;
    bool same = false;
    auto work = [&]() -> boost::asio::awaitable<void> {
        std::string password = "right";
        auto hash = co_await passwords.hash(password);
        const auto matches = co_await passwords.matches(std::move(*hash), std::move(password));
        same = matches && *matches;
    };
    boost::asio::co_spawn(io, work, [](std::exception_ptr error) {
        if (error) std::rethrow_exception(error);
    });
    io.run();
    EXPECT_TRUE(same);
}

}  // namespace
}  // namespace shanhai::identity
