#include "channel/service.hpp"

#include "channel/application/scan_writer.hpp"
#include "channel/board_refresher.hpp"
#include "channel/events/catalog_facts.hpp"
#include "channel/events/placement_events.hpp"
#include "channel/http/campaign_routes.hpp"
#include "channel/http/code_routes.hpp"
#include "channel/http/placement_routes.hpp"
#include "channel/store/known_facts.hpp"
#include "channel/store/mysql_channel_store.hpp"
#include "chassis/service/backbone.hpp"

namespace shanhai::channel {
namespace {

class Channel {
public:
    explicit Channel(chassis::Backbone& backbone)
        : clock_{backbone.pool().clock()},
          cursors_{backbone.secrets().key("cursor")},
          scan_tokens_{backbone.secrets().key("scan_token")},
          attributions_{backbone.secrets().key("attribution")},
          board_{backbone.pool(), scan_routes_},
          scan_writer_{backbone.pool(), counts_},
          store_{backbone.pool(), announce, [this, &backbone] { backbone.facts_committed(), board_.wake(); }},
          code_routes_{store_, scan_tokens_, backbone.settings().public_url} {
        backbone.must(board_.refresh());
        backbone.mount(scan_routes_, campaign_routes_, placement_routes_, code_routes_);
        backbone.tell_facts();
        backbone.run(scan_writer_, board_);  // The last scans are written when no request counts any more.
        auto learning = backbone.learning_from({"catalog"});
        learning.trust_changed = database::touch_everything;
        backbone.learn_facts(std::move(learning), lessons(), [this] { board_.wake(); });
    }

private:
    const Clock& clock_;
    http::Cursors cursors_;
    ScanTokens scan_tokens_;
    Attributions attributions_;
    ScanCounts counts_;
    ScanRoutes scan_routes_{scan_tokens_, attributions_, counts_, clock_, [this] { board_.wake(); }};
    BoardRefresher board_;
    ScanWriter scan_writer_;
    MysqlChannelStore store_;
    CodeRoutes code_routes_;
    CampaignRoutes campaign_routes_{store_, cursors_};
    PlacementRoutes placement_routes_{store_,       cursors_, scan_tokens_,
                                      code_routes_, clock_,   [this] { return board_.refresh_now(); }};
};

}  // namespace

std::unique_ptr<chassis::Service> make_service(chassis::Host& host) {
    return std::make_unique<chassis::Wired<Channel>>(host, "channel", schema());
}

}  // namespace shanhai::channel
