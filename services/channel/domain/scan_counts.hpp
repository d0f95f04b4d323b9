#pragma once

#include "vocabulary/ids.hpp"
#include "vocabulary/time.hpp"

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

namespace shanhai::channel {

/// An hour since 1970-01-01T00:00:00Z.
using Hour = std::chrono::sys_time<std::chrono::hours>;

/// How often one placement's code was scanned in one hour.
struct HourlyScans {
    PlacementId placement{};
    Hour hour{};
    std::uint64_t scans = 0;

    friend bool operator==(const HourlyScans&, const HourlyScans&) = default;
};

/// Counts scans in memory until somebody collects them. Counting never waits and never fails: hours
/// that are over and not collected yet are kept up to a limit, and dropped beyond it.
class ScanCounts {
public:
    /// The scans of one placement. Lives as long as the ScanCounts.
    class Counter {
    public:
        Counter(ScanCounts& counts, PlacementId placement) : counts_{counts}, placement_{placement} {}
        Counter(const Counter&) = delete;
        Counter& operator=(const Counter&) = delete;

        /// From any thread; without a lock, but for the first scan of an hour.
        void count(Instant at);

    private:
        friend class ScanCounts;

        ScanCounts& counts_;
        PlacementId placement_;
        // The hour above, its scans below, 32 bits each, so that both change together.
        std::atomic<std::uint64_t> hour_and_scans_ = 0;
    };

    explicit ScanCounts(std::size_t finished_max = 100'000) : finished_max_{finished_max} {}

    Counter& counter_of(PlacementId placement);

    /// Takes out everything that was counted since the last time; each scan is in exactly one collection.
    std::vector<HourlyScans> collect();

    /// Gives up scans that nobody has room for.
    void drop(std::uint64_t scans) { dropped_ += scans; }
    /// How many were given up since the process began.
    std::uint64_t dropped() const { return dropped_; }

private:
    void finish(PlacementId placement, std::uint64_t hour_and_scans);

    std::mutex mutex_;
    std::map<PlacementId, Counter> counters_;
    std::vector<HourlyScans> finished_;
    std::size_t finished_max_;
    std::atomic<std::uint64_t> dropped_ = 0;
};

}  // namespace shanhai::channel
