#include "orders/service.hpp"

#include "chassis/events/findings.hpp"
#include "chassis/observe/log.hpp"
#include "chassis/observe/metrics.hpp"
#include "chassis/periodic.hpp"
#include "orders/application/batching_desk.hpp"
#include "orders/application/quarantine.hpp"
#include "orders/application/rescue.hpp"
#include "orders/events/learned.hpp"
#include "orders/events/outgoing.hpp"
#include "orders/http/backfill_routes.hpp"
#include "orders/http/order_routes.hpp"
#include "orders/http/payment_routes.hpp"
#include "orders/http/stock_routes.hpp"
#include "orders/store/fact_store.hpp"
#include "orders/store/retention.hpp"
#include "orders/store/sandbox_provider.hpp"

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <string>

namespace shanhai::orders {
namespace {

constexpr std::chrono::seconds database_patience{60};
constexpr std::chrono::milliseconds tick{1000};
constexpr std::chrono::milliseconds keeping_tick{5000};
constexpr std::chrono::hours unpaid_life{7 * 24};
constexpr std::chrono::minutes stranded_pause{1};
constexpr std::uint64_t order_number_block = 20'000;
constexpr std::uint64_t row_number_block = 1'000'000;

class OrdersService final : public chassis::Service {
public:
    explicit OrdersService(chassis::Host& host)
        : settings_{host.settings},
          pool_{host.database_of("orders")},
          relay_{pool_, "orders", host.redis()},
          vault_{host.secrets.key("vault_master"), host.secrets.key("phone_hmac")},
          sandbox_{pool_, host.settings.public_url, host.secrets.key("sandbox_provider")},
          access_{host.secrets.key("order_access")},
          consumer_{pool_, consumer_options(host), learn, [this] { refresh_offers(); }},
          order_routes_{desk_, offers_, access_, staff_actions_, pool_.clock(), rules(host)},
          stock_routes_{desk_, offers_, pool_.clock(), http::Cursors{host.secrets.key("cursor")}},
          backfill_routes_{desk_, offers_, pool_.clock(), host.secrets.read("internal_backfill")} {
        const auto migrated = database::migrate(pool_, schema(), database_patience);
        if (!migrated) throw std::runtime_error{"orders: " + migrated.error().message()};
        refresh_offers();
        const auto holds = holds_.refresh(pool_);
        if (!holds) throw std::runtime_error{"orders: " + holds.error().message()};
        if (settings_.sandbox_payments) {
            providers_.add(sandbox_);
            sandbox_routes_.mount(host.router);
        }
        look_for_stranded();
        order_routes_.mount(host.router);
        payment_routes_.mount(host.router);
        stock_routes_.mount(host.router);
        if (settings_.backfill) backfill_routes_.mount(host.internal);
        events::mount_feed(host.internal, pool_, "orders", host.secrets.read("internal_feed"));
        events::report_relay(host.health, "orders", relay_);
        events::report_consumer(host.health, "orders", consumer_);
        host.health.check("orders catalogue", true, [this] { return catalogue_finding(); });
        host.health.check("orders payments", true, [this] { return payments_finding(); });
        observe::Metrics::process().gauge("shanhai_orders_unpaid_holds",
                                          "Unpaid orders that hold goods, as this process knows them", {},
                                          [this] { return static_cast<double>(holds_.size()); });
    }

    ~OrdersService() override { stop(); }

    std::string_view name() const override { return "orders"; }

    void start() override {
        relay_.start();
        consumer_.start();
        applier_.start();
        sweeper_.start();
        poller_.start();
        holds_reader_.start();
        keeper_.start();
    }

    void stop() override {
        desk_.stop();
        keeper_.stop();
        holds_reader_.stop();
        poller_.stop();
        sweeper_.stop();
        applier_.stop();
        consumer_.stop();
        relay_.stop();
    }

private:
    /// Of what decides whether goods may be sold: the offers, and the lots, of which one may be blocked.
    std::chrono::milliseconds facts_age() const {
        return std::max(consumer_.age("catalog"), consumer_.age("trace"));
    }

    /// Orders are refused on an old catalogue, so its age is worth knowing even before that.
    observe::Health::Finding catalogue_finding() const {
        const auto age = std::chrono::floor<std::chrono::seconds>(facts_age());
        return {age.count() <= settings_.catalogue_age_max_seconds,
                "age of the catalogue: " + std::to_string(age.count()) + " s"};
    }

    static events::ConsumerOptions consumer_options(const chassis::Host& host) {
        auto options = host.consumer_of("orders", {"catalog", "trace", "channel"});
        options.trust_changed = touch_facts;
        return options;
    }

    static HoldCaps caps_of(const config::Settings& settings) {
        return {settings.hold_orders_per_telephone, settings.hold_orders_per_address,
                settings.hold_orders_per_network, settings.hold_shelf_percent, settings.hold_network_percent};
    }

    /// Payments that are open at a provider that is not used any more: nobody can be asked about them. Looks
    /// again from time to time, since a human ends them meanwhile.
    void look_for_stranded() {
        if (pool_.clock().steady() < look_again_) return;
        std::vector<std::string> names{std::string{sample_provider}};
        if (settings_.sandbox_payments) names.emplace_back(sandbox_.name());
        const auto found = Quarantine{pool_, publish_facts}.stranded(names);
        if (!found) return;
        look_again_ = pool_.clock().steady() + stranded_pause;
        if (stranded_.exchange(found->size()) == found->size() || found->empty()) return;
        observe::log_error("payments-stranded",
                           std::to_string(found->size()) +
                               " payments are open at providers that are not used any more, " +
                               found->front().provider + " for one: see shanhai payments stranded");
    }
    observe::Health::Finding payments_finding() const {
        if (const auto stuck = closing_.stuck(); stuck > 0) {
            return {false,
                    std::to_string(stuck) + " unpaid orders cannot be ended: see the log and shanhai check"};
        }
        const auto stranded = stranded_.load();
        if (stranded == 0) return {true, ""};
        return {false, std::to_string(stranded) + " payments at providers that are not used any more"};
    }

    OrderRoutes::Rules rules(const chassis::Host& host) {
        OrderRoutes::Rules rules;
        rules.attribution_key = host.secrets.key("attribution");
        if (host.secrets.exists("attribution_previous")) {
            rules.previous_attribution_key = host.secrets.key("attribution_previous");
        }
        rules.catalogue_age_max = std::chrono::seconds{settings_.catalogue_age_max_seconds};
        rules.catalogue_age = [this] { return facts_age(); };
        return rules;
    }

    /// Reads the facts into memory when they changed, by this process or by another copy of the service. Only
    /// the constructor and then the consumer's thread come here.
    void refresh_offers() {
        std::uint64_t version = 0;
        const auto read = [&](database::Session& session) -> Result<std::optional<OfferBook>> {
            version = fact_version(session);
            if (version == shown_version_) return std::optional<OfferBook>{};
            return std::optional{load_book(session)};
        };
        auto book = pool_.transact_blocking(read);
        if (!book) throw std::runtime_error{"orders: " + book.error().message()};
        if (*book) offers_.set(std::move(**book));
        shown_version_ = version;  // Not before: the work may have run twice.
    }

    const config::Settings& settings_;
    database::Pool pool_;
    events::Relay relay_;
    Vault vault_;
    Published<OfferBook> offers_;
    std::uint64_t shown_version_ = 0;
    HoldLedger holds_{caps_of(settings_)};
    std::atomic<std::size_t> stranded_ = 0;
    Clock::Steady look_again_{};  ///< Of the constructor, then of the keeper's thread.
    Numbers order_numbers_{pool_, "order", order_number_block};
    Numbers row_numbers_{pool_, "row", row_number_block};
    Books books_{pool_,
                 offers_,
                 vault_,
                 order_numbers_,
                 row_numbers_,
                 publish_facts,
                 [this] { relay_.wake(); },
                 std::chrono::seconds{settings_.reservation_seconds},
                 std::chrono::seconds{std::min(settings_.hold_seconds, settings_.reservation_seconds)},
                 holds_.caps().none() ? nullptr : &holds_};
    SandboxProvider sandbox_;
    Providers providers_;
    OrderAccess access_;
    StaffActions staff_actions_{pool_};
    Notifications notifications_{books_};
    Payments payments_{books_, providers_};
    Closing closing_{books_, providers_};
    chassis::Periodic applier_{"orders-notifications", tick, [this] { notifications_.apply_waiting(); }};
    Rescue rescue_{books_, closing_};
    Retention retention_{pool_, unpaid_life};
    chassis::Periodic sweeper_{"orders-expiry", tick, [this] {
                                   closing_.expire_due();
                                   rescue_.run();
                               }};
    chassis::Periodic holds_reader_{"orders-holds", tick, [this] {
                                        const auto read = holds_.refresh(pool_);
                                        if (!read)
                                            observe::log_warning("holds-not-read", read.error().message());
                                    }};
    chassis::Periodic keeper_{"orders-retention", keeping_tick, [this] {
                                  retention_.run();
                                  look_for_stranded();
                              }};
    chassis::Periodic poller_{"orders-payments", tick, [this] {
                                  payments_.poll();
                                  payments_.refund_due();
                              }};
    BatchingDesk desk_{books_, providers_, [this] { applier_.wake(); }, BatchingDesk::Limits{}};
    events::Consumer consumer_;
    OrderRoutes order_routes_;
    PaymentRoutes payment_routes_{desk_, providers_, access_, pool_.clock()};
    SandboxRoutes sandbox_routes_{sandbox_, payment_routes_, desk_};
    StockRoutes stock_routes_;
    BackfillRoutes backfill_routes_;
};

}  // namespace

std::unique_ptr<chassis::Service> make_service(chassis::Host& host) {
    return std::make_unique<OrdersService>(host);
}

}  // namespace shanhai::orders
