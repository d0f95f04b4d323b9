#include "chassis/events/position.hpp"

namespace shanhai::events {
namespace {

constexpr std::size_t reason_bytes_max = 1000;  // The columns hold as many characters.
constexpr std::size_t who_bytes_max = 200;

}  // namespace

std::string shortened(std::string text) {
    if (text.size() <= reason_bytes_max) return text;
    auto end = reason_bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    text.resize(end);
    return text;
}

Result<Position> load_position(database::Pool& pool, const std::string& producer) {
    return pool.transact_blocking([&](database::Session& session) -> Result<Position> {
        const bool there = session.query("SELECT 1 FROM consumed WHERE producer = ?", producer).next();
        if (!there) {
            session.execute(
                "INSERT INTO consumed (producer, seq, at) VALUES (?, 0, UTC_TIMESTAMP(6))"
                " ON DUPLICATE KEY UPDATE producer = VALUES(producer)",
                producer);
        }
        auto rows = session.query(
            "SELECT seq, epoch, fresh_at, UTC_TIMESTAMP(6), COALESCE(stopped_reason, ''),"
            " COALESCE(frame_hash, ''), stopped_forged"
            " FROM consumed WHERE producer = ?",
            producer);
        rows.next();
        Position position;
        position.seq = rows.natural(0);
        position.epoch = rows.text(1);
        if (const auto fresh_at = rows.optional_instant(2)) {
            position.age = std::chrono::floor<std::chrono::milliseconds>(rows.instant(3) - *fresh_at);
        }
        position.stopped_reason = rows.text(4);
        position.frame_hash = rows.text(5);
        position.stopped_forged = rows.integer(6) != 0;
        return position;
    });
}

Result<Done> adopt_epoch(database::Pool& pool, const std::string& producer, const std::string& epoch) {
    return pool.transact_blocking([&](database::Session& session) -> Result<Done> {
        session.execute("UPDATE consumed SET epoch = ? WHERE producer = ? AND epoch = ''", epoch, producer);
        return Done{};
    });
}

Result<Done> remember_age(database::Pool& pool, const std::string& producer, std::chrono::milliseconds age) {
    return pool.transact_blocking([&](database::Session& session) -> Result<Done> {
        session.execute(
            "UPDATE consumed SET fresh_at = UTC_TIMESTAMP(6) - INTERVAL ? MICROSECOND WHERE producer = ?",
            std::chrono::microseconds{age}.count(), producer);
        return Done{};
    });
}

Result<Done> mark_stopped(database::Pool& pool, const std::string& producer, std::uint64_t seq,
                          const std::string& reason, bool forged) {
    return pool.transact_blocking([&](database::Session& session) -> Result<Done> {
        session.execute(
            "UPDATE consumed SET stopped_reason = ?, stopped_forged = ? WHERE producer = ? AND seq = ?",
            shortened(reason), forged, producer, seq);
        return Done{};
    });
}

Result<Done> mark_resumed(database::Pool& pool, const std::string& producer) {
    return pool.transact_blocking([&](database::Session& session) -> Result<Done> {
        session.execute(
            "UPDATE consumed SET stopped_reason = NULL, stopped_forged = FALSE WHERE producer = ?", producer);
        return Done{};
    });
}

Result<Done> skip_frame(database::Pool& pool, const std::string& producer, std::uint64_t seq,
                        const std::string& who, const std::string& reason) {
    if (who.empty() || who.size() > who_bytes_max) {
        return invalid_field("/who", "Say who skips the frame, in at most 200 bytes.");
    }
    if (reason.empty() || reason.size() > reason_bytes_max) {
        return invalid_field("/reason", "Say why the frame is skipped, in at most 1,000 bytes.");
    }
    return pool.transact_blocking([&](database::Session& session) -> Result<Done> {
        auto rows = session.query(
            "SELECT seq, stopped_reason, stopped_forged FROM consumed WHERE producer = ? FOR UPDATE",
            producer);
        if (!rows.next())
            return Error{Failure::not_found, "unknown-producer", "Nothing is consumed from there."};
        const auto stopped = rows.optional_text(1);
        if (!stopped || rows.natural(0) + 1 != seq) {
            return Error{Failure::conflict, "not-stopped-there", "Consumption did not stop at that frame."};
        }
        if (rows.integer(2) != 0) {
            return Error{Failure::conflict, "forged",
                         "What it stopped at is not the producer's frame: skipping would lose the true one."};
        }
        session.execute(
            "INSERT INTO skipped_frame (producer, seq, stopped_reason, who, reason, at)"
            " VALUES (?, ?, ?, ?, ?, UTC_TIMESTAMP(6))",
            producer, seq, *stopped, who, reason);
        session.execute(
            "UPDATE consumed SET seq = ?, frame_hash = NULL, at = UTC_TIMESTAMP(6), stopped_reason = NULL"
            " WHERE producer = ?",
            seq, producer);
        return Done{};
    });
}

}  // namespace shanhai::events
