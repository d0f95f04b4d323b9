#include "integration/orders/fixture.hpp"

#include "orders/application/reports.hpp"
#include "support/async.hpp"
#include "support/proxy.hpp"

#include <atomic>
#include <thread>

namespace shanhai::orders {
namespace {

/// A shop whose way to the database can be cut.
class OrdersFaultTest : public testing::Test {
protected:
    OrdersFaultTest() { shop_.stock(11, 100); }
    void TearDown() override { shop_.expect_books_balance(); }

    static database::PoolOptions through(const support::Proxy& proxy, const support::Database& database) {
        auto options = database.options();
        options.socket.clear();
        options.port = proxy.port();
        return options;
    }

    support::Database database_{schema()};
    support::Proxy proxy_{database_.options().socket};
    Shop shop_{database_, through(proxy_, database_)};
};

TEST_F(OrdersFaultTest, FindsTheOrderWhoseCommitWasNeverConfirmed) {
    (void)shop_.placed("warm-up", 1, 1);  // Row numbers are there now, so the next COMMIT is the order's.
    proxy_.cut_after(support::Proxy::commit);
    const auto answers = shop_.place({shop_.order("k", 1, 2), shop_.order("l", 1, 3)});
    EXPECT_EQ(proxy_.cuts(), 1);
    ASSERT_TRUE(answers[0]) << answers[0].error().code();
    ASSERT_TRUE(answers[1]);
    EXPECT_FALSE(answers[0]->replayed);
    EXPECT_EQ(shop_.count("orders"), 3);
    EXPECT_EQ(shop_.state_of(answers[0]->order), "CREATED");
    EXPECT_EQ(shop_.available(11), 94);
}

TEST_F(OrdersFaultTest, PlacesTheOrderAgainWhoseCommitNeverArrived) {
    (void)shop_.placed("warm-up", 1, 1);
    proxy_.cut_before(support::Proxy::commit);
    const auto answers = shop_.place({shop_.order("k", 1, 2)});
    EXPECT_EQ(proxy_.cuts(), 1);
    ASSERT_TRUE(answers[0]) << answers[0].error().code();
    EXPECT_EQ(shop_.count("orders"), 2);
    EXPECT_EQ(shop_.available(11), 97);
}

TEST_F(OrdersFaultTest, PlacesOnceWhicheverStatementTheConnectionBreaksAt) {
    (void)shop_.placed("warm-up", 1, 1);
    std::int64_t left = 99;
    for (const std::string statement :
         {"SELECT request_hash", "SELECT STRAIGHT_JOIN", "INSERT INTO idempotency", "INSERT INTO orders",
          "INSERT INTO order_line", "INSERT INTO vault_record", "INSERT INTO stock_journal",
          "INSERT INTO stock ", "INSERT INTO outbox"}) {
        proxy_.cut_after(statement);
        const auto answers = shop_.place({shop_.order(statement, 1, 1)});
        ASSERT_TRUE(answers[0]) << statement << ": " << answers[0].error().code();
        EXPECT_EQ(shop_.available(11), --left) << statement;
    }
    EXPECT_EQ(proxy_.cuts(), 9);
}

TEST_F(OrdersFaultTest, RefusesWhileTheDatabaseIsAwayAndSellsAgainAfterwards) {
    proxy_.refuse(true);
    proxy_.cut_all();
    const auto refused = shop_.place({shop_.order("k", 1, 1)});
    ASSERT_FALSE(refused[0]);
    EXPECT_EQ(refused[0].error().kind(), Failure::unavailable);
    proxy_.refuse(false);
    EXPECT_TRUE(shop_.place({shop_.order("k", 1, 1)})[0]);
    EXPECT_EQ(shop_.count("orders"), 1);
}

TEST_F(OrdersFaultTest, AppliesAPaymentOnceWhenItsCommitWasNeverConfirmed) {
    const auto order = shop_.placed("k", 1, 1);
    std::vector<OpenPayment> requests{{order.number, "sandbox"}};
    const auto attempts = Payments{shop_.books, shop_.providers}.open(requests);
    ASSERT_TRUE(attempts[0]);
    Notifications notifications{shop_.books};
    std::vector<IncomingNotification> incoming{
        {"sandbox", {"N1", {attempts[0]->number, ProviderState::success, "TX1", order.total, now()}}, "{}"}};
    ASSERT_TRUE(notifications.store(incoming)[0]);
    proxy_.cut_after("UPDATE payment_attempt");
    // The server may take a moment to let go of what the lost connection had locked, which is passed over so
    // long.
    std::size_t applied = 0;
    EXPECT_TRUE(support::eventually([&] { return (applied += notifications.apply_waiting()) > 0; }));
    EXPECT_EQ(applied, 1U);
    EXPECT_EQ(notifications.apply_waiting(), 0U);
    EXPECT_EQ(shop_.state_of(order), "PAID");
    EXPECT_EQ(shop_.count("stock_journal", "kind = 'SALE'"), 1);
}

TEST_F(OrdersFaultTest, KeepsTheBooksWhenBuyersPayersAndTheSweeperMeet) {
    shop_.stock(12, 1000);
    std::atomic<bool> over = false;
    std::atomic<int> failures = 0;
    std::vector<std::thread> clerks;
    for (int buyer = 0; buyer < 3; ++buyer) {
        clerks.emplace_back([&, buyer] {
            for (int i = 0; i < 25; ++i) {
                const auto name = std::to_string(buyer) + "-" + std::to_string(i);
                const auto placed =
                    shop_.place({shop_.order("a" + name, 1, 1), shop_.order("b" + name, 1, 2)});
                for (const auto& one : placed) {
                    if (!one && one.error().code() != "sold-out") ++failures;
                }
                if (!placed[0] || !placed[1]) continue;
                std::vector<OpenPayment> requests{{placed[0]->order.number, "sandbox"}};
                const auto attempts = Payments{shop_.books, shop_.providers}.open(requests);
                if (!attempts[0]) continue;  // The sweeper was faster.
                const auto paid =
                    apply_reports(shop_.books, {{attempts[0]->number, ProviderState::success,
                                                 "TX" + attempts[0]->number, attempts[0]->amount, now()}});
                if (!paid) ++failures;
            }
        });
    }
    const auto turn_unpaid_ones_old = [&] {
        try {
            database_.run("UPDATE orders SET expires_at = '2020-01-01' WHERE state = 'CREATED'");
        } catch (const std::runtime_error& refused) {  // A deadlock with buyers is nobody's fault.
            if (std::string_view{refused.what()}.find("try restarting") == std::string_view::npos) throw;
        }
    };
    std::thread sweeper{[&] {
        while (!over) {
            turn_unpaid_ones_old();
            Closing{shop_.books, shop_.providers}.expire_due();
        }
    }};
    for (auto& clerk : clerks) clerk.join();
    over = true;
    sweeper.join();
    EXPECT_EQ(failures, 0);
    EXPECT_GT(shop_.count("orders", "state = 'PAID'"), 0);
    EXPECT_EQ(
        database_.number("SELECT COUNT(*) FROM payment_attempt a JOIN orders o USING (order_id) WHERE "
                         "a.state = 'SUCCESS' AND o.state <> 'PAID' AND NOT EXISTS (SELECT 1 FROM refund r "
                         "WHERE r.attempt_id = a.attempt_id)"),
        0);
}

}  // namespace
}  // namespace shanhai::orders
