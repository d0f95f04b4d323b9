#include "trace/service.hpp"

#include "chassis/events/findings.hpp"
#include "chassis/periodic.hpp"
#include "trace/events/catalog_facts.hpp"
#include "trace/events/lot_events.hpp"
#include "trace/http/base_routes.hpp"
#include "trace/http/lot_routes.hpp"
#include "trace/http/origin_cards.hpp"
#include "trace/store/known_facts.hpp"
#include "trace/store/mysql_registry.hpp"
#include "trace/store/origin_facts.hpp"

#include <stdexcept>
#include <string>

namespace shanhai::trace {
namespace {

constexpr std::chrono::seconds database_patience{60};
/// How soon a change made by another copy of this service shows on the cards.
constexpr std::chrono::milliseconds cards_tick{1000};

class TraceService final : public chassis::Service {
public:
    explicit TraceService(chassis::Host& host)
        : pool_{host.database_of("trace")},
          relay_{pool_, "trace", host.redis()},
          cursors_{host.secrets.key("cursor")},
          registry_{pool_, announce, [this] { on_commit(); }},
          cards_refresher_{"trace-cards", cards_tick, [this] { refresh_cards(); }},
          consumer_{pool_, consumer_options(host),
                    [](database::Session& session, const events::Frame&, const events::Event& event) {
                        apply_catalog_fact(session, event);
                    },
                    [this] { cards_refresher_.wake(); }} {
        const auto migrated = database::migrate(pool_, schema(), database_patience);
        if (!migrated) throw std::runtime_error{"trace: " + migrated.error().message()};
        const auto told = registry_.tell_again_after_an_upgrade();
        if (!told) throw std::runtime_error{"trace: " + told.error().message()};
        refresh_cards();
        base_routes_.mount(host.router);
        lot_routes_.mount(host.router);
        cards_.mount(host.router);
        events::mount_feed(host.internal, pool_, "trace", host.secrets.read("internal_feed"));
        events::report_relay(host.health, "trace", relay_);
        events::report_consumer(host.health, "trace", consumer_);
    }

    std::string_view name() const override { return "trace"; }

    void start() override {
        relay_.start();
        cards_refresher_.start();
        consumer_.start();
    }

    void stop() override {
        consumer_.stop();
        cards_refresher_.stop();
        relay_.stop();
    }

private:
    static events::ConsumerOptions consumer_options(const chassis::Host& host) {
        auto options = host.consumer_of("trace", {"catalog"});
        options.trust_changed = touch_revision;
        return options;
    }

    void on_commit() {
        relay_.wake();
        cards_refresher_.wake();
    }

    /// Reads the cards' facts again when they or the day changed: a lot leaves its card on the day it
    /// expires.
    void refresh_cards() {
        const Date today = shanghai_date(pool_.clock().now());
        const auto read = [this, today](database::Session& session) -> Result<std::optional<OriginFacts>> {
            const bool current = revision(session) == shown_revision_ && today == shown_day_;
            if (current) return std::optional<OriginFacts>{};
            return std::optional{load_origin_facts(session)};
        };
        const auto facts = pool_.transact_blocking(read);
        if (!facts) throw std::runtime_error{facts.error().message()};
        if (!*facts) return;
        cards_.show(origin_cards(**facts, today));
        shown_revision_ = (*facts)->revision;
        shown_day_ = today;
    }

    database::Pool pool_;
    events::Relay relay_;
    http::Cursors cursors_;
    MysqlRegistry registry_;
    OriginCardRoutes cards_;
    BaseRoutes base_routes_{registry_, cursors_};
    LotRoutes lot_routes_{registry_, cursors_};
    // What the cards show now; the constructor and then the refresher's thread alone touch these two.
    std::uint64_t shown_revision_ = 0;
    Date shown_day_{};
    chassis::Periodic cards_refresher_;
    events::Consumer consumer_;
};

}  // namespace

std::unique_ptr<chassis::Service> make_service(chassis::Host& host) {
    return std::make_unique<TraceService>(host);
}

}  // namespace shanhai::trace
