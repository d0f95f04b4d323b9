#include "channel/store/scan_flush.hpp"

#include "chassis/security/crypto.hpp"

#include <optional>

namespace shanhai::channel {
namespace {

/// Whether this writer's flush of that number was committed.
std::optional<Result<Done>> find_flush(database::Session& session, const std::string& writer,
                                       std::uint64_t number) {
    auto rows = session.query("SELECT 1 FROM scan_flush WHERE writer = ? AND number = ?", writer, number);
    if (!rows.next()) return std::nullopt;
    return Result<Done>{Done{}};
}

}  // namespace

ScanFlush::ScanFlush(database::Pool& pool, ScanCounts& counts)
    : pool_{pool}, counts_{counts}, writer_{security::hex(security::random_bytes(16))} {}

Result<Done> ScanFlush::flush() {
    take_collected();
    if (waiting_.empty()) return Done{};
    const auto flush_number = flushes_ + 1;
    const auto work = [&](database::Session& session) { return write(session, flush_number); };
    const auto resolve = [&](database::Session& session) {
        return find_flush(session, writer_, flush_number);
    };
    auto flushed = pool_.transact_resolving(work, resolve);
    if (!flushed) return flushed;
    flushes_ = flush_number;
    waiting_.clear();
    return flushed;
}

void ScanFlush::take_collected() {
    for (const auto& hourly : counts_.collect()) {
        const std::pair key{hourly.placement, hourly.hour};
        if (waiting_.size() < waiting_max || waiting_.contains(key)) {
            waiting_[key] += hourly.scans;
        } else {
            counts_.drop(hourly.scans);
        }
    }
}

Result<Done> ScanFlush::write(database::Session& session, std::uint64_t flush_number) const {
    database::Insert counts{"INSERT INTO scan_count (placement_id, hour, scans) VALUES",
                            "ON DUPLICATE KEY UPDATE scans = scans + VALUES(scans)"};
    for (const auto& [key, scans] : waiting_) counts.row(key.first, Instant{key.second}, scans);
    counts.run(session);
    session.execute(
        "INSERT INTO scan_flush (writer, number, flushed_at) VALUES (?, ?, UTC_TIMESTAMP(6)) "
        "ON DUPLICATE KEY UPDATE number = VALUES(number), flushed_at = VALUES(flushed_at)",
        writer_, flush_number);
    // Processes that ended long ago ask no more what became of their last flush.
    session.execute("DELETE FROM scan_flush WHERE flushed_at < UTC_TIMESTAMP(6) - INTERVAL 1 DAY");
    return Done{};
}

}  // namespace shanhai::channel
