#include "channel/domain/scan_counts.hpp"

#include <tuple>

namespace shanhai::channel {
namespace {

constexpr unsigned scan_bits = 32;
constexpr std::uint64_t scans_max = (std::uint64_t{1} << scan_bits) - 1;

std::uint64_t hour_number(Instant at) {
    return static_cast<std::uint64_t>(std::chrono::floor<std::chrono::hours>(at).time_since_epoch().count());
}

HourlyScans unpacked(PlacementId placement, std::uint64_t hour_and_scans) {
    const auto hour = static_cast<std::int64_t>(hour_and_scans >> scan_bits);
    return {placement, Hour{std::chrono::hours{hour}}, hour_and_scans & scans_max};
}

}  // namespace

void ScanCounts::Counter::count(Instant at) {
    const auto hour = hour_number(at);
    auto seen = hour_and_scans_.load(std::memory_order_relaxed);
    for (;;) {
        const bool goes_on = seen >> scan_bits == hour && (seen & scans_max) != scans_max;
        const auto next = goes_on ? seen + 1 : (hour << scan_bits) | 1;
        if (!hour_and_scans_.compare_exchange_weak(seen, next, std::memory_order_relaxed)) continue;
        if (!goes_on) counts_.finish(placement_, seen);
        return;
    }
}

ScanCounts::Counter& ScanCounts::counter_of(PlacementId placement) {
    const std::lock_guard lock{mutex_};
    return counters_
        .emplace(std::piecewise_construct, std::forward_as_tuple(placement),
                 std::forward_as_tuple(*this, placement))
        .first->second;
}

std::vector<HourlyScans> ScanCounts::collect() {
    const std::lock_guard lock{mutex_};
    auto collected = std::move(finished_);
    finished_.clear();
    for (auto& [placement, counter] : counters_) {
        const auto taken = counter.hour_and_scans_.exchange(0, std::memory_order_relaxed);
        if ((taken & scans_max) != 0) collected.push_back(unpacked(placement, taken));
    }
    return collected;
}

void ScanCounts::finish(PlacementId placement, std::uint64_t hour_and_scans) {
    const auto hour = unpacked(placement, hour_and_scans);
    if (hour.scans == 0) return;
    const std::lock_guard lock{mutex_};
    if (finished_.size() < finished_max_) {
        finished_.push_back(hour);
    } else {
        drop(hour.scans);
    }
}

}  // namespace shanhai::channel
