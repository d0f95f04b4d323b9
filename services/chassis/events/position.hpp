#pragma once

#include "chassis/database/pool.hpp"
#include "chassis/events/codec.hpp"
#include "chassis/events/consumer.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace shanhai::events {

// The consumer's side of the database: one row of `consumed` for each producer.

/// How far a service has come with one producer.
struct Position {
    std::uint64_t seq = 0;
    std::string epoch;  ///< Empty before the producer was first heard.
    /// How long ago everything was known; nothing when it never was.
    std::optional<std::chrono::milliseconds> age;
    std::string stopped_reason;  ///< Empty unless it stopped.
    std::string frame_hash;      ///< SHA-256 of the last frame that was applied; empty when there is none.
};

/// Reads the position; makes the row when there is none.
Result<Position> load_position(database::Pool& pool, const std::string& producer);
/// Remembers which life of the producer's outbox our numbers count in.
Result<Done> adopt_epoch(database::Pool& pool, const std::string& producer, const std::string& epoch);
/// Remembers that everything was known so long ago.
Result<Done> remember_age(database::Pool& pool, const std::string& producer, std::chrono::milliseconds age);
/// Shows everybody that consumption stopped after frame `seq`, and why; not when a copy of us is past that
/// already. `forged`: because somebody else than the producer spoke.
Result<Done> mark_stopped(database::Pool& pool, const std::string& producer, std::uint64_t seq,
                          const std::string& reason, bool forged);
Result<Done> mark_resumed(database::Pool& pool, const std::string& producer);

/// What became of a batch of frames.
struct BatchOutcome {
    enum class Kind {
        applied,  ///< `seq` is the position now; all frames up to it are applied, by us or by a copy of us.
        refused,  ///< Frame `seq` cannot be applied, for `reason`; nothing was changed.
        forged,   ///< Frame `seq` is another than the one that was applied under its number.
        gone,     ///< There is no position of this producer any more.
        failed,   ///< The database is away or busy; nothing is known to have changed.
    };
    Kind kind = Kind::failed;
    std::uint64_t seq = 0;
    std::size_t count = 0;   ///< Frames that this call applied.
    std::string frame_hash;  ///< Of frame `seq`, when it is the position.
    std::string reason;
};

/// Applies the frames that follow the stored position, in order, in one transaction with the position; it
/// ends before a gap. Frames that are applied already are passed over.
BatchOutcome apply_batch(database::Pool& pool, const std::string& producer,
                         const std::vector<RawFrame>& frames, const Consumer::Apply& apply);

}  // namespace shanhai::events
