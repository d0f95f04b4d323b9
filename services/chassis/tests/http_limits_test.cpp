#include "chassis/http/address.hpp"
#include "chassis/http/capacity.hpp"
#include "chassis/http/limiter.hpp"
#include "chassis/security/operations.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace shanhai::http {
namespace {

using namespace std::chrono_literals;
using Moment = LimiterClock::time_point;

constexpr Moment noon{1000h};
constexpr Allowance ten_then_one_a_second{10, 60, 60s};

std::string header_of(const Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
        if (key == name) return value;
    }
    return {};
}

TEST(TokenBucket, GivesItsBurstAndThenWhatFlowsIn) {
    TokenBucket bucket{noon, ten_then_one_a_second};
    for (std::uint32_t left = 10; left-- > 0;) {
        const auto answer = bucket.take(noon, ten_then_one_a_second);
        EXPECT_TRUE(answer.taken);
        EXPECT_EQ(answer.remaining, left);
    }
    const auto refused = bucket.take(noon, ten_then_one_a_second);
    EXPECT_FALSE(refused.taken);
    EXPECT_EQ(refused.wait, 1s);
    EXPECT_EQ(refused.reset, 10s);
    EXPECT_FALSE(bucket.take(noon + 900ms, ten_then_one_a_second).taken);
    EXPECT_TRUE(bucket.take(noon + 1s, ten_then_one_a_second).taken);
    EXPECT_FALSE(bucket.take(noon + 1s, ten_then_one_a_second).taken);
}

TEST(TokenBucket, FillsNothingWhenTheClockGoesBack) {
    TokenBucket bucket{noon, ten_then_one_a_second};
    for (int i = 0; i < 10; ++i) bucket.take(noon, ten_then_one_a_second);
    EXPECT_FALSE(bucket.take(noon - 1h, ten_then_one_a_second).taken);
    EXPECT_FALSE(bucket.take(noon, ten_then_one_a_second).taken);
}

RC_GTEST_PROP(TokenBucket, NeverGivesMoreThanBurstAndRate, (std::vector<std::uint16_t> pauses_milliseconds)) {
    TokenBucket bucket{noon, ten_then_one_a_second};
    auto at = noon;
    double given = 0;
    for (const auto pause : pauses_milliseconds) {
        at += std::chrono::milliseconds{pause % 3000};
        if (bucket.take(at, ten_then_one_a_second).taken) ++given;
        const auto passed = std::chrono::duration<double>{at - noon}.count();
        RC_ASSERT(given <= 10 + passed + 1e-6);
    }
}

TEST(BucketMap, ForgetsWhoWasAwayForLongest) {
    BucketMap buckets{16 * 4};
    const Allowance once{1, 1, 3600s};
    EXPECT_TRUE(buckets.take(16, noon, once).taken);
    EXPECT_FALSE(buckets.take(16, noon, once).taken);
    for (std::uint64_t key = 2; key < 10'000; ++key) buckets.take(key * 16, noon, once);
    EXPECT_LE(buckets.size(), 16U * 4);
    EXPECT_TRUE(buckets.take(16, noon, once).taken) << "forgotten, in its favour";
}

TEST(Limiter, CountsNetworksAndAccountsApart) {
    Limiter limiter;
    const auto here = network_of("203.0.113.9");
    const auto there = network_of("203.0.114.9");
    Limiter::Verdict verdict;
    int admitted = 0;
    for (; admitted < 10'000; ++admitted) {
        verdict = limiter.ask({"codes", here, 0}, noon);
        if (!verdict.admitted()) break;
    }
    EXPECT_EQ(admitted, 60);
    EXPECT_FALSE(limiter.ask({"codes", network_of("203.0.113.77"), 0}, noon).admitted()) << "a neighbour";
    EXPECT_TRUE(limiter.ask({"codes", there, 0}, noon).admitted());
    EXPECT_TRUE(limiter.ask({"codes", here, 7}, noon).admitted()) << "an account has its own";
    EXPECT_TRUE(limiter.ask({"orders", here, 0}, noon).admitted()) << "another policy";
    EXPECT_TRUE(limiter.ask({"codes", network_of("2001:db8::1"), 0}, noon).admitted());
    EXPECT_TRUE(limiter.ask({"no such policy", here, 0}, noon).admitted());

    const auto told = quota_exceeded(verdict);
    EXPECT_EQ(told.status, 429);
    EXPECT_NE(told.body.find("quota-exceeded"), std::string::npos);
    EXPECT_EQ(header_of(told, "Retry-After"), "1");
    Response response;
    tell_limits(response, verdict);
    EXPECT_EQ(header_of(response, "RateLimit-Policy"), R"("codes";q=120;w=60)");
    EXPECT_EQ(header_of(response, "RateLimit"), R"("codes";r=0;t=30)");
}

TEST(Limiter, CountsWhatWasAcceptedAndEveryTryCoarsely) {
    Limiter limiter;
    const auto apply = [&](int status) {
        auto verdict = limiter.ask({"onboardings", 1, 0}, noon);
        Response response;
        response.status = verdict.admitted() ? status : 429;
        limiter.settle(verdict, response);
        return response;
    };
    for (int i = 0; i < 50; ++i) EXPECT_EQ(apply(422).status, 422);
    EXPECT_EQ(header_of(apply(422), "RateLimit"), R"("onboardings";r=10;t=0)");
    for (int i = 0; i < 10; ++i) EXPECT_EQ(apply(201).status, 201) << "refusals took nothing of it";
    EXPECT_EQ(apply(201).status, 429);

    int refused = 0;
    const auto elsewhere = [&] {
        auto verdict = limiter.ask({"onboardings", 2, 0}, noon);
        Response response;
        response.status = 422;
        limiter.settle(verdict, response);
        return verdict.admitted();
    };
    while (elsewhere()) ++refused;
    EXPECT_EQ(refused, 100) << "nor is anybody asked for ever";
}

TEST(Limiter, HasThePoliciesThatOperationsName) {
    for (const auto& operation : security::operations()) {
        const auto policies = limit_policies();
        const bool known = std::ranges::find(policies, operation.limit, &LimitPolicy::name) != policies.end();
        // Notifications of payments are limited by nobody but their signature.
        EXPECT_TRUE(known || operation.limit == "none" || operation.limit == "notifications")
            << operation.name;
    }
}

std::string_view policy_of(std::string_view operation) {
    const auto all = security::operations();
    const auto found = std::ranges::find(all, operation, &security::Operation::name);
    return found == all.end() ? "no such operation" : found->limit;
}

/// How many of 1000 requests at once are let in.
int admitted_at_once(Limiter& limiter, const Limiter::Asked& asked) {
    int admitted = 0;
    for (int i = 0; i < 1000; ++i) admitted += limiter.ask(asked, noon).admitted() ? 1 : 0;
    return admitted;
}

TEST(Limiter, LetsNoProgramsKeepPeopleFromSigningIn) {
    Limiter limiter;
    EXPECT_EQ(admitted_at_once(limiter, {policy_of("exchangeApiKey"), 1, 0}), 300);
    EXPECT_TRUE(limiter.ask({policy_of("logIn"), 1, 0}, noon).admitted());
    EXPECT_EQ(admitted_at_once(limiter, {policy_of("logIn"), 2, 0}), 300);
    EXPECT_TRUE(limiter.ask({policy_of("exchangeApiKey"), 2, 0}, noon).admitted());
}

TEST(Limiter, LetsNobodyTryTelephonesInTheirHundreds) {
    Limiter limiter;
    const Limiter::Asked asked{policy_of("nameReceiver"), 1, 7};
    EXPECT_EQ(admitted_at_once(limiter, asked), 30);
    EXPECT_FALSE(limiter.ask(asked, noon + 29s).admitted());
    EXPECT_TRUE(limiter.ask(asked, noon + 31s).admitted());
    int in_an_hour = 0;
    for (auto at = noon + 1h; at < noon + 2h; at += 1s)
        in_an_hour += limiter.ask(asked, at).admitted() ? 1 : 0;
    EXPECT_LE(in_an_hour, 30 + 120);
    EXPECT_TRUE(limiter.ask({asked.policy, 1, 8}, noon).admitted()) << "a colleague beside it";
    EXPECT_TRUE(limiter.ask({policy_of("listOrders"), 1, 7}, noon).admitted()) << "the desk goes on";
}

TEST(Limiter, LetsNobodysTablesFillTheMemoryOfAllBodies) {
    Limiter limiter;
    for (const auto* const operation : {"importProducts", "importLots", "importReceipts"})
        EXPECT_EQ(policy_of(operation), "tables") << operation;
    const auto at_once = admitted_at_once(limiter, {"tables", 1, 7});
    constexpr int table_mib = 8;    // ports.cpp
    constexpr int memory_mib = 64;  // server.hpp
    EXPECT_LT(at_once * table_mib, memory_mib);
}

TEST(Limiter, IsScaledByItsFactor) {
    Limiter narrow{0.05};
    int admitted = 0;
    while (narrow.ask({"codes", 1, 0}, noon).admitted()) ++admitted;
    EXPECT_EQ(admitted, 3);
    EXPECT_THROW(Limiter{0}, std::invalid_argument);
    EXPECT_THROW(Limiter{-1}, std::invalid_argument);
    EXPECT_THROW(Limiter{std::nan("")}, std::invalid_argument);
}

TEST(Limiter, KeepsWithinItsMemoryWhoeverAsks) {
    Limiter limiter;
    for (std::uint64_t network = 0; network < 200'000; ++network) limiter.ask({"read", network, 0}, noon);
    EXPECT_LE(limiter.size(), 64U * 1024);
}

TEST(ConnectionCount, LeavesRoomForOtherNetworks) {
    using Verdict = ConnectionCount::Verdict;
    ConnectionCount count{{100, 25}};
    for (int i = 0; i < 25; ++i) {
        EXPECT_EQ(count.enter(1, false), i < 21 ? Verdict::taken : Verdict::share_scarce) << i;
    }
    EXPECT_EQ(count.enter(1, false), Verdict::share_full);
    EXPECT_EQ(count.enter(2, false), Verdict::taken);
    for (int i = 26; i < 100; ++i) {
        EXPECT_EQ(count.enter(3, true), i < 87 ? Verdict::taken : Verdict::scarce)
            << "a proxy of ours has no share";
    }
    EXPECT_EQ(count.enter(4, false), Verdict::full);
    count.leave(1, false);
    EXPECT_EQ(count.enter(4, false), Verdict::scarce);
    EXPECT_EQ(count.size(), 100U);
}

TEST(ConnectionCount, AProxyFillsNobodysShare) {
    using Verdict = ConnectionCount::Verdict;
    ConnectionCount count{{100, 2}};
    for (int i = 0; i < 10; ++i) count.enter(7, true);
    EXPECT_EQ(count.enter(7, false), Verdict::taken) << "the monitor beside it";
    count.leave(7, true);
    EXPECT_EQ(count.enter(7, false), Verdict::share_scarce);
    EXPECT_EQ(count.enter(7, false), Verdict::share_full);
}

TEST(ConnectionCount, StaysBelowTheFilesThatThereAre) {
    const auto most = connections_within_file_limit(1'000'000);
    EXPECT_GT(most, 0U);
    EXPECT_LT(most, 1'000'000U);
    EXPECT_EQ(connections_within_file_limit(10), 10U);
}

}  // namespace
}  // namespace shanhai::http
