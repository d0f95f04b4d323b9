#pragma once

#include "audit/domain/signed_note.hpp"
#include "chassis/database/pool.hpp"
#include "chassis/periodic.hpp"
#include "vocabulary/time.hpp"

#include <functional>

namespace shanhai::audit {

/// Takes paid orders into the ledger, in the order in which they became known. One thread; of several
/// processes the one that holds the head's row appends while the others wait for it.
class Sequencer {
public:
    /// `complete_until` tells up to which moment every pairing and placement is known here: an order that was
    /// paid later waits, because its credit could still depend on a fact under way.
    Sequencer(database::Pool& pool, const NoteSigner& signer, std::function<Instant()> complete_until);

    void start() { periodic_.start(); }
    void stop() { periodic_.stop(); }
    /// There may be something to do. From any thread.
    void wake() { periodic_.wake(); }

    /// Appends one batch and says how many orders it took. Called by the thread; tests call it too.
    Result<std::size_t> append_some();

private:
    void append_all();

    database::Pool& pool_;
    const NoteSigner& signer_;
    std::function<Instant()> complete_until_;
    chassis::Periodic periodic_;  // Last, so that its thread ends before what it uses.
};

}  // namespace shanhai::audit
