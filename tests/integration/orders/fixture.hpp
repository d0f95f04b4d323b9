#pragma once

#include "orders/application/batching_desk.hpp"
#include "orders/domain/sandbox.hpp"
#include "orders/events/outgoing.hpp"
#include "orders/service.hpp"
#include "orders/store/books_check.hpp"
#include "orders/store/fact_store.hpp"
#include "orders/store/sandbox_provider.hpp"

#include "support/async.hpp"
#include "support/database.hpp"
#include "support/sample_goods.hpp"

#include <gtest/gtest.h>
#include <set>
#include <string>
#include <vector>

namespace shanhai::orders {

using support::eventually;
using support::finish;

/// The clerks of the orders service on a database of their own, with a small shop: SKU 1 (lots 11, expiring
/// first, and 12), SKU 2 (lot 21), SKU 3 (lot 31; certification suspended), all without stock yet.
class Shop {
public:
    explicit Shop(support::Database& database) : Shop{database, database.options()} {}
    Shop(support::Database& database, database::PoolOptions options)
        : database_{database}, pool{std::move(options)} {
        const auto stocked = pool.transact_blocking([](database::Session& session) -> Result<Done> {
            FactWriter writer{session};
            for (const std::uint64_t sku : {1U, 2U, 3U}) writer.save(offer(sku, sku != 3));
            writer.save(lot(11, 1, 60));
            writer.save(lot(12, 1, 90));
            writer.save(lot(21, 2, 90));
            writer.save(lot(31, 3, 90));
            writer.save(Placement{PlacementId{7}, ChannelKind::metro_qr});
            return Done{};
        });
        EXPECT_TRUE(stocked);
        refresh();
        providers.add(sandbox);
    }

    static Offer offer(std::uint64_t sku, bool certified = true) {
        auto terms = support::sample_terms(sku);
        terms->remaining_min = std::chrono::days{10};
        Offer offer{terms, true, {}};
        const auto since = now() - std::chrono::hours{24};
        offer.certifications.push_back(
            {CertificationId{1000 + sku}, now() - std::chrono::hours{24 * 300},
             now() + std::chrono::hours{24 * 300},
             certified ? CertificationState::certified : CertificationState::suspended, since});
        return offer;
    }
    static Lot lot(std::uint64_t id, std::uint64_t sku, int days_left) {
        return support::sample_lot(id, sku, shanghai_date(now()), days_left);
    }
    static Receiver receiver() { return support::sample_receiver(); }

    void learn(const Offer& offer) {
        (void)pool.transact_blocking([&](database::Session& session) -> Result<Done> {
            FactWriter{session}.save(offer);
            return Done{};
        });
        refresh();
    }
    void learn(const Lot& lot) {
        (void)pool.transact_blocking([&](database::Session& session) -> Result<Done> {
            FactWriter{session}.save(lot);
            return Done{};
        });
        refresh();
    }
    void refresh() {
        auto book = pool.transact_blocking(
            [](database::Session& session) -> Result<OfferBook> { return load_book(session); });
        ASSERT_TRUE(book);
        offers.set(std::move(*book));
    }

    void stock(std::uint64_t lot, std::int64_t quantity) {
        std::vector<ReceiveCommand> commands(1);
        commands[0] = {key("receipt " + std::to_string(lot) + ' ' + std::to_string(++receipts_)), LotId{lot},
                       quantity, ""};
        const auto received = Receiving{books}.receive(commands);
        ASSERT_TRUE(received[0]) << received[0].error().message();
    }
    static RequestKey key(const std::string& name, const std::string& body = "") {
        auto hash = name;
        hash.resize(32, ' ');
        auto fingerprint = body;
        fingerprint.resize(32, ' ');
        return {hash, fingerprint};
    }
    /// An order of `quantity` of an SKU.
    PlaceCommand order(const std::string& key_name, std::uint64_t sku, std::int64_t quantity) const {
        return order(key_name, std::vector<LineRequest>{{SkuId{sku}, quantity, 1}});
    }
    PlaceCommand order(const std::string& key_name, std::vector<LineRequest> lines) const {
        OrderRequest request;
        request.lines = std::move(lines);
        request.receiver = receiver();
        return {key(key_name,
                    std::to_string(request.lines.size()) + ":" + std::to_string(request.lines[0].quantity)),
                draft(request, *offers.get(), std::nullopt, pool.clock().now()), std::nullopt};
    }
    std::vector<Result<Placed>> place(std::vector<PlaceCommand> commands) {
        return OrderWriter{books}.place(commands);
    }
    Order placed(const std::string& key_name, std::uint64_t sku, std::int64_t quantity) {
        auto answers = place({order(key_name, sku, quantity)});
        if (!answers[0]) throw std::runtime_error{answers[0].error().code()};
        return answers[0]->order;
    }

    std::int64_t count(const std::string& table, const std::string& where = "TRUE") {
        return database_.number("SELECT COUNT(*) FROM " + table + " WHERE " + where);
    }
    std::int64_t available(std::uint64_t lot) {
        return database_.number("SELECT on_hand - reserved FROM stock WHERE lot_id = " + std::to_string(lot));
    }
    std::string state_of(const Order& order) {
        return database_.text("SELECT state FROM orders WHERE order_id = " +
                              std::to_string(number(order.id)));
    }
    /// As if the reservation had run out.
    void let_expire(const Order& order) {
        database_.run("UPDATE orders SET expires_at = '2020-01-01' WHERE order_id = " +
                      std::to_string(number(order.id)));
    }

    void expect_books_balance() {
        const auto found = check_books(pool);
        ASSERT_TRUE(found) << found.error().message();
        for (const auto& one : *found) ADD_FAILURE() << one.rule << ": " << one.where;
    }

private:
    support::Database& database_;
    int receipts_ = 0;

public:
    database::Pool pool;
    Published<OfferBook> offers;
    Vault vault{std::string(32, 'm'), std::string(32, 'p')};
    Numbers order_numbers{pool, "order", 1000};
    Numbers row_numbers{pool, "row", 1'000'000};
    std::atomic<int> commits = 0;
    Books books{pool,
                offers,
                vault,
                order_numbers,
                row_numbers,
                publish_facts,
                [this] { ++commits; },
                std::chrono::seconds{900}};
    SandboxProvider sandbox{pool, "http://shop.test", std::string(32, 's')};
    Providers providers;
};

class OrdersTest : public testing::Test {
protected:
    void TearDown() override { shop_.expect_books_balance(); }

    support::Database database_{schema()};
    boost::asio::io_context io_;  // Before the pool: its threads post here until they are joined.
    Shop shop_{database_};
};

}  // namespace shanhai::orders
