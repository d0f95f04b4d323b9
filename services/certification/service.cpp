#include "certification/service.hpp"

#include "certification/application/applying.hpp"
#include "certification/application/certifying.hpp"
#include "certification/events/learned.hpp"
#include "certification/events/outgoing.hpp"
#include "certification/http/application_routes.hpp"
#include "certification/http/certification_routes.hpp"
#include "certification/http/notice_routes.hpp"
#include "certification/http/proposal_routes.hpp"
#include "certification/http/sample_routes.hpp"
#include "certification/http/scheme_routes.hpp"
#include "chassis/service/backbone.hpp"

namespace shanhai::certification {
namespace {

class Certifications {
public:
    explicit Certifications(chassis::Backbone& backbone)
        : cursors_{backbone.secrets().key("cursor")},
          certifying_{backbone.pool(), announce, [&backbone] { backbone.facts_committed(); }},
          applying_{backbone.pool(), {announce, announce_step, [&backbone] { backbone.facts_committed(); }}},
          certifications_{certifying_, cursors_, backbone.pool().clock()},
          proposals_{certifying_, cursors_, backbone.pool().clock()},
          samples_{certifying_, backbone.secrets().read("internal_backfill")} {
        backbone.mount(certifications_, proposals_, schemes_, applications_, notices_);
        if (backbone.settings().backfill) samples_.mount(backbone.host().internal);
        backbone.tell_facts();
        auto learning = backbone.learning_from({"identity", "catalog"});
        // Nothing of it is kept in memory: whoever asks for a thing asks whether it is trusted, too.
        learning.trust_changed = [](database::Session&) {};
        learning.never_set_aside = indispensable_facts();
        backbone.learn_facts(std::move(learning), lessons(announce),
                             [&backbone] { backbone.facts_committed(); });
    }

private:
    http::Cursors cursors_;
    Certifying certifying_;
    Applying applying_;
    CertificationRoutes certifications_;
    ProposalRoutes proposals_;
    SchemeRoutes schemes_{applying_, cursors_};
    ApplicationRoutes applications_{applying_, cursors_};
    NoticeRoutes notices_{applying_, cursors_};
    SampleRoutes samples_;
};

}  // namespace

std::unique_ptr<chassis::Service> make_service(chassis::Host& host) {
    return std::make_unique<chassis::Wired<Certifications>>(host, "certification", schema());
}

}  // namespace shanhai::certification
