#pragma once

#include "chassis/events/bell.hpp"
#include "chassis/events/feed.hpp"
#include "chassis/security/revocations.hpp"

#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace shanhai::events {

/// Keeps a process's list of withdrawn access tokens (security::Revocations) as identity tells it: one thread
/// asks identity's feed, four times a second, whatever becomes of Redis and of this process's databases. A
/// process that begins reads what identity said as long as the oldest token lives, and no more.
class WithdrawalFollower {
public:
    WithdrawalFollower(FeedReader feed, security::Revocations& list) : feed_{std::move(feed)}, list_{list} {}
    ~WithdrawalFollower() { stop(); }
    WithdrawalFollower(const WithdrawalFollower&) = delete;
    WithdrawalFollower& operator=(const WithdrawalFollower&) = delete;

    void start();
    /// Returns within about a second and a half.
    void stop();

    /// Asks once; true when there is more to ask for at once. For the thread, and for tests that do without
    /// it.
    bool step();

    /// Why identity is not heard now; empty when it is. `forged`: somebody answers in its name.
    struct Trouble {
        std::string what;
        bool forged = false;
    };
    Trouble trouble() const;

private:
    bool heard(const Result<FeedPage>& page);
    bool find_beginning();
    bool reaches_far_enough(const FeedPage& page) const;
    void apply(const FeedPage& page);
    void begin_anew();

    FeedReader feed_;
    security::Revocations& list_;
    std::optional<std::uint64_t> seq_;  // Nothing before the beginning was found.
    std::string epoch_;
    const std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
    bool complained_ = false;
    mutable std::mutex mutex_;
    Trouble trouble_;
    Bell bell_;
    std::thread thread_;
};

}  // namespace shanhai::events
