#include "integration/orders/fixture.hpp"

#include "chassis/security/crypto.hpp"
#include "orders/application/erasure.hpp"
#include "orders/application/reports.hpp"

namespace shanhai::orders {
namespace {

/// What the ledger may know of an order, and how it is forgotten.
class ErasureTest : public OrdersTest {
protected:
    ErasureTest() { shop_.stock(11, 10); }

    Order paid(const std::string& key) {
        const auto order = shop_.placed(key, 1, 1);
        Payments payments{shop_.books, shop_.providers};
        std::vector<OpenPayment> requests{{order.number, "sandbox"}};
        const auto attempt = payments.open(requests)[0];
        EXPECT_TRUE(attempt);
        EXPECT_TRUE(apply_reports(shop_.books, {{attempt->number, ProviderState::success,
                                                 "TX" + attempt->number, order.total, now()}}));
        return order;
    }
    std::string salt_of(const Order& order) {
        return *security::from_hex(
            database_.text("SELECT COALESCE(HEX(ledger_salt), '') FROM vault_record WHERE "
                           "order_id = " +
                           std::to_string(number(order.id))));
    }
    std::int64_t told(const std::string& bytes) {
        return database_.number("SELECT COUNT(*) FROM outbox WHERE INSTR(frame, X'" + security::hex(bytes) +
                                "') > 0");
    }
};

TEST_F(ErasureTest, TellsCommitmentsAndNeverTheSaltOrTheLastingPseudonym) {
    const auto order = paid("k");
    const auto salt = salt_of(order);
    ASSERT_EQ(salt.size(), 32U);
    const auto commitments = commit(salt, order.number, order.buyer);
    EXPECT_EQ(told(commitments.order), 1);
    EXPECT_EQ(told(commitments.buyer), 1);
    EXPECT_EQ(told(salt), 0);
    EXPECT_EQ(told(order.buyer), 0);
    EXPECT_EQ(told(security::base64url(order.buyer)), 0);
    EXPECT_NE(salt_of(paid("other")), salt);
    EXPECT_TRUE(salt_of(shop_.placed("unpaid", 1, 1)).empty());
}

TEST_F(ErasureTest, DestroysKeySaltAndPseudonymsAndTellsIt) {
    const auto order = paid("k");
    const auto other = paid("other");
    ASSERT_TRUE(erase_order(shop_.books, order.number));
    const auto here = "order_id = " + std::to_string(number(order.id));
    EXPECT_EQ(shop_.count("vault_record",
                          here + " AND wrapped_key IS NULL AND ledger_salt IS NULL AND sealed = '' AND "
                                 "phone_hash = REPEAT(X'00', 32)"),
              1);
    EXPECT_EQ(shop_.count("orders", here + " AND buyer = REPEAT(X'00', 32) AND state = 'PAID'"), 1);
    EXPECT_EQ(told("shanhai.event.v1.OrderErased"), 1);
    EXPECT_EQ(salt_of(other).size(), 32U);
    EXPECT_TRUE(erase_order(shop_.books, order.number));
    EXPECT_EQ(erase_order(shop_.books, shop_.placed("open", 1, 1).number).error().code(), "order-open");
    EXPECT_EQ(erase_order(shop_.books, "SH2026").error().code(), "order-unknown");
}

}  // namespace
}  // namespace shanhai::orders
