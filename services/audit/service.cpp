#include "audit/service.hpp"

#include "audit/events/learned_facts.hpp"
#include "audit/events/sequencer.hpp"
#include "audit/http/log_routes.hpp"
#include "audit/http/report_routes.hpp"
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
    return pool;
}

security::Ed25519Key ledger_key(const security::Secrets& secrets) {
    auto key = security::Ed25519Key::from_pem(secrets.read("ledger_private"));
    if (!key) throw std::runtime_error{"audit: the secret ledger_private is not an Ed25519 key in PEM"};
    return std::move(*key);
}

class Audit final : public chassis::Service {
public:
    explicit Audit(chassis::Host& host)
        : signer_{host.settings.ledger_origin, ledger_key(host.secrets)},
          verifier_{host.secrets.read("access_token_public")},
          pool_{host.database_of("audit")},
          sequencer_{migrated(pool_, signer_), signer_, [this] { return complete_until(); }},
          consumer_{pool_, consumer_options(host), learn, [this] { sequencer_.wake(); }},
          reports_{pool_, verifier_},
          log_{pool_, verifier_, signer_} {
        reports_.mount(host.router);
        log_.mount(host.router);
        events::report_consumer(host.health, "audit", consumer_);
    }

    std::string_view name() const override { return "audit"; }
    void start() override {
        sequencer_.start();
        consumer_.start();
    }
    void stop() override {
        consumer_.stop();
        sequencer_.stop();
    }

private:
    /// A name that cannot be learnt is set aside; without a pairing, a placement or a sale the ledger would
    /// be wrong for ever, so that it waits.
    static events::ConsumerOptions consumer_options(const chassis::Host& host) {
        auto options = host.consumer_of("audit", {"catalog", "trace", "channel", "orders"});
        options.trust_changed = [](database::Session&) {};  // Nothing of it is kept in memory.
        options.never_set_aside = {"shanhai.event.v1.OrderPaid", "shanhai.event.v1.PairingDeclared",
                                   "shanhai.event.v1.PlacementRegistered"};
        return options;
    }

    /// The moment up to which we know every pairing and placement there is.
    Instant complete_until() const {
        const auto age = std::max(consumer_.age("catalog"), consumer_.age("channel"));
        return now() - age - clock_margin;
    }

    NoteSigner signer_;
    security::TokenVerifier verifier_;
    database::Pool pool_;
    Sequencer sequencer_;
    events::Consumer consumer_;
    ReportRoutes reports_;
    LogRoutes log_;
};

}  // namespace

std::unique_ptr<chassis::Service> make_service(chassis::Host& host) { return std::make_unique<Audit>(host); }

}  // namespace shanhai::audit
