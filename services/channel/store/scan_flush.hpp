#pragma once

#include "channel/domain/scan_counts.hpp"
#include "chassis/database/pool.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace shanhai::channel {

/// Adds collected scans to the table scan_count, each exactly once. They go in numbered batches: one whose
/// COMMIT got lost is sent again under the same number, until the database says that it has that number. For
/// one thread.
class ScanFlush {
public:
    ScanFlush(database::Pool& pool, ScanCounts& counts);

    /// Writes all that was counted until now. Fails when the database does not answer; what was not
    /// written then goes with the next flush.
    Result<Done> flush();

private:
    using Batch = std::map<std::pair<PlacementId, Hour>, std::uint64_t>;

    /// The hours that may wait while the database is away for days on end; beyond them scans are dropped.
    static constexpr std::size_t waiting_max = 1'000'000;

    /// A process that ended long ago asks no more what became of its last batch.
    static constexpr std::chrono::minutes forget_every{10};
    static constexpr int forgotten_at_once = 100;

    void take_collected();
    Result<Done> forget_old();
    Result<Done> send();
    Result<Done> write(database::Session& session) const;
    bool written(database::Session& session) const;

    database::Pool& pool_;
    ScanCounts& counts_;
    std::string writer_;  // Random: names this process's batches.
    Batch waiting_;
    Batch sending_;  // Unchanged until the database has it.
    Clock::Steady forget_due_{};
    std::uint64_t number_ = 0;  // Of the batch that is being sent, or was last.
};

}  // namespace shanhai::channel
