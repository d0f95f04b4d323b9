#include "chassis/http/limiter.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace shanhai::http {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t keys_max = 64 * 1024;  // A policy; some 100 bytes each.

// The numbers: an office of 200 people who all come in the same minute, or a train full of scanners behind
// one address of a carrier, stays below them. Who works at the desk is counted as a person.
constexpr std::array policies = {
    LimitPolicy{"sign-in", {300, 300, 60s}},
    // A program asks once in ten minutes for each of its keys: one that runs wild shuts no people out.
    LimitPolicy{"tokens", {300, 300, 60s}},
    LimitPolicy{"orders", {600, 1200, 60s}},
    LimitPolicy{"orders-read", {600, 3000, 60s}},
    LimitPolicy{"payments", {600, 1200, 60s}},
    // Each is answered by a person before anything is certified.
    LimitPolicy{"objections", {10, 20, 3600s}},
    // Three with an objection, of 5 MiB at most, and their pieces of 192 KiB.
    LimitPolicy{"objection-papers", {6, 12, 3600s}},
    LimitPolicy{"objection-pieces", {300, 600, 3600s}},
    // Of strangers: an office that helps a county's cooperatives along sends some in an hour.
    LimitPolicy{.name = "onboardings", .each_network = {10, 20, 3600s}, .tries = Allowance{100, 200, 3600s}},
    LimitPolicy{"scans", {1000, 6000, 60s}},
    LimitPolicy{"codes", {60, 120, 60s}, Allowance{120, 240, 60s}},
    LimitPolicy{"bundles", {200, 1200, 60s}, Allowance{400, 3000, 60s}},
    // Nobody looks up a telephone every half minute all day, who tries numbers does. Nobody who is not signed
    // in is given anything.
    LimitPolicy{"receivers", {600, 3000, 60s}, Allowance{30, 120, 3600s}},
    // Up to 8 MiB each, which wait in the memory that all bodies share: those of one person leave room.
    LimitPolicy{"tables", {60, 600, 60s}, Allowance{7, 60, 60s}},
    LimitPolicy{"staff", {600, 3000, 60s}, Allowance{5000, 12'000, 60s}},
    LimitPolicy{"read", {3000, 18'000, 60s}},
    LimitPolicy{"pages", {3000, 18'000, 60s}},
};

std::chrono::seconds rounded_up(double seconds) {
    return std::chrono::seconds{static_cast<std::int64_t>(std::ceil(std::max(seconds, 0.0)))};
}

double rate_of(const Allowance& allowance) {
    return static_cast<double>(allowance.sustained) / static_cast<double>(allowance.window.count());
}

std::uint32_t widened(std::uint32_t count, double factor) {
    return static_cast<std::uint32_t>(std::clamp(std::round(count * factor), 1.0, 1e9));
}

Allowance widened(Allowance allowance, double factor) {
    allowance.burst = widened(allowance.burst, factor);
    allowance.sustained = widened(allowance.sustained, factor);
    return allowance;
}

/// Accounts and networks must not meet in one map.
std::uint64_t key_of(const Limiter::Asked& asked, bool by_account) {
    const auto mixed = (by_account ? asked.account : asked.network) * 0x9e37'79b9'7f4a'7c15ULL;
    return (mixed ^ (mixed >> 32)) * 2 + (by_account ? 1 : 0);
}

}  // namespace

TokenBucket::Answer TokenBucket::take(LimiterClock::time_point at, const Allowance& allowance) {
    const double rate = rate_of(allowance);
    const double full = allowance.burst;
    const double passed = std::chrono::duration<double>{at - filled_at_}.count();
    if (passed > 0) {
        tokens_ = std::min(full, tokens_ + passed * rate);
        filled_at_ = at;
    }
    Answer answer;
    answer.taken = tokens_ >= 1;
    if (answer.taken) tokens_ -= 1;
    answer.remaining = static_cast<std::uint32_t>(tokens_);
    answer.reset = rounded_up((full - tokens_) / rate);
    if (!answer.taken) answer.wait = std::max(rounded_up((1 - tokens_) / rate), std::chrono::seconds{1});
    return answer;
}

void TokenBucket::give_back(const Allowance& allowance) {
    tokens_ = std::min<double>(allowance.burst, tokens_ + 1);
}

TokenBucket::Answer BucketMap::take(std::uint64_t key, LimiterClock::time_point at,
                                    const Allowance& allowance) {
    auto& shard = shards_[key % shards_.size()];
    const std::lock_guard lock{shard.mutex};
    const auto found = shard.places.find(key);
    if (found != shard.places.end()) {
        shard.entries.splice(shard.entries.begin(), shard.entries, found->second);
        return found->second->bucket.take(at, allowance);
    }
    if (shard.entries.size() >= keys_max_) {
        shard.places.erase(shard.entries.back().key);
        shard.entries.pop_back();
    }
    shard.entries.push_front({key, TokenBucket{at, allowance}});
    shard.places.emplace(key, shard.entries.begin());
    return shard.entries.front().bucket.take(at, allowance);
}

void BucketMap::give_back(std::uint64_t key, const Allowance& allowance) {
    auto& shard = shards_[key % shards_.size()];
    const std::lock_guard lock{shard.mutex};
    const auto found = shard.places.find(key);
    if (found != shard.places.end()) found->second->bucket.give_back(allowance);
}

std::size_t BucketMap::size() const {
    std::size_t all = 0;
    for (const auto& shard : shards_) {
        const std::lock_guard lock{shard.mutex};
        all += shard.entries.size();
    }
    return all;
}

std::span<const LimitPolicy> limit_policies() { return policies; }

struct Limiter::Kept {
    LimitPolicy policy;
    BucketMap buckets{keys_max};
    BucketMap tries{keys_max};
    observe::Metrics::Counter& admitted;
    observe::Metrics::Counter& refused;
};

Limiter::Limiter(double factor) {
    if (!(factor > 0)) throw std::invalid_argument{"limits are scaled by a positive factor"};
    const auto counter = [](std::string_view policy, const char* outcome) -> observe::Metrics::Counter& {
        return observe::Metrics::process().counter("http_limited_requests_total",
                                                   "Requests that a limit counted.",
                                                   {{"policy", std::string{policy}}, {"outcome", outcome}});
    };
    for (auto policy : policies) {
        policy.each_network = widened(policy.each_network, factor);
        if (policy.each_account) policy.each_account = widened(*policy.each_account, factor);
        if (policy.tries) policy.tries = widened(*policy.tries, factor);
        kept_.push_back(std::unique_ptr<Kept>(new Kept{policy, BucketMap{keys_max}, BucketMap{keys_max},
                                                       counter(policy.name, "admitted"),
                                                       counter(policy.name, "refused")}));
    }
}

Limiter::~Limiter() = default;

Limiter::Verdict Limiter::ask(const Asked& asked, LimiterClock::time_point at) {
    const auto found =
        std::ranges::find(kept_, asked.policy, [](const auto& kept) { return kept->policy.name; });
    if (found == kept_.end()) return {};
    auto& kept = **found;
    const bool by_account = asked.account != 0 && kept.policy.each_account.has_value();
    Verdict verdict;
    verdict.policy = &kept.policy;
    verdict.allowance = by_account ? *kept.policy.each_account : kept.policy.each_network;
    verdict.key = key_of(asked, by_account);
    verdict.answer = kept.buckets.take(verdict.key, at, verdict.allowance);
    verdict.returns = verdict.admitted() && kept.policy.tries.has_value();
    if (verdict.returns) {
        const auto tried = kept.tries.take(verdict.key, at, *kept.policy.tries);
        if (!tried.taken) {
            kept.buckets.give_back(verdict.key, verdict.allowance);
            verdict = {&kept.policy, *kept.policy.tries, tried};
        }
    }
    (verdict.answer.taken ? kept.admitted : kept.refused).add();
    return verdict;
}

void Limiter::settle(Verdict& verdict, Response& response) {
    if (verdict.returns && response.status >= 400) {
        const auto found =
            std::ranges::find(kept_, verdict.policy, [](const auto& kept) { return &kept->policy; });
        (*found)->buckets.give_back(verdict.key, verdict.allowance);
        ++verdict.answer.remaining;
        const auto of_one = rounded_up(1 / rate_of(verdict.allowance));
        verdict.answer.reset = std::max(verdict.answer.reset - of_one, std::chrono::seconds{0});
    }
    verdict.returns = false;
    tell_limits(response, verdict);
}

std::size_t Limiter::size() const {
    std::size_t all = 0;
    for (const auto& kept : kept_) all += kept->buckets.size() + kept->tries.size();
    return all;
}

Response quota_exceeded(const Limiter::Verdict& verdict) {
    auto response = problem(429, "quota-exceeded",
                            "There were too many requests of this kind from here; see Retry-After.");
    response.headers.emplace_back("Retry-After", std::to_string(verdict.answer.wait.count()));
    return response;
}

void tell_limits(Response& response, const Limiter::Verdict& verdict) {
    if (verdict.policy == nullptr) return;
    const auto name = '"' + std::string{verdict.policy->name} + '"';
    response.headers.emplace_back("RateLimit-Policy",
                                  name + ";q=" + std::to_string(verdict.allowance.sustained) +
                                      ";w=" + std::to_string(verdict.allowance.window.count()));
    response.headers.emplace_back("RateLimit", name + ";r=" + std::to_string(verdict.answer.remaining) +
                                                   ";t=" + std::to_string(verdict.answer.reset.count()));
}

}  // namespace shanhai::http
