#include "trace/service.hpp"

#include "chassis/service/backbone.hpp"
#include "trace/cards_refresher.hpp"
#include "trace/events/base_events.hpp"
#include "trace/events/catalog_facts.hpp"
#include "trace/events/lot_events.hpp"
#include "trace/http/base_routes.hpp"
#include "trace/http/lot_routes.hpp"
#include "trace/store/known_facts.hpp"
#include "trace/store/mysql_registry.hpp"

namespace shanhai::trace {
namespace {

class Trace {
public:
    explicit Trace(chassis::Backbone& backbone)
        : cursors_{backbone.secrets().key("cursor")},
          refresher_{backbone.pool(), cards_},
          registry_{backbone.pool(), {announce, announce_bases}, [this, &backbone] {
                        backbone.facts_committed(), refresher_.wake();
                    }} {
        backbone.must(registry_.tell_again_after_an_upgrade());
        backbone.must(refresher_.refresh());
        backbone.mount(base_routes_, lot_routes_, cards_);
        backbone.tell_facts();
        backbone.run(refresher_);
        auto learning = backbone.learning_from({"catalog"});
        learning.trust_changed = database::touch_everything;
        backbone.learn_facts(std::move(learning), lessons(), [this] { refresher_.wake(); });
    }

private:
    http::Cursors cursors_;
    OriginCardRoutes cards_;
    CardsRefresher refresher_;
    MysqlRegistry registry_;
    BaseRoutes base_routes_{registry_, cursors_};
    LotRoutes lot_routes_{registry_, cursors_};
};

}  // namespace

std::unique_ptr<chassis::Service> make_service(chassis::Host& host) {
    return std::make_unique<chassis::Wired<Trace>>(host, "trace", schema());
}

}  // namespace shanhai::trace
