#include "integration/orders/fixture.hpp"

#include "orders/application/reports.hpp"
#include "orders/application/rescue.hpp"
#include "support/async.hpp"

namespace shanhai::orders {
namespace {

/// One order that cannot be worked off, and the others that must not be kept from it.
class IsolationTest : public OrdersTest {
protected:
    IsolationTest() { shop_.stock(11, 50); }

    /// The table refuses what concerns that order.
    void refuse(const std::string& when, const Order& order) {
        database_.run("CREATE TRIGGER refuse BEFORE " + when + ".order_id = " +
                      std::to_string(number(order.id)) + " THEN SIGNAL SQLSTATE '45000'; END IF");
    }
    void mend() { database_.run("DROP TRIGGER refuse"); }
    void block() {
        auto lot = Shop::lot(11, 1, 60);
        lot.saleable = false;
        shop_.learn(lot);
    }
    std::vector<Order> place(int count) {
        std::vector<Order> orders;
        for (int i = 0; i < count; ++i) orders.push_back(shop_.placed("k" + std::to_string(i), 1, 1));
        return orders;
    }

    Closing closing_{shop_.books, shop_.providers};
    Payments payments_{shop_.books, shop_.providers};
};

TEST_F(IsolationTest, CancelsTheOthersAndSaysOfWhichItCouldNot) {
    const auto orders = place(5);
    refuse("UPDATE ON orders FOR EACH ROW IF NEW.state = 'CANCELLED' AND NEW", orders[2]);
    std::vector<std::string> numbers;
    for (const auto& order : orders) numbers.push_back(order.number);
    const auto answers = closing_.cancel(numbers);
    for (std::size_t i = 0; i < orders.size(); ++i) {
        EXPECT_EQ(static_cast<bool>(answers[i]), i != 2) << i;
        EXPECT_EQ(shop_.state_of(orders[i]), i == 2 ? "CREATED" : "CANCELLED") << i;
    }
    EXPECT_EQ(answers[2].error().kind(), Failure::internal);
    mend();
    EXPECT_TRUE(closing_.cancel(numbers)[2]) << "the others may be cancelled again, this one can be now";
    EXPECT_EQ(shop_.available(11), 50);
}

TEST_F(IsolationTest, WritesDownTheOthersRefunds) {
    const auto orders = place(4);
    std::vector<ProviderReport> reports;
    for (const auto& order : orders) {
        std::vector<OpenPayment> requests{{order.number, "sandbox"}};
        const auto attempt = payments_.open(requests)[0];
        ASSERT_TRUE(attempt);
        ASSERT_TRUE(support::finish(io_, shop_.sandbox.decide(attempt->number, true)));
        reports.push_back(*shop_.sandbox.query(attempt->number));
    }
    block();  // Nothing is left that could be sold instead.
    ASSERT_TRUE(apply_reports(shop_.books, reports));
    ASSERT_EQ(shop_.count("refund", "state = 'PENDING'"), 4);
    refuse("UPDATE ON refund FOR EACH ROW IF NEW.state = 'SUCCESS' AND NEW", orders[1]);
    payments_.refund_due();
    EXPECT_EQ(shop_.count("refund", "state = 'SUCCESS'"), 3);
    mend();
    database_.run("UPDATE refund SET try_at = '2020-01-01'");
    payments_.refund_due();
    EXPECT_EQ(shop_.count("refund", "state = 'SUCCESS'"), 4);
}

TEST_F(IsolationTest, GivesTheOthersGoodLots) {
    const auto orders = place(4);
    shop_.stock(12, 10);
    block();
    refuse("DELETE ON order_line FOR EACH ROW IF OLD", orders[3]);
    Rescue rescue{shop_.books, closing_};
    rescue.run();
    EXPECT_EQ(shop_.count("order_line", "lot_id = 12"), 3);
    mend();
    rescue.run();
    EXPECT_EQ(shop_.count("order_line", "lot_id = 12"), 4);
}

}  // namespace
}  // namespace shanhai::orders
