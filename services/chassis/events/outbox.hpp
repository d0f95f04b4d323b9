#pragma once

#include "chassis/database/session.hpp"
#include "chassis/events/codec.hpp"

#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

namespace shanhai::events {

// The producer's side of the database: tables `outbox` (frames) and `relay` (one row: the last number given,
// and who may give the next).

/// How long a relay that numbered may go on before another may take over.
inline constexpr std::chrono::milliseconds lease_length{3000};
/// Numbered in one transaction; read from the outbox at once.
inline constexpr std::size_t numbered_at_once = 500;
inline constexpr std::size_t outbox_bytes_at_once = 8 * 1024 * 1024;

/// A frame in the outbox does not bear the seal of this service: somebody else wrote or changed it. It is
/// never told.
class UnsealedFrame : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

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
/// Throws UnsealedFrame.
std::optional<std::size_t> number_frames(database::Session& session, const std::string& me);

/// Lets another relay take over at once.
void hand_back_lease(database::Session& session, const std::string& me);

/// The numbered frames after a position, oldest first: at most `count`, and no more than `bytes_max`
/// together, except that a single frame always fits. Throws UnsealedFrame.
std::vector<RawFrame> frames_after(database::Session& session, std::uint64_t after, std::size_t count,
                                   std::size_t bytes_max);

/// SHA-256 of frame `seq`; empty when the outbox has no such frame.
std::string hash_of_frame(database::Session& session, std::uint64_t seq);

/// What became of the seals of an outbox.
struct Sealing {
    std::size_t sealed = 0;        ///< Frames that bore none and now bear one.
    std::size_t resealed = 0;      ///< Bore the seal of the key that is being replaced.
    std::uint64_t last_id = 0;     ///< Where to go on; 0 when nothing is left.
    std::uint64_t refused_id = 0;  ///< A frame that is not ours; nothing before it was looked at. 0: none.
};
/// The oldest row of the outbox that bears a seal, whosever; 0 when none does.
std::uint64_t oldest_sealed(database::Session& session);
/// Gives the frames before `before_id` (the latest numbered_at_once of them) the seal of the current key,
/// when they bear none or that of the key that is being replaced. For a human, after an upgrade or a change
/// of keys. What an older version left unsealed is older than all that is sealed: a row that bears no seal
/// after `oldest_sealed` (as it was before the first call) was put in by somebody else, and one with a wrong
/// seal was changed. Both are refused. It goes from the newest to the oldest, so that it can be interrupted.
Sealing seal_frames(database::Session& session, std::uint64_t before_id, std::uint64_t oldest_sealed);

}  // namespace shanhai::events
