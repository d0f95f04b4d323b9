#include "orders/service.hpp"

#include "chassis/service/backbone.hpp"
#include "orders/application/back_office.hpp"
#include "orders/application/batching_desk.hpp"
#include "orders/application/catalogue_age.hpp"
#include "orders/events/learned.hpp"
#include "orders/events/outgoing.hpp"
#include "orders/http/front_office.hpp"
#include "orders/store/fact_store.hpp"
#include "orders/store/sandbox_provider.hpp"

namespace shanhai::orders {
namespace {

class Orders {
public:
    explicit Orders(chassis::Backbone& backbone)
        : sandbox_{backbone.pool(), backbone.settings().public_url,
                   backbone.secrets().key("sandbox_provider")},
          room_{backbone.pool(), backbone.settings(), backbone.secrets(), publish_facts,
                [&backbone] { backbone.facts_committed(); }},
          staff_actions_{backbone.pool()},
          front_office_{{desk_, room_.offers(), providers_, staff_actions_, lookup_, stock_watch_, sandbox_,
                         backbone.pool().clock()},
                        backbone.settings(),
                        backbone.secrets(),
                        catalogue_age(backbone)} {
        if (backbone.settings().sandbox_payments) providers_.add(sandbox_);
        backbone.must(back_office_.look_first());
        front_office_.mount(backbone.host().router, backbone.host().internal);
        report_catalogue(backbone);
        back_office_.report(backbone.host().health);
        backbone.tell_facts();
        auto learning = backbone.learning_from({"catalog", "trace", "channel"});
        learning.trust_changed = database::touch_everything;
        const auto refresh = [this, &backbone] { backbone.must(room_.refresh_offers()); };
        backbone.learn_facts(std::move(learning), lessons(), refresh);
        backbone.run(back_office_, desk_);
    }

private:
    SandboxProvider sandbox_;
    Providers providers_;
    BookRoom room_;
    StaffActions staff_actions_;
    Lookup lookup_{room_.books()};
    StockWatch stock_watch_{room_.books()};
    BackOffice back_office_{room_, providers_};
    BatchingDesk desk_{room_.books(), providers_, [this] { back_office_.apply_notifications(); }, {}};
    FrontOffice front_office_;
};

}  // namespace

std::unique_ptr<chassis::Service> make_service(chassis::Host& host) {
    return std::make_unique<chassis::Wired<Orders>>(host, "orders", schema());
}

}  // namespace shanhai::orders
