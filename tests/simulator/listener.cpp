#include "simulator/listener.hpp"

#include "chassis/events/condense.hpp"
#include "chassis/events/outbox.hpp"
#include "chassis/events/position.hpp"
#include "chassis/security/crypto.hpp"
#include "shanhai/event/v1/orders.pb.h"

#include <stdexcept>

namespace shanhai::simulator {
namespace {

namespace v1 = event::v1;

constexpr std::size_t frames_at_once = 5;  // Few, so that a run has many batches.
constexpr std::size_t bytes_at_once = 1 << 20;

void count(database::Session& session, const char* what, std::uint64_t order) {
    session.execute(
        "INSERT INTO told (what, order_id, times) VALUES (?, ?, 1) ON DUPLICATE KEY UPDATE times = times + 1",
        what, order);
}

/// All that learn() counts, and of stock the latest.
std::vector<events::Wanted> wanted() {
    using events::Past;
    return {{"shanhai.event.v1.OrderPlaced", Past::every_fact},
            {"shanhai.event.v1.OrderPaid", Past::every_fact},
            {"shanhai.event.v1.OrderExpired", Past::every_fact},
            {"shanhai.event.v1.OrderCancelled", Past::every_fact},
            {"shanhai.event.v1.OrderRefunded", Past::every_fact},
            {"shanhai.event.v1.StockChanged", Past::latest}};
}

}  // namespace

database::Schema Listener::schema() {
    return {{"told", R"sql(
CREATE TABLE IF NOT EXISTS told (
    what VARCHAR(20) NOT NULL,
    order_id BIGINT UNSIGNED NOT NULL,
    times INT NOT NULL,
    PRIMARY KEY (what, order_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
CREATE TABLE IF NOT EXISTS told_stock (
    lot_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    available BIGINT NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
)sql"}};
}

void Listener::relay() {
    (void)pool_.transact_blocking([](database::Session& session) -> Result<Done> {
        events::number_frames(session, "relay");
        return Done{};
    });
}

bool Listener::consume(std::uint64_t back, bool condensed) {
    const auto position = events::load_position(pool_, "orders");
    if (!position) return false;
    const auto from = position->seq > back ? position->seq - back : 0;
    using Frames = std::vector<events::RawFrame>;
    const auto frames = pool_.transact_blocking([from, back](database::Session& session) -> Result<Frames> {
        return events::frames_after(session, from, frames_at_once + back, bytes_at_once);
    });
    if (!frames || frames->empty()) return false;
    static const events::Consumer::Apply apply = learn;
    static const events::ConsumerOptions options;
    const events::Handling handling{apply, options};
    events::Stretch stretch{*frames};
    if (condensed) {
        stretch.condensed = {from, frames->back().seq, security::sha256(frames->back().bytes)};
        stretch.frames = events::condense(*frames, wanted());
    }
    const auto outcome =
        events::apply_batch(pool_, "orders", stretch, handling, events::Care::all_or_nothing);
    using Kind = events::BatchOutcome::Kind;
    if (outcome.kind != Kind::applied && outcome.kind != Kind::failed) throw std::logic_error{outcome.reason};
    return outcome.count > 0;
}

void Listener::learn(database::Session& session, const events::Frame& /*frame*/, const events::Event& event) {
    v1::OrderPlaced placed;
    v1::OrderPaid paid;
    v1::OrderExpired expired;
    v1::OrderCancelled cancelled;
    v1::OrderRefunded refunded;
    v1::StockChanged stock;
    if (event.read(placed)) count(session, "placed", placed.order_id());
    if (event.read(paid)) count(session, "paid", paid.order_id());
    if (event.read(expired)) count(session, "expired", expired.order_id());
    if (event.read(cancelled)) count(session, "cancelled", cancelled.order_id());
    if (event.read(refunded)) count(session, "refunded", refunded.order_id());
    if (event.read(stock)) {
        session.execute(
            "INSERT INTO told_stock (lot_id, available) VALUES (?, ?) ON DUPLICATE KEY UPDATE available = "
            "VALUES(available)",
            stock.lot_id(), stock.available());
    }
}

}  // namespace shanhai::simulator
