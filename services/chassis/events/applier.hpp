#pragma once

#include "chassis/database/pool.hpp"
#include "chassis/events/codec.hpp"
#include "chassis/events/consumer.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace shanhai::events {

/// How a service takes what it learns.
struct Handling {
    const Consumer::Apply& apply;
    const ConsumerOptions& options;
};

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
    bool trust_changed = false;  ///< A fact was set aside, or one that waited was superseded.
};

/// Whether an event that cannot be applied may be set aside. That takes a savepoint an event.
enum class Care { all_or_nothing, set_aside };

/// Applies the frames that follow the stored position, in order, in one transaction with the position; it
/// ends before a gap, which a condensed stretch has only before its first frame. Frames that are applied
/// already are passed over.
BatchOutcome apply_batch(database::Pool& pool, const std::string& producer, const Stretch& stretch,
                         const Handling& handling, Care care);

/// Tries waiting facts again, or closes them, as humans wished (set_aside.hpp). Says whether anything
/// changed.
Result<bool> fulfil_wishes(database::Pool& pool, const std::string& producer, const Handling& handling);

}  // namespace shanhai::events
