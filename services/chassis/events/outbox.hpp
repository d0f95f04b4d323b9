#pragma once

#include "chassis/events/codec.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace shanhai::events {

// The producer's side of the database: tables `outbox` (frames) and `relay` (one row: the last number given,
// and who may give the next).

/// How long a relay that numbered may go on before another may take over.
inline constexpr std::chrono::milliseconds lease_length{3000};
/// Numbered in one transaction.
inline constexpr std::size_t numbered_at_once = 500;

/// What an outbox looks like from outside.
struct Head {
    std::uint64_t seq = 0;  ///< The last number given.
    /// Tells one life of the outbox from the next: a database that was made anew counts from 1 again.
    std::string epoch;
    std::chrono::milliseconds lag{0};  ///< Age of the oldest frame without a number.
    bool waiting = false;              ///< Whether there is such a frame.
    bool led_by_another = false;       ///< Somebody else holds the lease now.
};
/// `me` names the relay that asks; empty for others.
Head look_at_outbox(database::Session& session, const std::string& me);

/// Takes or renews the lease and gives the waiting frames their numbers, in the order of their ids, in the
/// caller's transaction. Only committed frames are seen, so a frame whose transaction ends later gets a later
/// number, whatever its id, and there are no gaps. Returns how many; nothing when another holds the lease.
std::optional<std::size_t> number_frames(database::Session& session, const std::string& me);

/// Lets another relay take over at once.
void hand_back_lease(database::Session& session, const std::string& me);

/// The numbered frames after a position, oldest first: at most `count`, and no more than `bytes_max`
/// together, except that a single frame always fits.
std::vector<RawFrame> frames_after(database::Session& session, std::uint64_t after, std::size_t count,
                                   std::size_t bytes_max);

}  // namespace shanhai::events
