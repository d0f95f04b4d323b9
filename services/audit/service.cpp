#include "audit/service.hpp"

#include "audit/events/learned_facts.hpp"
#include "audit/events/sequencer.hpp"
#include "audit/http/log_routes.hpp"
#include "audit/http/recomputation_routes.hpp"
#include "audit/http/report_routes.hpp"
#include "audit/store/count_store.hpp"
#include "audit/store/ledger_store.hpp"
#include "chassis/events/findings.hpp"

#include <algorithm>
#include <stdexcept>

namespace shanhai::audit {
namespace {

constexpr std::chrono::seconds database_patience{30};
constexpr std::chrono::seconds clock_margin{1};  // Between our clock and the producers' databases'.

database::Pool& migrated(database::Pool& pool, const NoteSigner& signer) {
    const auto done = database::migrate(pool, schema(), database_patience);
    if (!done) throw std::runtime_error{"audit: " + done.error().message()};
    const auto signed_once = pool.transact_blocking([&](database::Session& session) -> Result<Done> {
        ensure_head(session, signer);
        return Done{};
    });
    if (!signed_once) throw std::runtime_error{"audit: " + signed_once.error().message()};
    const auto counted = catch_up_counts(pool);
    if (!counted) throw std::runtime_error{"audit: " + counted.error().message()};
    return pool;
}

/// Whatever one answer reads, it reads at one moment.
database::PoolOptions snapshots(database::PoolOptions options) {
    options.snapshot = true;
    return options;
}

class Audit final : public chassis::Service {
public:
    explicit Audit(chassis::Host& host)
        : signer_{ledger_signer(host.settings, host.secrets)},
          access_{host.secrets.read("ledger_verifier"), host.secrets.key("order_access"),
                  host.settings.public_entries},
          pool_{host.database_of("audit")},
          reading_{snapshots(host.database_of("audit"))},
          sequencer_{migrated(pool_, signer_), signer_, [this] { return complete_until(); }},
          consumer_{pool_, consumer_options(host), learn, [this] { sequencer_.wake(); }},
          recomputer_{host.database_of("audit"), signer_},
          reports_{report_desk_},
          recomputations_{recomputer_},
          log_{ledger_desk_, access_, signer_} {
        (void)sequencer_.inspect();  // What is wrong already shows before anybody asks.
        reports_.mount(host.router);
        recomputations_.mount(host.router);
        log_.mount(host.router);
        events::report_consumer(host.health, "audit", consumer_);
        host.health.check("audit-ledger", false, [this] { return sequencer_.finding(); });
        host.health.check("audit-queue", true, [this] { return sequencer_.queue_finding(); });
    }

    /// The consumer's thread wakes the sequencer's, which asks the consumer how fresh it is: neither may die
    /// while the other still runs, also when `start` throws half way.
    ~Audit() override { stop(); }

    std::string_view name() const override { return "audit"; }
    void start() override {
        sequencer_.start();
        consumer_.start();
        recomputer_.start();
    }
    void stop() override {
        recomputer_.stop();
        consumer_.stop();
        sequencer_.stop();
    }

private:
    /// A name that cannot be learnt is set aside; without a pairing, a placement, a certification (they come
    /// with their offers) or a sale the ledger would be wrong for ever, so that it waits; and what is to be
    /// forgotten is not left lying.
    static events::ConsumerOptions consumer_options(const chassis::Host& host) {
        auto options = host.consumer_of("audit", {"catalog", "trace", "channel", "orders"});
        options.trust_changed = [](database::Session&) {};  // Nothing of it is kept in memory.
        options.never_set_aside = {"shanhai.event.v1.OrderPaid", "shanhai.event.v1.PairingDeclared",
                                   "shanhai.event.v1.PlacementRegistered", "shanhai.event.v1.OfferPublished",
                                   "shanhai.event.v1.OrderErased"};
        return options;
    }

    /// The moment up to which we know every pairing, certification and placement there is.
    Instant complete_until() const {
        const auto age = std::max(consumer_.age("catalog"), consumer_.age("channel"));
        return pool_.clock().now() - age - clock_margin;
    }

    NoteSigner signer_;
    LedgerAccess access_;
    database::Pool pool_;
    database::Pool reading_;  ///< Each answer from one state of the ledger.
    Sequencer sequencer_;
    events::Consumer consumer_;
    Recomputer recomputer_;
    ReportDesk report_desk_{reading_};
    LedgerDesk ledger_desk_{reading_};
    ReportRoutes reports_;
    RecomputationRoutes recomputations_;
    LogRoutes log_;
};

}  // namespace

NoteSigner ledger_signer(const config::Settings& settings, const security::Secrets& secrets) {
    auto key = security::Ed25519Key::from_pem(secrets.read("ledger_private"));
    if (!key) throw std::runtime_error{"audit: the secret ledger_private is not an Ed25519 key in PEM"};
    return {settings.ledger_origin, std::move(*key)};
}

std::unique_ptr<chassis::Service> make_service(chassis::Host& host) { return std::make_unique<Audit>(host); }

}  // namespace shanhai::audit
