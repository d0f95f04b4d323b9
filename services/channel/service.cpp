#include "channel/service.hpp"

#include "channel/events/catalog_facts.hpp"
#include "channel/events/placement_events.hpp"
#include "channel/http/campaign_routes.hpp"
#include "channel/http/code_routes.hpp"
#include "channel/http/placement_routes.hpp"
#include "channel/http/scan_routes.hpp"
#include "channel/store/known_facts.hpp"
#include "channel/store/mysql_channel_store.hpp"
#include "channel/store/scan_flush.hpp"
#include "channel/store/screens.hpp"
#include "chassis/events/findings.hpp"
#include "chassis/observe/log.hpp"
#include "chassis/observe/metrics.hpp"
#include "chassis/periodic.hpp"

#include <stdexcept>
#include <string>

namespace shanhai::channel {
namespace {

constexpr std::chrono::seconds database_patience{60};
/// How soon a change made by another copy of this service shows on the board.
constexpr std::chrono::milliseconds board_tick{1000};
/// What a crash may lose of the scan counts.
constexpr std::chrono::milliseconds flush_tick{2000};

class ChannelService final : public chassis::Service {
public:
    explicit ChannelService(chassis::Host& host)
        : pool_{host.database_of("channel")},
          relay_{pool_, "channel", host.redis()},
          cursors_{host.secrets.key("cursor")},
          scan_tokens_{host.secrets.key("scan_token")},
          attributions_{host.secrets.key("attribution")},
          code_routes_{store_, scan_tokens_, host.settings.public_url},
          consumer_{pool_, consumer_options(host),
                    [](database::Session& session, const events::Frame&, const events::Event& event) {
                        apply_catalog_fact(session, event);
                    },
                    [this] { board_refresher_.wake(); }} {
        const auto migrated = database::migrate(pool_, schema(), database_patience);
        if (!migrated) throw std::runtime_error{"channel: " + migrated.error().message()};
        refresh_board();
        scan_routes_.mount(host.router);
        campaign_routes_.mount(host.router);
        placement_routes_.mount(host.router);
        code_routes_.mount(host.router);
        events::mount_feed(host.internal, pool_, "channel", host.secrets.read("internal_feed"));
        events::report_relay(host.health, "channel", relay_);
        events::report_consumer(host.health, "channel", consumer_);
    }

    std::string_view name() const override { return "channel"; }

    void start() override {
        relay_.start();
        board_refresher_.start();
        flusher_.start();
        consumer_.start();
    }

    void stop() override {
        consumer_.stop();
        board_refresher_.stop();
        flusher_.stop();  // The last flush: no request counts any more.
        relay_.stop();
    }

private:
    static events::ConsumerOptions consumer_options(const chassis::Host& host) {
        auto options = host.consumer_of("channel", {"catalog"});
        options.trust_changed = touch_revision;
        return options;
    }

    void on_commit() {
        relay_.wake();
        board_refresher_.wake();
    }

    /// Puts what the database says on the board, unless it is there.
    Result<Done> show_current(database::Session& session) {
        if (revision(session) == scan_routes_.shown_revision()) return Done{};
        auto screens = load_screens(session);
        scan_routes_.show(screens.revision, std::move(screens.all));
        return Done{};
    }
    void refresh_board() {
        const auto read = [this](database::Session& session) { return show_current(session); };
        const auto shown = pool_.transact_blocking(read);
        if (!shown) throw std::runtime_error{shown.error().message()};
    }
    /// The same for a request that must see its own change; the refresher tries again what fails here.
    boost::asio::awaitable<void> refresh_board_now() {
        auto read = [this](database::Session& session) { return show_current(session); };
        const auto shown = co_await pool_.transact(std::move(read));
        if (!shown) board_refresher_.wake();
    }

    void flush_scans() {
        const auto flushed = flush_.flush();
        const auto dropped = counts_.dropped();
        scans_dropped_.add(static_cast<double>(dropped - dropped_reported_));
        dropped_reported_ = dropped;
        if (flushed) return;
        observe::log_warning("scans-not-flushed", flushed.error().message());
    }

    database::Pool pool_;
    events::Relay relay_;
    http::Cursors cursors_;
    ScanTokens scan_tokens_;
    Attributions attributions_;
    ScanCounts counts_;
    ScanFlush flush_{pool_, counts_};
    observe::Metrics::Counter& scans_dropped_ = observe::Metrics::process().counter(
        "channel_scans_dropped_total", "Scans that were answered but not counted for want of room.");
    std::uint64_t dropped_reported_ = 0;  // For the flusher's thread.
    MysqlChannelStore store_{pool_, announce, [this] { on_commit(); }};
    ScanRoutes scan_routes_{scan_tokens_, attributions_, counts_, pool_.clock(),
                            [this] { board_refresher_.wake(); }};
    CodeRoutes code_routes_;
    CampaignRoutes campaign_routes_{store_, cursors_};
    PlacementRoutes placement_routes_{store_,       cursors_,      scan_tokens_,
                                      code_routes_, pool_.clock(), [this] { return refresh_board_now(); }};
    chassis::Periodic board_refresher_{"channel-board", board_tick, [this] { refresh_board(); }};
    chassis::Periodic flusher_{"channel-scans", flush_tick, [this] { flush_scans(); }};
    events::Consumer consumer_;
};

}  // namespace

std::unique_ptr<chassis::Service> make_service(chassis::Host& host) {
    return std::make_unique<ChannelService>(host);
}

}  // namespace shanhai::channel
