#include "integration/orders/fixture.hpp"

#include "chassis/events/outbox.hpp"
#include "orders/application/reports.hpp"
#include "support/service_host.hpp"
#include "support/turnable_clock.hpp"

#include <boost/json/serialize.hpp>

namespace shanhai::orders {
namespace {

using namespace std::chrono_literals;

/// The shop, by a clock that the test turns.
class ClockTest : public testing::Test {
protected:
    ClockTest() { shop_.stock(11, 10); }
    void TearDown() override { shop_.expect_books_balance(); }

    database::PoolOptions options() {
        auto options = database_.options();
        options.clock = &clock_;
        return options;
    }
    Attempt open(const Order& order) {
        std::vector<OpenPayment> requests{{order.number, "sandbox"}};
        const auto attempts = payments_.open(requests);
        if (!attempts[0]) throw std::runtime_error{attempts[0].error().code()};
        return *attempts[0];
    }
    void pay(const Attempt& attempt) {
        ASSERT_TRUE(apply_reports(shop_.books, {{attempt.number, ProviderState::success,
                                                 "TX" + attempt.number, attempt.amount, clock_.now()}}));
    }
    std::string expiry_of(const Order& order) {
        return database_.text("SELECT expires_at FROM orders WHERE order_id = " +
                              std::to_string(number(order.id)));
    }
    std::int64_t moves(const Order& order, const std::string& kind) {
        return shop_.count("stock_journal",
                           "kind = '" + kind + "' AND order_id = " + std::to_string(number(order.id)));
    }

    support::TurnableClock clock_;
    support::Database database_{schema()};
    boost::asio::io_context io_;
    Shop shop_{database_, options()};
    Payments payments_{shop_.books, shop_.providers};
    Closing closing_{shop_.books, shop_.providers};
};

TEST_F(ClockTest, EndsAHoldInItsLastMicrosecondAndNotBefore) {
    clock_.hold(now());
    const auto order = shop_.placed("k", 1, 2);
    clock_.hold(order.expires - 1us);
    EXPECT_EQ(closing_.expire_due(), 0U);
    EXPECT_EQ(shop_.available(11), 8);
    clock_.hold(order.expires);
    EXPECT_EQ(closing_.expire_due(), 1U);
    EXPECT_EQ(shop_.available(11), 10);
}

TEST_F(ClockTest, MovesNoExpiryAndEndsNothingTwiceWhenTheClockStepsBack) {
    clock_.hold(now());
    const auto order = shop_.placed("before", 1, 2);
    const auto expiry = expiry_of(order);
    clock_.turn(-1h);
    (void)open(order);
    EXPECT_EQ(expiry_of(order), expiry);
    EXPECT_EQ(closing_.expire_due(), 0U);
    const auto other = shop_.placed("after", 1, 1);
    EXPECT_NE(other.number, order.number);
    EXPECT_LT(other.expires, order.expires);

    clock_.hold(order.expires);
    EXPECT_EQ(closing_.expire_due(), 2U);
    clock_.turn(-1h);
    EXPECT_EQ(closing_.expire_due(), 0U);
    clock_.hold(order.expires + 1s);
    EXPECT_EQ(closing_.expire_due(), 0U);
    EXPECT_EQ(moves(order, "RELEASE"), 1);
    EXPECT_EQ(moves(other, "RELEASE"), 1);
    EXPECT_EQ(shop_.available(11), 10);
}

TEST_F(ClockTest, GivesNoOrderNumberTwiceHoweverTheClockSteps) {
    std::set<std::string> numbers;
    for (const auto step :
         std::initializer_list<std::chrono::microseconds>{0us, -1us, -24h, 24h, -1us, 1us}) {
        clock_.turn(step);
        numbers.insert(shop_.placed("k" + std::to_string(numbers.size()), 1, 1).number);
    }
    EXPECT_EQ(numbers.size(), 6U);
}

TEST_F(ClockTest, SaysWhenMoneyCameAlsoAfterAStepBack) {
    clock_.hold(now());
    const auto order = shop_.placed("k", 1, 1);
    const auto attempt = open(order);
    clock_.turn(-10min);
    pay(attempt);
    EXPECT_EQ(shop_.state_of(order), "PAID");
    EXPECT_EQ(database_.number("SELECT paid_at <= created_at FROM orders"), 1) << "no sale in the future";
}

/// However wrong our clock is, an order lives as long by it as it was promised.
class SkewTest : public ClockTest, public testing::WithParamInterface<std::chrono::hours> {};

TEST_P(SkewTest, SellsPaysAndExpiresAlikeHoweverFarTheDatabasesClockIs) {
    clock_.turn(GetParam());
    const auto paid = shop_.placed("paid", 1, 1);
    const auto left = shop_.placed("left", 1, 2);
    const auto attempt = open(paid);
    EXPECT_EQ(closing_.expire_due(), 0U);
    pay(attempt);
    clock_.turn(899s);
    EXPECT_EQ(closing_.expire_due(), 0U);
    clock_.turn(2s);
    EXPECT_EQ(closing_.expire_due(), 1U);
    EXPECT_EQ(shop_.state_of(paid), "PAID");
    EXPECT_EQ(shop_.state_of(left), "EXPIRED");
    EXPECT_EQ(shop_.available(11), 9);

    // What the copies of a service settle among themselves goes by the database's clock all the same.
    const auto head = shop_.pool.transact_blocking([](database::Session& session) -> Result<events::Head> {
        return events::look_at_outbox(session, "me");
    });
    ASSERT_TRUE(head);
    EXPECT_TRUE(head->waiting);
    EXPECT_LT(head->lag, 1min);
}

INSTANTIATE_TEST_SUITE_P(Hours, SkewTest, testing::Values(-1h, 1h),
                         [](const auto& one) { return one.param < 0h ? "Behind" : "Before"; });

/// Of whom nobody turns the clock: however wrong the machine's is, a deadline is the database's.
TEST(Deadlines, AreTheDatabasesAndNotTheMachines) {
    support::Database database{schema()};
    database::Pool pool{database.options()};
    const auto told = pool.transact_blocking([](database::Session& session) -> Result<Instant> {
        session.run("SET timestamp = UNIX_TIMESTAMP('2031-05-06 07:08:09')");
        auto at = session.now();
        session.run("SET timestamp = DEFAULT");
        return at;
    });
    ASSERT_TRUE(told);
    EXPECT_EQ(rfc3339(*told).substr(0, 4), "2031") << rfc3339(*told);
}

/// The service as it is wired, in the last moment of a certification.
class LastDayTest : public testing::Test {
protected:
    LastDayTest() {
        host_.clock().hold(end_);
        host_.clock().turn(-1us);
        host_.settings().catalogue_age_max_seconds = 10LL * 365 * 24 * 3600;  // There is no catalog here.
        host_.run(make_service);
        host_.transact([this](database::Session& session) {
            FactWriter writer{session};
            auto offer = Shop::offer(1);
            auto& certification = offer.certifications.front();
            certification.valid_from = certification.state_since = end_ - 24h;
            certification.valid_to = end_;
            writer.save(offer);
            writer.save(Shop::lot(11, 1, 60));
        });
        host_.run(make_service);  // Reads the facts at its start.
        const auto received =
            host_.call("POST", "/v1/stock/receipts", R"({"lot_id":11,"note":"","quantity":10})",
                       {{"Idempotency-Key", "r"}, {"Authorization", host_.bearer("operator")}, content()});
        EXPECT_EQ(received.status, 201) << received.body;
    }
    static std::pair<std::string, std::string> content() { return {"Content-Type", "application/json"}; }
    support::Answer place(const std::string& key) {
        const boost::json::object body{
            {"lines", boost::json::array{{{"sku_id", 1}, {"quantity", 1}, {"price_version", 1}}}},
            {"receiver",
             {{"name", "张三丰"},
              {"phone", "13812345678"},
              {"address", "上海市闵行区沪闵路6258号3号楼502室"}}}};
        return host_.call("POST", "/v1/orders", boost::json::serialize(body),
                          {{"Idempotency-Key", key}, content()});
    }

    const Instant end_ = start_of(shanghai_date(now()) + std::chrono::days{1});  ///< Midnight in Shanghai.
    support::ServiceHost host_{"orders"};
};

TEST_F(LastDayTest, SellsUntilTheLastMicrosecondOfShanghaisDayAndNotOneLonger) {
    const auto last = place("last");
    EXPECT_EQ(last.status, 201) << last.body;
    host_.clock().turn(1us);
    const auto late = place("late");
    EXPECT_EQ(late.status, 409) << late.body;
    EXPECT_EQ(late.problem(), "certification-not-valid");
    EXPECT_EQ(place("last").body, last.body) << "what was placed is told again";
}

}  // namespace
}  // namespace shanhai::orders
