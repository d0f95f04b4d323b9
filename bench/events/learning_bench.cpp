// Fills an outbox with the facts of many orders, through the code that tells them, and measures how long new
// consumers take until they know them. For bench/events/run.

#include "producer.hpp"

#include "chassis/events/consumer.hpp"
#include "chassis/events/lessons.hpp"
#include "chassis/events/outbox.hpp"
#include "orders/events/outgoing.hpp"
#include "shanhai/event/v1/orders.pb.h"
#include "support/sample_goods.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <iostream>
#include <mutex>

namespace shanhai::events {
namespace {

using Clock = std::chrono::steady_clock;
namespace v1 = event::v1;

constexpr std::uint64_t lots = 1000;
constexpr std::uint64_t frames_a_commit = 500;

double seconds_since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

template <class Work>
void must(database::Pool& pool, Work work) {
    const auto done = pool.transact_blocking([&](database::Session& session) -> Result<Done> {
        work(session);
        return Done{};
    });
    if (!done) throw std::runtime_error{done.error().message()};
}

orders::Order order_of(std::uint64_t id, const std::shared_ptr<const orders::OfferTerms>& terms) {
    orders::Order order;
    order.id = OrderId{id};
    order.number = "20261127" + std::to_string(1'000'000'000 + id);
    order.created = now();
    order.paid = order.created;
    order.channel = ChannelKind::metro_qr;
    order.placement = PlacementId{1 + id % 40};
    order.buyer = std::string(32, 'b');
    order.total = terms->price;
    order.lines.push_back({OrderLineId{id}, terms, LotId{1 + id % lots}, "LOT" + std::to_string(id % lots),
                           "530624", 1, CertificationId{9}, true});
    return order;
}

/// The facts of one frame: these orders placed, or paid, and what is left of their lots.
orders::Facts facts_of(std::uint64_t first, std::uint64_t count, bool paid,
                       const std::shared_ptr<const orders::OfferTerms>& terms) {
    orders::Facts facts;
    for (auto id = first; id < first + count; ++id) {
        auto order = order_of(id, terms);
        facts.stock.push_back({LotId{1 + id % lots}, terms->sku, static_cast<std::int64_t>(id)});
        if (!paid) {
            facts.placed.push_back(std::move(order));
        } else {
            facts.paid.push_back({std::move(order),
                                  "wechat",
                                  "42000" + std::to_string(id),
                                  {std::string(32, 'c'), std::string(32, 'd')}});
        }
    }
    return facts;
}

void fill(database::Pool& pool, std::uint64_t count, std::uint64_t a_frame) {
    const std::shared_ptr<const orders::OfferTerms> terms = support::sample_terms(1);
    for (std::uint64_t first = 1; first <= count; first += a_frame * frames_a_commit) {
        must(pool, [&](database::Session& session) {
            const auto until = std::min(count + 1, first + a_frame * frames_a_commit);
            for (auto id = first; id < until; id += a_frame) {
                const auto size = std::min(a_frame, until - id);
                orders::publish_facts(session, facts_of(id, size, false, terms));
                orders::publish_facts(session, facts_of(id, size, true, terms));
            }
        });
        for (int i = 0; i < 2; ++i) {
            must(pool, [&](database::Session& session) { number_frames(session, "bench"); });
        }
    }
}

/// Seconds until a consumer that begins anew knows all that the feed has.
double learn(const database::PoolOptions& where, const Feed& feed, std::uint64_t head,
             const database::Schema& schema, const Lessons& lessons) {
    database::Pool pool{where};
    migrate(pool, schema);
    ConsumerOptions options;
    options.name = where.schema;
    options.sources = {{"orders", feed.url(), where.outbox_keys}};
    options.internal_key = feed_key;
    options.redis.port = 1;  // Nobody: an old stream does not hold what was said a year ago either.
    options.learns = lessons.wanted();
    options.apply_together = [&lessons](database::Session& session, std::span<const Told> told) {
        lessons.apply(session, told);
    };
    std::mutex mutex;
    std::condition_variable news;
    const auto apply = [&lessons](database::Session& session, const Frame& frame, const Event& event) {
        lessons.apply(session, frame, event);
    };
    Consumer consumer{pool, options, apply, [&] {
                          const std::lock_guard lock{mutex};
                          news.notify_all();
                      }};
    const auto begin = Clock::now();
    consumer.start();
    std::unique_lock lock{mutex};
    while (consumer.states()[0].seq < head) news.wait_for(lock, std::chrono::milliseconds{20});
    const auto took = seconds_since(begin);
    lock.unlock();
    consumer.stop();
    return took;
}

/// The kinds of consumers that there are.
void keep_level(database::Session& session, const v1::StockChanged& fact) {
    session.execute(
        "INSERT INTO level (lot_id, available) VALUES (?, ?) ON DUPLICATE KEY UPDATE available = "
        "VALUES(available)",
        fact.lot_id(), fact.available());
}
void keep_rows(database::Session& session, const std::vector<Learnt<v1::OrderPaid>>& sales) {
    database::Insert insert{"INSERT INTO sale (order_id, total_fen) VALUES"};
    for (const auto& sale : sales) insert.row(sale.fact.order_id(), sale.fact.total_fen());
    insert.run(session);
}

void run(const std::string& socket, std::uint64_t orders, std::uint64_t a_frame) {
    database::Pool producer{options_of(socket, "producer")};
    migrate(producer);
    const auto begin = Clock::now();
    fill(producer, orders, a_frame);
    std::uint64_t head = 0;
    must(producer, [&](database::Session& session) { head = look_at_outbox(session, {}).seq; });
    std::cout << orders << " orders, " << head << " frames, told in " << seconds_since(begin) << " s\n";
    const Feed feed{producer};

    const auto stock = Lessons{}.of<v1::StockChanged>(Past::latest, keep_level);
    std::cout << "levels of " << lots << " lots: "
              << learn(options_of(socket, "stock"), feed, head,
                       {{"0001_level",
                         "CREATE TABLE level (lot_id BIGINT UNSIGNED PRIMARY KEY, available BIGINT NOT NULL) "
                         "ENGINE = InnoDB;\n"}},
                       stock)
              << " s\n";

    std::atomic<std::int64_t> fen{0};
    const auto count = [&fen](database::Session&, const v1::OrderPaid& fact) { fen += fact.total_fen(); };
    const auto counting = Lessons{}.of<v1::OrderPaid>(Past::every_fact, count);
    std::cout << "sum of all sales: " << learn(options_of(socket, "counting"), feed, head, {}, counting)
              << " s, " << fen << " fen\n";

    const auto keeping = Lessons{}.of<v1::OrderPaid>(Past::every_fact, keep_rows);
    std::cout << "a row of each sale: "
              << learn(
                     options_of(socket, "keeping"), feed, head,
                     {{"0001_sale",
                       "CREATE TABLE sale (order_id BIGINT UNSIGNED PRIMARY KEY, total_fen BIGINT NOT NULL) "
                       "ENGINE = InnoDB;\n"}},
                     keeping)
              << " s\n";
}

}  // namespace
}  // namespace shanhai::events

int main(int argc, char** argv) try {
    if (argc != 4) {
        std::cerr << "usage: learning_bench SOCKET ORDERS ORDERS_A_FRAME\n";
        return 2;
    }
    shanhai::events::run(argv[1], std::stoull(argv[2]), std::stoull(argv[3]));
    return 0;
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
