#pragma once

#include "chassis/security/principal.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <shared_mutex>
#include <unordered_map>

namespace shanhai::security {

/// Access tokens that are no longer good although they have not expired, in memory: identity says which. Safe
/// from any thread.
class Revocations {
public:
    using Clock = std::chrono::steady_clock;

    /// `age_max`: for how long what is known may be believed without identity's word; zero: for ever, where
    /// there is nobody to ask.
    explicit Revocations(std::chrono::seconds age_max) : age_max_{age_max} {}

    /// All tokens of the account's sessions up to number `through` are void, except those of session `but`
    /// (0: none). Numbers of sessions only grow, so that no clock is asked which came first.
    void withdraw_account(std::uint64_t account, std::uint64_t through, std::uint64_t but);
    /// The tokens of one session are void.
    void withdraw_session(std::uint64_t session);
    bool void_for(const Principal& principal) const;

    /// Everything identity had said at that moment is known.
    void known_at(Clock::time_point moment);
    /// Since when nothing was heard; very long when nothing ever was.
    std::chrono::milliseconds age() const;
    bool fresh() const { return age_max_ == std::chrono::seconds{0} || age() <= age_max_; }

    /// Forgets everything, also that anything was heard: another identity begins.
    void clear();
    /// Forgets what is older than the longest life of a token.
    void forget_before(Clock::time_point moment);
    std::size_t size() const;

private:
    struct Withdrawn {
        std::uint64_t through = 0;
        std::uint64_t but = 0;
        Clock::time_point at{};
    };

    const std::chrono::seconds age_max_;
    std::atomic<Clock::rep> known_at_ = 0;
    mutable std::shared_mutex mutex_;
    std::unordered_map<std::uint64_t, Withdrawn> accounts_;
    std::unordered_map<std::uint64_t, Clock::time_point> sessions_;
    std::atomic<std::size_t> size_ = 0;  // So that nobody takes the lock for an empty list.
};

}  // namespace shanhai::security
