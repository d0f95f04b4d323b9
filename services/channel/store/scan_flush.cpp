#include "channel/store/scan_flush.hpp"

#include "chassis/security/crypto.hpp"

#include <optional>

namespace shanhai::channel {

ScanFlush::ScanFlush(database::Pool& pool, ScanCounts& counts)
    : pool_{pool}, counts_{counts}, writer_{security::hex(security::random_bytes(16))} {}

Result<Done> ScanFlush::flush() {
    take_collected();
    while (!sending_.empty() || !waiting_.empty()) {
        if (sending_.empty()) {
            sending_.swap(waiting_);
            ++number_;
        }
        const auto sent = send();
        if (!sent) return sent;
        sending_.clear();
    }
    return forget_old();
}

Result<Done> ScanFlush::forget_old() {
    const auto now = pool_.clock().steady();
    if (now < forget_due_) return Done{};
    const auto forgotten = pool_.transact_blocking([](database::Session& session) -> Result<Done> {
        // By its own key, a few rows in their order: two processes that do it at once wait for each other at
        // most.
        session.execute(
            "DELETE FROM scan_flush WHERE flushed_at < UTC_TIMESTAMP(6) - INTERVAL 1 DAY"
            " ORDER BY flushed_at, writer LIMIT ?",
            forgotten_at_once);
        return Done{};
    });
    if (forgotten) forget_due_ = now + forget_every;
    return forgotten;
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

Result<Done> ScanFlush::send() {
    const auto work = [this](database::Session& session) { return write(session); };
    const auto resolve = [this](database::Session& session) -> std::optional<Result<Done>> {
        if (written(session)) return Result<Done>{Done{}};
        return std::nullopt;
    };
    return pool_.transact_resolving(work, resolve);
}

Result<Done> ScanFlush::write(database::Session& session) const {
    // An earlier try may have been committed without our hearing of it, or be about to: this waits for it.
    session.execute(
        "INSERT INTO scan_flush (writer, number, flushed_at) VALUES (?, 0, UTC_TIMESTAMP(6)) "
        "ON DUPLICATE KEY UPDATE flushed_at = UTC_TIMESTAMP(6)",
        writer_);
    if (written(session)) return Done{};
    database::Insert counts{"INSERT INTO scan_count (placement_id, hour, scans) VALUES",
                            "ON DUPLICATE KEY UPDATE scans = scans + VALUES(scans)"};
    for (const auto& [key, scans] : sending_) counts.row(key.first, Instant{key.second}, scans);
    counts.run(session);
    session.execute("UPDATE scan_flush SET number = ? WHERE writer = ?", number_, writer_);
    return Done{};
}

bool ScanFlush::written(database::Session& session) const {
    return session.query("SELECT 1 FROM scan_flush WHERE writer = ? AND number >= ?", writer_, number_)
        .next();
}

}  // namespace shanhai::channel
