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
    std::string stopped_reason;   ///< Empty unless it stopped.
    bool stopped_forged = false;  ///< It stopped because somebody else than the producer spoke.
    std::string frame_hash;       ///< SHA-256 of the last frame that was applied; empty when there is none.
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

/// At most 1,000 bytes, which the columns of reasons hold, cut so that no UTF-8 sequence is broken.
std::string shortened(std::string text);

}  // namespace shanhai::events
