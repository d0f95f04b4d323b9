#include "certification/service.hpp"

#include "certification/application/certifying.hpp"
#include "certification/events/learned.hpp"
#include "certification/events/outgoing.hpp"
#include "certification/http/certification_routes.hpp"
#include "certification/http/proposal_routes.hpp"
#include "certification/http/sample_routes.hpp"
#include "certification/http/year_routes.hpp"
#include "certification/publications.hpp"
#include "chassis/service/backbone.hpp"

namespace shanhai::certification {
namespace {

class Certifications {
public:
    explicit Certifications(chassis::Backbone& backbone)
        : cursors_{backbone.secrets().key("cursor")},
          certifying_{backbone.pool(), {announce, announce_proposal, committed(backbone)}},
          applying_{backbone.pool(), {announce, announce_step, announce_objected, committed(backbone)}},
          certifications_{certifying_, cursors_, backbone.pool().clock()},
          proposals_{certifying_, cursors_, backbone.pool().clock()},
          year_{backbone, applying_, cursors_},
          publications_{backbone, cursors_},
          samples_{certifying_, backbone.secrets().read("internal_backfill")} {
        backbone.mount(certifications_, proposals_, year_, publications_);
        if (backbone.settings().backfill) samples_.mount(backbone.host().internal);
        backbone.tell_facts();
        backbone.must(certifying_.tell_untold());
        auto learning = backbone.learning_from({"identity", "catalog", "trace"});
        // Nothing of it is kept in memory: whoever asks for a thing asks whether it is trusted, too.
        learning.trust_changed = [](database::Session&) {};
        learning.never_set_aside = indispensable_facts();
        backbone.learn_facts(std::move(learning), lessons(announce), committed(backbone));
        backbone.run(lapses_);
    }

private:
    http::Cursors cursors_;
    Certifying certifying_;
    Applying applying_;
    CertificationRoutes certifications_;
    ProposalRoutes proposals_;
    YearRoutes year_;
    Publications publications_;
    SampleRoutes samples_;
    chassis::Periodic lapses_{"lapsed-papers", std::chrono::minutes{1},
                              [this] { return certifying_.suspend_lapsed(); }};
};

}  // namespace

std::unique_ptr<chassis::Service> make_service(chassis::Host& host) {
    return std::make_unique<chassis::Wired<Certifications>>(host, "certification", schema());
}

}  // namespace shanhai::certification
