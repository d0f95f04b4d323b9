#include "audit/application/recomputer.hpp"

#include "audit/store/ledger_store.hpp"
#include "audit/store/month_check.hpp"
#include "chassis/observe/log.hpp"

#include <stdexcept>
#include <utility>
#include <vector>

namespace shanhai::audit {
namespace {

constexpr std::chrono::hours tick{1};  // It works when it is woken.
constexpr std::chrono::seconds come_again{2};

database::PoolOptions alone(database::PoolOptions options) {
    options.threads = 1;
    options.snapshot = true;
    return options;
}

Error other_running() {
    Error error{Failure::unavailable, "recomputation-running",
                "Another month is being recomputed; try again."};
    return error.retry_after(come_again);
}

Error failed(const std::string& trouble) {
    return {Failure::internal, "recomputation-failed", "The ledger cannot be read: " + trouble + "."};
}

Checkpoint checkpoint_of(const Head& head, const NoteSigner& signer, Recomputation& found) {
    const auto note = open_checkpoint(head.note, signer.verifier_key());
    if (!note) {
        found.differs("checkpoint", "newest", "it was not signed with our key for " + signer.origin());
        return {signer.origin(), head.size, head.root};
    }
    if (note->size != head.size || note->root != head.root)
        found.differs("checkpoint", "newest", "the head says another size or root than was signed");
    return *note;
}

}  // namespace

Recomputation recompute(database::Session& session, const std::optional<Month>& month,
                        const NoteSigner& signer, const Progress& progress) {
    Recomputation found;
    if (month) found.month = month->text();
    found.checkpoint = checkpoint_of(read_head(session), signer, found);
    check_outline(session, found);
    check_tiles(session, found, progress);
    const auto months = month ? std::vector{month->text()} : months_anywhere(session);
    for (const auto& one : months) check_month(session, one, found, progress);
    return found;
}

Recomputer::Recomputer(database::PoolOptions options, const NoteSigner& signer, std::chrono::seconds kept_for)
    : pool_{alone(std::move(options))},
      signer_{signer},
      kept_for_{kept_for},
      periodic_{"recomputation", tick, [this] { work(); }} {}

void Recomputer::stop() {
    stopping_ = true;
    periodic_.stop();
}

Result<Recomputer::Run> Recomputer::ask(const std::optional<Month>& month) {
    const std::lock_guard lock{mutex_};
    const bool same = state_.run.number > 0 && state_.month == month;
    if (state_.running && !same) return other_running();
    if (state_.running) return state_.run;
    if (same && state_.kept && pool_.clock().steady() - state_.ended < kept_for_) {
        state_.kept = false;
        if (state_.failure) return *state_.failure;
        return state_.run;
    }
    state_ = {{state_.run.number + 1, pool_.clock().now(), 0, {}}, month, true, false, {}, {}};
    periodic_.wake();
    return state_.run;
}

Result<Recomputer::Run> Recomputer::look(std::uint64_t number) const {
    const std::lock_guard lock{mutex_};
    if (state_.run.number != number) return other_running();
    if (state_.failure) return *state_.failure;
    return state_.run;
}

void Recomputer::keep(std::uint64_t number) {
    const std::lock_guard lock{mutex_};
    if (state_.run.number == number) state_.kept = true;
}

/// Whatever happens it ends: a ledger that cannot even be read must not keep the next one from being looked
/// at.
Result<Recomputation> Recomputer::attempt(const std::optional<Month>& month, const Progress& progress) {
    std::string trouble;
    const auto found = pool_.transact_blocking([&](database::Session& session) -> Result<Recomputation> {
        try {
            return recompute(session, month, signer_, progress);
        } catch (const database::SqlError&) {
            throw;
        } catch (const std::exception& error) {
            trouble = error.what();
            return failed(trouble);
        }
    });
    if (!trouble.empty()) observe::log_error("recomputation-failed", trouble);
    return found;
}

void Recomputer::work() {
    std::optional<Month> month;
    {
        const std::lock_guard lock{mutex_};
        if (!state_.running) return;
        month = state_.month;
    }
    const auto progress = [this](std::uint64_t entries) {
        if (stopping_) throw std::runtime_error{"the service stops: the recomputation ends"};
        const std::lock_guard lock{mutex_};
        state_.run.entries += entries;
    };
    auto found = attempt(month, progress);
    const std::lock_guard lock{mutex_};
    state_.running = false;
    state_.ended = pool_.clock().steady();
    if (found) {
        state_.run.found = std::move(*found);
    } else {
        state_.failure = found.error();
    }
}

}  // namespace shanhai::audit
