#include "catalog/service.hpp"

#include "catalog/bundles.hpp"
#include "catalog/events/announcer.hpp"
#include "catalog/events/learned.hpp"
#include "catalog/http/licence_routes.hpp"
#include "catalog/http/picture_routes.hpp"
#include "catalog/http/place_routes.hpp"
#include "catalog/http/product_routes.hpp"
#include "catalog/showcase_refresher.hpp"
#include "chassis/service/backbone.hpp"

namespace shanhai::catalog {
namespace {

constexpr std::chrono::milliseconds heartbeat{1000};  // Who waits for certifications waits for it, too.

class Catalog {
public:
    explicit Catalog(chassis::Backbone& backbone)
        : cursors_{backbone.secrets().key("cursor")},
          store_{backbone.pool(), announce, [&backbone] { backbone.facts_committed(); }},
          showcase_{backbone.pool().clock()},
          uploads_{backbone, files::Taken::pictures},
          bundles_{backbone, showcase_, cursors_} {
        backbone.must(store_.tell_again_after_an_upgrade());
        backbone.must(refresher_.show_stored());
        backbone.mount(places_, licences_, products_, pictures_, bundles_);
        backbone.tell_facts({"certification"});
        backbone.run(refresher_);
        auto learning = backbone.learning_from({"identity", "certification"});
        learning.trust_changed = [](database::Session&) {};  // Who asks for an organisation asks that, too.
        learning.never_set_aside = indispensable_facts();
        learning.feed_every = heartbeat;
        backbone.learn_facts(std::move(learning), lessons(store_), [this, &backbone] {
            backbone.facts_committed();
            refresher_.wake();
        });
    }

private:
    http::Cursors cursors_;
    MysqlCatalogStore store_;
    Showcase showcase_;
    ShowcaseRefresher refresher_{store_, showcase_};
    files::Uploads uploads_;
    PictureRoutes pictures_{uploads_};
    PlaceRoutes places_{store_, showcase_, cursors_};
    LicenceRoutes licences_{store_, showcase_, cursors_};
    ProductRoutes products_{store_, showcase_, cursors_};
    Bundles bundles_;
};

}  // namespace

std::unique_ptr<chassis::Service> make_service(chassis::Host& host) {
    return std::make_unique<chassis::Wired<Catalog>>(host, "catalog", schema());
}

}  // namespace shanhai::catalog
