#include "channel/domain/scan_counts.hpp"

#include <gtest/gtest.h>
#include <map>
#include <thread>

namespace shanhai::channel {
namespace {

using std::chrono::hours;

Instant at_hour(std::int64_t hour) { return Instant{hours{hour}} + std::chrono::minutes{30}; }

TEST(ScanCounts, HandsOutEachScanOnce) {
    ScanCounts counts;
    auto& counter = counts.counter_of(PlacementId{1});
    for (int i = 0; i < 3; ++i) counter.count(at_hour(500'000));
    counts.counter_of(PlacementId{2}).count(at_hour(500'000));
    const std::vector<HourlyScans> expected{{PlacementId{1}, Hour{hours{500'000}}, 3},
                                            {PlacementId{2}, Hour{hours{500'000}}, 1}};
    EXPECT_EQ(counts.collect(), expected);
    EXPECT_TRUE(counts.collect().empty());
}

TEST(ScanCounts, KeepsHoursApart) {
    ScanCounts counts;
    auto& counter = counts.counter_of(PlacementId{1});
    counter.count(at_hour(500'000));
    counter.count(at_hour(500'001));
    counter.count(at_hour(500'001));
    const std::vector<HourlyScans> expected{{PlacementId{1}, Hour{hours{500'000}}, 1},
                                            {PlacementId{1}, Hour{hours{500'001}}, 2}};
    EXPECT_EQ(counts.collect(), expected);
}

TEST(ScanCounts, IsTheSameCounterForAPlacementEachTime) {
    ScanCounts counts;
    EXPECT_EQ(&counts.counter_of(PlacementId{1}), &counts.counter_of(PlacementId{1}));
}

TEST(ScanCounts, DropsWhatNobodyCollectsInsteadOfGrowing) {
    ScanCounts counts{2};
    auto& counter = counts.counter_of(PlacementId{1});
    for (int hour = 0; hour < 5; ++hour) counter.count(at_hour(hour + 1));
    EXPECT_EQ(counts.collect().size(), 3U);  // Two that are over, and the one that goes on.
    EXPECT_EQ(counts.dropped(), 2U);
}

TEST(ScanCounts, LosesNothingBetweenThreadsThatCountAndOneThatCollects) {
    constexpr int counters = 3;
    constexpr int each = 20'000;
    ScanCounts counts;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < counters; ++thread) {
        threads.emplace_back([&] {
            auto& counter = counts.counter_of(PlacementId{1});
            for (int i = 0; i < each; ++i) counter.count(at_hour(500'000 + i / 5'000));
        });
    }
    std::map<Hour, std::uint64_t> total;
    const auto collect = [&] {
        for (const auto& hourly : counts.collect()) total[hourly.hour] += hourly.scans;
    };
    for (int i = 0; i < 1'000; ++i) collect();
    for (auto& thread : threads) thread.join();
    collect();
    ASSERT_EQ(total.size(), 4U);
    for (const auto& [hour, scans] : total) EXPECT_EQ(scans, counters * 5'000U);
    EXPECT_EQ(counts.dropped(), 0U);
}

}  // namespace
}  // namespace shanhai::channel
