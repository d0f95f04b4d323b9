#pragma once

#include "audit/domain/recomputation.hpp"
#include "audit/domain/signed_note.hpp"
#include "audit/store/tree_check.hpp"
#include "chassis/database/pool.hpp"
#include "chassis/periodic.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

namespace shanhai::audit {

/// Compares the tables with the ledger's own bytes and those with the newest signed checkpoint, at one
/// moment: the tree's tiles of every level, the entries of `month` or of all months, and every figure made of
/// them.
Recomputation recompute(database::Session& session, const std::optional<Month>& month,
                        const NoteSigner& signer, const Progress& progress);

/// Recomputes when asked, one at a time, on a thread and a connection of its own, so that nobody else waits
/// for it however long it takes.
class Recomputer {
public:
    /// `kept_for`: how long a result waits for whom was told to come back. Later it would tell of a ledger of
    /// before.
    Recomputer(database::PoolOptions options, const NoteSigner& signer,
               std::chrono::seconds kept_for = std::chrono::minutes{1});

    void start() { periodic_.start(); }
    /// Ends a recomputation that is running.
    void stop();

    /// How far a recomputation has come.
    struct Run {
        std::uint64_t number = 0;
        Instant started{};
        std::uint64_t entries = 0;           ///< Read so far.
        std::optional<Recomputation> found;  ///< When it is over.
    };
    /// Starts a recomputation, joins the one of the same month that is running, or takes up one that ended
    /// less than a minute ago after somebody had been told to come back for it. Fails with 503
    /// `recomputation-running` while another month is recomputed, and with 500 `recomputation-failed`, once.
    Result<Run> ask(const std::optional<Month>& month);
    /// The run that `ask` named; fails as the recomputation did, or with 503 `recomputation-running` when
    /// another began meanwhile.
    Result<Run> look(std::uint64_t number) const;
    /// Who asked for this run is told to come back: the result is kept until then.
    void keep(std::uint64_t number);

private:
    void work();
    Result<Recomputation> attempt(const std::optional<Month>& month, const Progress& progress);

    struct State {
        Run run;
        std::optional<Month> month;
        bool running = false;
        bool kept = false;
        std::optional<Error> failure;
        Clock::Steady ended{};
    };

    database::Pool pool_;
    const NoteSigner& signer_;
    const std::chrono::seconds kept_for_;
    mutable std::mutex mutex_;
    State state_;
    std::atomic<bool> stopping_ = false;
    chassis::Periodic periodic_;  // Last, so that its thread ends before what it uses.
};

}  // namespace shanhai::audit
