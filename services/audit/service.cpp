#include "audit/service.hpp"

#include "audit/application/opening.hpp"
#include "audit/events/learned_facts.hpp"
#include "audit/events/sequencer.hpp"
#include "audit/http/log_routes.hpp"
#include "audit/http/recomputation_routes.hpp"
#include "audit/http/report_routes.hpp"
#include "audit/http/sales_routes.hpp"
#include "chassis/service/backbone.hpp"
namespace shanhai::audit {
namespace {

class Audit {
public:
    explicit Audit(chassis::Backbone& backbone)
        : signer_{ledger_signer(backbone.settings(), backbone.secrets())},
          access_{LedgerAccess::of(backbone.settings(), backbone.secrets())},
          reading_{snapshots(backbone.pool().options())},
          sequencer_{backbone.pool(), signer_, [&backbone] { return complete_until(backbone); }},
          recomputer_{backbone.pool().options(), signer_} {
        backbone.must(open_ledger(backbone.pool(), signer_));
        (void)sequencer_.inspect();  // What is wrong already shows before anybody asks.
        backbone.mount(reports_, recomputations_, sales_, log_);
        sequencer_.report(backbone.host().health);
        backbone.run(sequencer_);
        auto learning = backbone.learning_from({"catalog", "trace", "channel", "orders"});
        learning.trust_changed = [](database::Session&) {};  // Nothing of it is kept in memory.
        learning.never_set_aside = indispensable_facts();
        backbone.learn_facts(std::move(learning), lessons(), [this] { sequencer_.wake(); });
        backbone.run(recomputer_);
    }

private:
    /// The moment up to which we know every pairing, certification and placement there is.
    static Instant complete_until(chassis::Backbone& backbone) {
        constexpr std::chrono::seconds margin{1};  // Between our clock and the producers' databases'.
        const auto age = std::max(backbone.age_of("catalog"), backbone.age_of("channel"));
        return backbone.pool().clock().now() - age - margin;
    }

    NoteSigner signer_;
    LedgerAccess access_;
    database::Pool reading_;  ///< Each answer from one state of the ledger.
    Sequencer sequencer_;
    Recomputer recomputer_;
    LedgerDesk ledger_desk_{reading_};
    ReportRoutes reports_{ReportDesk{reading_}};
    RecomputationRoutes recomputations_{recomputer_};
    SalesRoutes sales_{SalesDesk{reading_}};
    LogRoutes log_{ledger_desk_, access_, signer_};
};

}  // namespace

std::unique_ptr<chassis::Service> make_service(chassis::Host& host) {
    return std::make_unique<chassis::Wired<Audit>>(host, "audit", schema());
}

}  // namespace shanhai::audit
