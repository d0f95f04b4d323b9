#pragma once

#include "audit/domain/signed_note.hpp"
#include "chassis/database/pool.hpp"
#include "chassis/observe/health.hpp"
#include "chassis/periodic.hpp"
#include "vocabulary/time.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace shanhai::audit {

/// Takes paid orders into the ledger, in the order in which they became known. One thread; of several
/// processes the one that holds the head's row appends while the others wait for it. Before every append, at
/// start and every some seconds it looks whether what is there is what was signed; as long as it is not,
/// nothing is signed, and `finding` and the metric audit_ledger_broken say so.
class Sequencer {
public:
    /// `complete_until` tells up to which moment every pairing, placement and certification is known here: an
    /// order that was paid later waits, because its credit, and whether it counts, could still depend on a
    /// fact under way. It is asked by the thread: what it uses must live until `stop`.
    Sequencer(database::Pool& pool, const NoteSigner& signer, std::function<Instant()> complete_until);

    void start() { periodic_.start(); }
    void stop() { periodic_.stop(); }
    /// There may be something to do. From any thread.
    void wake() { periodic_.wake(); }

    /// Appends one batch and says how many orders it took. Called by the thread; tests call it too. Fails
    /// with Failure::internal `ledger-broken` and changes nothing when the ledger is not what was signed.
    Result<std::size_t> append_some();
    /// Looks whether the ledger is what was signed; fails as `append_some` does.
    Result<Done> inspect();

    /// For readiness: what was found when it was looked at last.
    observe::Health::Finding finding() const;
    /// Whether no sale has waited for too long. A service that has much to learn may be behind, so that this
    /// alone is no reason to serve nobody.
    observe::Health::Finding queue_finding() const;
    /// Adds both to /readyz.
    void report(observe::Health& health) const;

private:
    void remember_stuck(const Error* error);
    void count_waiting();
    void append_all();
    void inspect_now_and_then();
    void remember(const std::optional<std::string>& flaw);

    database::Pool& pool_;
    const NoteSigner& signer_;
    std::function<Instant()> complete_until_;
    mutable std::mutex mutex_;
    std::string flaw_;   ///< Empty while all is well.
    std::string stuck_;  ///< What else keeps sales from being taken in, as it was met last; empty: nothing.
    struct Queue {
        std::atomic<std::int64_t> sales = 0;
        std::atomic<std::int64_t> oldest_seconds = 0;
    };
    std::shared_ptr<Queue> queue_ = std::make_shared<Queue>();
    std::shared_ptr<std::atomic<bool>> broken_ = std::make_shared<std::atomic<bool>>(false);
    Clock::Steady inspect_at_{};
    chassis::Periodic periodic_;  // Last, so that its thread ends before what it uses.
};

}  // namespace shanhai::audit
