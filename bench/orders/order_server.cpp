// Serves POST /v1/orders on a schema of its own with a thousand well-stocked SKUs, for bench/orders/run: the
// routes, batchers and store of the orders service, without relay, consumers and workers, which would measure
// themselves.

#include "chassis/http/server.hpp"
#include "orders/application/batching_desk.hpp"
#include "orders/application/staff_actions.hpp"
#include "orders/events/outgoing.hpp"
#include "orders/http/order_routes.hpp"
#include "orders/service.hpp"
#include "orders/store/fact_store.hpp"
#include "support/sample_goods.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/signal_set.hpp>
#include <iostream>
#include <thread>

namespace shanhai::orders {
namespace {

constexpr std::uint64_t skus = 1000;
constexpr std::int64_t packs_of_each = 50'000'000;

struct Options {
    std::string socket;
    std::size_t orders_at_once = 256;
    std::size_t order_threads = 1;
    std::size_t io_threads = 2;
};

Offer offer_of(std::uint64_t sku) {
    auto terms = support::sample_terms(sku);
    const auto year = std::chrono::hours{24 * 365};
    Certification certification{CertificationId{sku}, now() - year, now() + year,
                                CertificationState::certified, now() - year};
    return {terms, true, {certification}};
}

void make_shop(database::Pool& pool) {
    const auto migrated = database::migrate(pool, schema(), std::chrono::seconds{10});
    if (!migrated) throw std::runtime_error{migrated.error().message()};
    const auto made = pool.transact_blocking([](database::Session& session) -> Result<Done> {
        FactWriter writer{session};
        for (std::uint64_t sku = 1; sku <= skus; ++sku) {
            writer.save(offer_of(sku));
            writer.save(Lot{LotId{sku}, SkuId{sku}, "L" + std::to_string(sku), "530624", std::nullopt,
                            std::nullopt, true});
        }
        session.execute("UPDATE stock SET on_hand = ?", packs_of_each);
        return Done{};
    });
    if (!made) throw std::runtime_error{made.error().message()};
}

database::PoolOptions options_of(const Options& options) {
    database::PoolOptions pool;
    pool.socket = options.socket;
    pool.user = "root";
    pool.schema = "bench";
    pool.outbox_keys = security::KeyRing{std::string(32, 'f')};  // Frames are sealed, as in the service.
    return pool;
}

void serve(const Options& options) {
    database::Pool pool{options_of(options)};
    make_shop(pool);
    Published<OfferBook> offers;
    offers.set(*pool.transact_blocking(
        [](database::Session& session) -> Result<OfferBook> { return load_book(session); }));
    const Vault vault{std::string(32, 'm'), std::string(32, 'p')};
    Numbers order_numbers{pool, "order", 20'000};
    Numbers row_numbers{pool, "row", 1'000'000};
    const Books books{pool,        offers,        vault, order_numbers,
                      row_numbers, publish_facts, [] {}, std::chrono::seconds{900}};
    const Providers providers;
    BatchingDesk desk{books, providers, [] {}, {options.orders_at_once, options.order_threads}};

    const OrderAccess access{std::string(32, 'a')};
    StaffActions actions{pool};
    OrderRoutes::Rules rules;
    rules.attribution_key = std::string(32, 't');
    rules.catalogue_age_max = std::chrono::minutes{5};
    rules.catalogue_age = [] { return std::chrono::milliseconds{0}; };
    OrderRoutes routes{desk, offers, access, actions, pool.clock(), rules};
    http::Router router;
    routes.mount(router);

    std::vector<std::unique_ptr<boost::asio::io_context>> ios;
    std::vector<std::unique_ptr<http::Server>> servers;
    http::ServerOptions server;
    server.access_log = false;
    for (std::size_t i = 0; i < options.io_threads; ++i) {
        ios.push_back(std::make_unique<boost::asio::io_context>(1));
        servers.push_back(std::make_unique<http::Server>(*ios.back(), server, router));
        server.port = servers.front()->port();
        server.shares_port = true;
    }
    boost::asio::signal_set signals{*ios.front(), SIGTERM, SIGINT};
    signals.async_wait([&](const boost::system::error_code&, int) {
        for (auto& io : ios) io->stop();
    });
    std::cout << server.port << std::endl;
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < ios.size(); ++i) threads.emplace_back([&, i] { ios[i]->run(); });
    ios.front()->run();
    threads.clear();
    desk.stop();
}

}  // namespace
}  // namespace shanhai::orders

/// order_server SOCKET ORDERS_AT_ONCE ORDER_THREADS [IO_THREADS]; prints its port when it is ready.
int main(int count, char** words) try {
    if (count < 4) throw std::runtime_error{"order_server SOCKET ORDERS_AT_ONCE ORDER_THREADS [IO_THREADS]"};
    shanhai::orders::Options options{words[1], std::stoul(words[2]), std::stoul(words[3])};
    if (count > 4) options.io_threads = std::stoul(words[4]);
    shanhai::orders::serve(options);
    return 0;
} catch (const std::exception& error) {
    std::cerr << "order_server: " << error.what() << '\n';
    return 1;
}
