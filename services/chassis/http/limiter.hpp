#pragma once

#include "chassis/http/message.hpp"
#include "chassis/observe/metrics.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace shanhai::http {

using LimiterClock = std::chrono::steady_clock;

/// How often one may ask: `burst` at once, and `sustained` in each `window` for as long as one likes.
struct Allowance {
    std::uint32_t burst = 1;
    std::uint32_t sustained = 1;
    std::chrono::seconds window{60};
};

/// A token bucket that fills evenly. Pure: it is told the time. A clock that goes back fills nothing.
class TokenBucket {
public:
    explicit TokenBucket(LimiterClock::time_point at, const Allowance& allowance)
        : filled_at_{at}, tokens_{static_cast<double>(allowance.burst)} {}

    struct Answer {
        bool taken = false;
        std::uint32_t remaining = 0;    ///< Whole tokens left.
        std::chrono::seconds wait{0};   ///< Until the next token, when none was taken; rounded up.
        std::chrono::seconds reset{0};  ///< Until it is full again; rounded up.
    };
    Answer take(LimiterClock::time_point at, const Allowance& allowance);
    /// What was taken turned out not to count.
    void give_back(const Allowance& allowance);

private:
    LimiterClock::time_point filled_at_;
    double tokens_;
};

/// Buckets by key, bounded: when a shard is full the bucket that was not asked for longest is forgotten,
/// which is in its owner's favour only. From any thread.
class BucketMap {
public:
    explicit BucketMap(std::size_t keys_max)
        : keys_max_{std::max<std::size_t>(keys_max / shards_.size(), 1)} {}

    TokenBucket::Answer take(std::uint64_t key, LimiterClock::time_point at, const Allowance& allowance);
    void give_back(std::uint64_t key, const Allowance& allowance);
    std::size_t size() const;

private:
    struct Shard {
        struct Entry {
            std::uint64_t key;
            TokenBucket bucket;
        };
        mutable std::mutex mutex;
        std::list<Entry> entries;  // The one asked for last stands in front.
        std::unordered_map<std::uint64_t, std::list<Entry>::iterator> places;
    };

    std::array<Shard, 16> shards_;
    std::size_t keys_max_;
};

/// One row of the table of limits: operations name their policy in proto/operations.csv.
struct LimitPolicy {
    std::string_view name;
    Allowance each_network;                   ///< For one /24 or /64, whoever asks from there.
    std::optional<Allowance> each_account{};  ///< For who is signed in, instead of the network's.
    /// Where it is there, the others count what was accepted alone, and this one every try: whoever mistypes,
    /// or sends nonsense, uses up nobody else's.
    std::optional<Allowance> tries{};
};

/// All policies. Their numbers are ones that an office or a hall of residence behind one address does not
/// meet.
std::span<const LimitPolicy> limit_policies();

/// Keeps everybody to the policies of what they ask for. From any thread.
class Limiter {
public:
    /// `factor` widens all allowances alike (2: twice as much); it must be positive.
    explicit Limiter(double factor = 1);
    ~Limiter();

    struct Asked {
        std::string_view policy;
        std::uint64_t network = 0;  ///< As network_of() tells.
        std::uint64_t account = 0;  ///< 0: nobody is signed in.
    };
    struct Verdict {
        const LimitPolicy* policy = nullptr;  ///< Null: this policy has no limits.
        Allowance allowance;
        TokenBucket::Answer answer;
        std::uint64_t key = 0;  ///< Whose bucket it was.
        bool returns = false;   ///< A refusal does not count.
        bool admitted() const { return policy == nullptr || answer.taken; }
    };
    Verdict ask(const Asked& asked, LimiterClock::time_point at = LimiterClock::now());

    /// Gives back what a refused request took, where refusals do not count, and tells the limits in the
    /// answer (draft-ietf-httpapi-ratelimit-headers).
    void settle(Verdict& verdict, Response& response);

    /// Buckets that are kept now; bounded whatever comes.
    std::size_t size() const;

private:
    struct Kept;
    std::vector<std::unique_ptr<Kept>> kept_;  // One a policy.
};

/// 429 `quota-exceeded` with Retry-After.
Response quota_exceeded(const Limiter::Verdict& verdict);

/// Adds RateLimit-Policy and RateLimit (draft-ietf-httpapi-ratelimit-headers).
void tell_limits(Response& response, const Limiter::Verdict& verdict);

}  // namespace shanhai::http
