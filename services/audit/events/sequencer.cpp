#include "audit/events/sequencer.hpp"

#include "audit/events/paid_orders.hpp"
#include "audit/store/count_store.hpp"
#include "audit/store/foundation.hpp"
#include "audit/store/ledger_store.hpp"
#include "audit/store/sale_day_store.hpp"
#include "chassis/observe/log.hpp"
#include "chassis/observe/metrics.hpp"

namespace shanhai::audit {
namespace {

constexpr std::chrono::milliseconds tick{500};
constexpr std::chrono::seconds inspection_every{5};
constexpr std::chrono::seconds waiting_max{300};  // Then somebody should look why.
constexpr std::string_view broken_code = "ledger-broken";

Error broken(const std::string& flaw) {
    return {Failure::internal, std::string{broken_code}, "the ledger is not what was signed: " + flaw};
}

/// What differs, also when it is so much that reading fails.
std::optional<std::string> flaw_of(database::Session& session, const Head& head, const NoteSigner& signer) {
    try {
        return flaw_in_foundation(session, head, signer);
    } catch (const database::SqlError&) {
        throw;
    } catch (const std::runtime_error& error) {
        return error.what();
    }
}

}  // namespace

Sequencer::Sequencer(database::Pool& pool, const NoteSigner& signer, std::function<Instant()> complete_until)
    : pool_{pool},
      signer_{signer},
      complete_until_{std::move(complete_until)},
      periodic_{"sequencer", tick, [this] { append_all(); }} {
    observe::Metrics::process().gauge("audit_ledger_broken",
                                      "1 when the ledger is not what was signed: nothing is appended.", {},
                                      [broken = broken_] { return broken->load() ? 1.0 : 0.0; });
    observe::Metrics::process().gauge("audit_sales_waiting",
                                      "Paid orders that the ledger has not taken in yet.", {},
                                      [queue = queue_] { return static_cast<double>(queue->sales.load()); });
    observe::Metrics::process().gauge(
        "audit_sales_waiting_seconds", "For how long the oldest of them has been known.", {},
        [queue = queue_] { return static_cast<double>(queue->oldest_seconds.load()); });
}

Result<std::size_t> Sequencer::append_some() {
    const auto until = complete_until_();
    std::optional<std::string> flaw;
    bool looked = false;
    const auto appended = pool_.transact_blocking([&](database::Session& session) -> Result<std::size_t> {
        const auto head = lock_head(session);
        const auto pending = read_pending(session, until);
        looked = !pending.orders.empty();
        if (!looked) return std::size_t{0};
        flaw = flaw_of(session, head, signer_);
        if (flaw) return broken(*flaw);
        append(session, head, pending.orders, signer_);
        forget_pending(session, pending);
        return pending.orders.size();
    });
    if (flaw || (looked && appended)) remember(flaw);
    return appended;
}

Result<Done> Sequencer::inspect() {
    std::optional<std::string> flaw;
    const auto done = pool_.transact_blocking([&](database::Session& session) -> Result<Done> {
        flaw = flaw_of(session, lock_head(session), signer_);
        if (flaw) return broken(*flaw);
        return Done{};
    });
    if (done || flaw) remember(flaw);
    return done;
}

observe::Health::Finding Sequencer::finding() const {
    const std::lock_guard lock{mutex_};
    if (!flaw_.empty()) return {false, "nothing is signed any more: " + flaw_};
    if (!stuck_.empty()) return {false, "nothing is taken into the ledger: " + stuck_};
    return {true, "the ledger is what was signed"};
}

observe::Health::Finding Sequencer::queue_finding() const {
    const auto oldest = queue_->oldest_seconds.load();
    const auto said = std::to_string(queue_->sales) + " sales wait for the ledger";
    if (oldest <= waiting_max.count()) return {true, said};
    return {false, said + ", the oldest for " + std::to_string(oldest) + " s"};
}

void Sequencer::report(observe::Health& health) const {
    health.check("audit-ledger", false, [this] { return finding(); });
    health.check("audit-queue", true, [this] { return queue_finding(); });
}

/// Trouble of the database that passes is the database's (another check says so); all else needs a human.
void Sequencer::remember_stuck(const Error* error) {
    const auto text = error == nullptr || error->kind() == Failure::unavailable ? "" : error->message();
    const std::lock_guard lock{mutex_};
    stuck_ = text;
}

void Sequencer::count_waiting() {
    // Without an answer the figures stay as they were.
    (void)pool_.transact_blocking([this](database::Session& session) -> Result<Done> {
        auto rows = session.query(
            "SELECT COUNT(*), COALESCE(TIMESTAMPDIFF(SECOND, MIN(known_at), UTC_TIMESTAMP(6)), 0) FROM "
            "pending_sale");
        rows.next();
        queue_->sales = rows.integer(0);
        queue_->oldest_seconds = rows.integer(1);
        return Done{};
    });
}

void Sequencer::remember(const std::optional<std::string>& flaw) {
    const auto text = flaw.value_or("");
    const std::lock_guard lock{mutex_};
    if (flaw_ != text && !text.empty()) observe::log_error("ledger-broken", text);
    if (flaw_ != text && text.empty()) observe::log_warning("ledger-repaired", "it is what was signed again");
    flaw_ = text;
    broken_->store(!text.empty());
}

void Sequencer::inspect_now_and_then() {
    const auto at = pool_.clock().steady();
    if (at < inspect_at_) return;
    inspect_at_ = at + inspection_every;
    count_waiting();
    const auto done = inspect();
    if (!done && done.error().code() != broken_code) {
        observe::log_error("ledger-inspection-failed", done.error().message());
    }
}

void Sequencer::append_all() {
    auto& sequenced = observe::Metrics::process().counter("audit_orders_sequenced_total",
                                                          "Paid orders taken into the ledger");
    inspect_now_and_then();
    for (std::size_t taken = pending_orders_max; taken == pending_orders_max;) {
        auto counted = catch_up_counts(pool_);
        if (counted) counted = catch_up_sale_days(pool_);
        const auto result = counted ? append_some() : Result<std::size_t>{counted.error()};
        const bool broken = !result && result.error().code() == broken_code;
        if (!broken) remember_stuck(result ? nullptr : &result.error());
        if (!result) {
            if (!broken) observe::log_limited("sequencing-failed", result.error().message());
            return;
        }
        taken = *result;
        sequenced.add(static_cast<double>(taken));
    }
}

}  // namespace shanhai::audit
