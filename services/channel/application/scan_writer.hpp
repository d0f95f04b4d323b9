#pragma once

#include "channel/store/scan_flush.hpp"
#include "chassis/observe/metrics.hpp"
#include "chassis/periodic.hpp"

#include <cstdint>

namespace shanhai::channel {

/// Writes the counted scans every two seconds, which is what a crash may lose of them, and a last time when
/// it is stopped.
class ScanWriter {
public:
    ScanWriter(database::Pool& pool, ScanCounts& counts) : counts_{counts}, flush_{pool, counts} {}

    void start() { periodic_.start(); }
    void stop() { periodic_.stop(); }

private:
    static constexpr std::chrono::milliseconds tick{2000};

    void write();

    ScanCounts& counts_;
    ScanFlush flush_;
    observe::Metrics::Counter& dropped_ = observe::Metrics::process().counter(
        "channel_scans_dropped_total", "Scans that were answered but not counted for want of room.");
    std::uint64_t dropped_reported_ = 0;  // For the thread.
    chassis::Periodic periodic_{"channel-scans", tick, [this] { write(); }};
};

}  // namespace shanhai::channel
