#include "integration/orders/fixture.hpp"
#include "orders/application/reports.hpp"

#include <map>

namespace shanhai::orders {
namespace {

/// One wrong turn in the tables, and the rule that must see it.
struct Tampering {
    std::string name;
    std::string rule;
    std::string sql;
};

/// ctest tells cases apart by what they print.
void PrintTo(const Tampering& tampering, std::ostream* out) { *out << tampering.name; }

/// A paid, a refunded and an open order, and somebody who changes one book and not the other.
class BooksTest : public OrdersTest, public testing::WithParamInterface<Tampering> {
protected:
    BooksTest() {
        shop_.stock(11, 50);
        pay(placed("paid", 2));
        const auto refunded = placed("refunded", 1);
        std::vector<std::string> numbers{refunded.number};
        (void)Closing{shop_.books, shop_.providers}.cancel(numbers);
        pay(refunded);
        (void)placed("open", 3);
    }
    void TearDown() override {}  // They are not to balance.

    Order placed(const std::string& key, std::int64_t quantity) {
        auto order = shop_.placed(key, 1, quantity);
        std::vector<OpenPayment> requests{{order.number, "sandbox"}};
        attempts_[order.number] = *Payments{shop_.books, shop_.providers}.open(requests)[0];
        return order;
    }
    void pay(const Order& order) {
        const auto& attempt = attempts_.at(order.number);
        ASSERT_TRUE(apply_reports(shop_.books, {{attempt.number, ProviderState::success,
                                                 "TX" + attempt.number, attempt.amount, now()}}));
    }
    std::set<std::string> broken() {
        const auto found = check_books(shop_.pool);
        EXPECT_TRUE(found);
        std::set<std::string> rules;
        for (const auto& one : *found) rules.insert(one.rule);
        return rules;
    }

    std::map<std::string, Attempt> attempts_;
};

TEST_P(BooksTest, SeesWhatDoesNotAgree) {
    ASSERT_EQ(shop_.count("refund"), 1);
    ASSERT_EQ(shop_.count("orders", "state = 'PAID'"), 1);
    EXPECT_EQ(broken(), std::set<std::string>{});
    database_.run("SET FOREIGN_KEY_CHECKS = 0");
    database_.run(GetParam().sql);
    EXPECT_TRUE(broken().contains(GetParam().rule));
}

const std::string open_order = "(SELECT order_id FROM orders WHERE state = 'CREATED')";
const std::string paid_order = "(SELECT order_id FROM orders WHERE state = 'PAID')";

INSTANTIATE_TEST_SUITE_P(
    EachRule, BooksTest,
    testing::Values(
        Tampering{"stock", "stock-is-journal", "UPDATE stock SET on_hand = on_hand + 1 WHERE lot_id = 11"},
        Tampering{"journal", "stock-is-journal", "DELETE FROM stock_journal WHERE kind = 'SALE'"},
        Tampering{"reserved", "reserved-is-open-orders",
                  "UPDATE order_line SET quantity = quantity + 1 WHERE order_id = " + open_order},
        Tampering{"sold-quantity", "sold-is-paid-lines",
                  "UPDATE order_line SET quantity = quantity + 1 WHERE order_id = " + paid_order},
        Tampering{"sold-lot", "sold-is-paid-lines",
                  "UPDATE order_line SET lot_id = 12 WHERE order_id = " + paid_order},
        Tampering{"sold-unlisted", "sold-is-listed", "DELETE FROM sold_order"},
        Tampering{"sold-by-another", "sold-is-listed", "UPDATE sold_order SET merchant_id = 99"},
        Tampering{"total", "total-is-lines", "UPDATE orders SET total_fen = total_fen + 1"},
        Tampering{"lines-gone", "total-is-lines", "DELETE FROM order_line WHERE order_id = " + open_order},
        Tampering{"refund-gone", "paid-once", "DELETE FROM refund"},
        Tampering{"paid-amount", "paid-once",
                  "UPDATE payment_attempt SET amount_fen = amount_fen - 1 WHERE order_id = " + paid_order},
        Tampering{"paid-state", "paid-once",
                  "UPDATE orders SET state = 'PAID', paid_at = NOW(6), closed_at = NULL WHERE state = "
                  "'CREATED'"},
        Tampering{"refund-amount", "refund-is-captured", "UPDATE refund SET amount_fen = amount_fen + 1"},
        Tampering{"hold", "hold-is-open-order",
                  "INSERT INTO unpaid_hold VALUES (" + paid_order + ", 1, 1, 1, '1:1')"},
        Tampering{"receiver", "receiver-of-order",
                  "DELETE FROM vault_record WHERE order_id = " + paid_order}));

}  // namespace
}  // namespace shanhai::orders
