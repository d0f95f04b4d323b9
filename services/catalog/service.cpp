#include "catalog/service.hpp"

#include "catalog/events/announcer.hpp"
#include "catalog/events/organisation_facts.hpp"
#include "catalog/http/certification_routes.hpp"
#include "catalog/http/place_routes.hpp"
#include "catalog/http/product_routes.hpp"
#include "catalog/http/sample_routes.hpp"
#include "catalog/http/showcase.hpp"
#include "catalog/store/mysql_catalog_store.hpp"
#include "chassis/events/consumer.hpp"
#include "chassis/events/findings.hpp"
#include "chassis/periodic.hpp"

#include <stdexcept>

namespace shanhai::catalog {
namespace {

using namespace std::chrono_literals;

constexpr auto database_patience = 60s;
constexpr auto refresh_tick = 500ms;

template <class T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error{"catalog: " + result.error().message()};
    return std::move(*result);
}

/// The wiring diagram. Members are built in this order and destroyed in the reverse.
class CatalogService final : public chassis::Service {
public:
    explicit CatalogService(chassis::Host& host)
        : pool_{host.database_of("catalog")},
          relay_{pool_, "catalog", host.redis()},
          cursors_{host.secrets.key("cursor")},
          samples_{store_, showcase_, host.secrets.read("internal_backfill")},
          consumer_{pool_, consumer_options(host),
                    [](database::Session& session, const events::Frame&, const events::Event& event) {
                        apply_organisation_fact(session, event);
                    },
                    [] {}} {
        must(database::migrate(pool_, schema(), database_patience));
        must(store_.tell_again_after_an_upgrade());
        showcase_.show(must(store_.load_now()));
        places_.mount(host.router);
        products_.mount(host.router);
        certifications_.mount(host.router);
        if (host.settings.backfill) samples_.mount(host.internal);
        events::mount_feed(host.internal, pool_, "catalog", host.secrets.read("internal_feed"));
        events::report_relay(host.health, "catalog", relay_);
        events::report_consumer(host.health, "catalog", consumer_);
    }

    std::string_view name() const override { return "catalog"; }

    void start() override {
        relay_.start();
        refresher_.start();
        consumer_.start();
    }

    void stop() override {
        consumer_.stop();
        refresher_.stop();
        relay_.stop();
    }

private:
    static events::ConsumerOptions consumer_options(const chassis::Host& host) {
        auto options = host.consumer_of("catalog", {"identity"});
        // Nothing of an organisation is kept in memory: whoever asks for one asks whether it is trusted, too.
        options.trust_changed = [](database::Session&) {};
        return options;
    }

    /// Shows what other processes wrote, and what the clock changed.
    void refresh() {
        const auto revision = must(store_.revision_now());
        if (revision != showcase_.view()->facts->revision) showcase_.show(must(store_.load_now()));
        showcase_.tick();
    }

    database::Pool pool_;
    events::Relay relay_;
    http::Cursors cursors_;
    MysqlCatalogStore store_{pool_, announce, [this] { relay_.wake(); }};
    Showcase showcase_{pool_.clock()};
    PlaceRoutes places_{store_, showcase_, cursors_};
    ProductRoutes products_{store_, showcase_, cursors_};
    CertificationRoutes certifications_{store_, showcase_, cursors_};
    SampleRoutes samples_;
    chassis::Periodic refresher_{"catalog-refresh", refresh_tick, [this] { refresh(); }};
    events::Consumer consumer_;
};

}  // namespace

std::unique_ptr<chassis::Service> make_service(chassis::Host& host) {
    return std::make_unique<CatalogService>(host);
}

}  // namespace shanhai::catalog
