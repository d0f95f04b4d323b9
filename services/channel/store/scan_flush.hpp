#pragma once

#include "channel/domain/scan_counts.hpp"
#include "chassis/database/pool.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace shanhai::channel {

/// Adds collected scans to the table scan_count, each exactly once: a flush that fails is kept and goes with
/// the next one, and a flush whose COMMIT got lost is looked up by its number. For one thread.
class ScanFlush {
public:
    ScanFlush(database::Pool& pool, ScanCounts& counts);

    /// Fails when the database does not answer; nothing is lost then.
    Result<Done> flush();

private:
    /// The hours that a waiting flush may hold; beyond them scans are dropped, while the database is away for
    /// days on end.
    static constexpr std::size_t waiting_max = 1'000'000;

    void take_collected();
    Result<Done> write(database::Session& session, std::uint64_t flush_number) const;

    database::Pool& pool_;
    ScanCounts& counts_;
    std::string writer_;  // Random: names this process's flushes.
    std::uint64_t flushes_ = 0;
    std::map<std::pair<PlacementId, Hour>, std::uint64_t> waiting_;
};

}  // namespace shanhai::channel
