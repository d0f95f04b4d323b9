#include "integration/orders/fixture.hpp"

#include "orders/application/reports.hpp"

#include <thread>

namespace shanhai::orders {
namespace {

/// Caps on what unpaid orders hold, where two copies of the service sell from the same database.
class HoldsTest : public OrdersTest {
protected:
    HoldsTest() {
        shop_.stock(11, 100);
        shop_.books.holds = &ledger_;
    }
    PlaceCommand order(const std::string& key, const std::string& phone, const std::string& address,
                       const std::string& network, std::int64_t packs = 1) {
        auto command = shop_.order(key, 1, packs);
        command.draft->receiver.phone = phone;
        command.draft->receiver.address = address;
        command.network = network;
        return command;
    }
    /// Somebody nobody has met before.
    PlaceCommand stranger(std::int64_t packs = 1, const std::string& network = "") {
        const auto i = std::to_string(++strangers_);
        return order("s" + i, "139" + i, "somewhere " + i, network.empty() ? "net " + i : network, packs);
    }
    std::string outcome(PlaceCommand command) {
        std::vector<PlaceCommand> commands;
        commands.push_back(std::move(command));
        const auto answer = OrderWriter{shop_.books}.place(commands)[0];
        if (answer) return "placed";
        EXPECT_TRUE(answer.error().code() != "hold-limit" || answer.error().retry_after());
        return answer.error().code() +
               (answer.error().fields().empty() ? "" : " " + answer.error().fields()[0].pointer);
    }

    HoldCaps caps_{2, 3, 5, 80, 20};
    HoldLedger ledger_{caps_};
    int strangers_ = 0;
};

TEST_F(HoldsTest, CapsTheUnpaidOrdersOfATelephoneAnAddressAndANetwork) {
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(
            outcome(order("a" + std::to_string(i), "1", "x" + std::to_string(i), "n" + std::to_string(i))),
            "placed");
    EXPECT_EQ(outcome(order("a9", "1", "x9", "n9")), "hold-limit /receiver/phone");
    EXPECT_EQ(outcome(order("a8", "1-8", "x8", "n8")), "hold-limit /receiver/phone")
        << "an extension is no other line";
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(outcome(order("b" + std::to_string(i), "2" + std::to_string(i), "上海市 同一条路1号",
                                "m" + std::to_string(i))),
                  "placed");
    EXPECT_EQ(outcome(order("b9", "29", "上海市，同一条路１号", "m9")), "hold-limit /receiver/address");
    for (int i = 0; i < 5; ++i) EXPECT_EQ(outcome(stranger(1, "one network")), "placed");
    EXPECT_EQ(outcome(stranger(1, "one network")), "hold-limit");
    EXPECT_EQ(shop_.count("unpaid_hold"), 10);
    EXPECT_EQ(shop_.available(11), 90);
}

TEST_F(HoldsTest, LetsNobodyEmptyAShelf) {
    EXPECT_EQ(outcome(stranger(15, "bots")), "placed");
    EXPECT_EQ(outcome(stranger(6, "bots")), "hold-limit /lines/0/sku_id");
    for (int i = 0; i < 4; ++i) EXPECT_EQ(outcome(stranger(15)), "placed");
    EXPECT_EQ(outcome(stranger(15)), "hold-limit /lines/0/quantity");
    EXPECT_EQ(outcome(stranger(5, "bots")), "placed");
    EXPECT_EQ(outcome(stranger(1, "bots")), "hold-limit /lines/0/sku_id");
    EXPECT_EQ(outcome(stranger(1)), "placed");  // From the reserve.
    EXPECT_EQ(shop_.available(11), 19);
}

TEST_F(HoldsTest, FreesTheHoldWithThePaymentTheExpiryAndTheCancellation) {
    std::vector<PlaceCommand> commands{order("a", "1", "x", "n"), order("b", "1", "y", "m")};
    const auto placed = shop_.place(commands);
    ASSERT_TRUE(placed[0] && placed[1]);
    EXPECT_EQ(outcome(order("c", "1", "z", "o")), "hold-limit /receiver/phone");
    Payments payments{shop_.books, shop_.providers};
    std::vector<OpenPayment> requests{{placed[0]->order.number, "sandbox"}};
    const auto attempt = payments.open(requests);
    ASSERT_TRUE(
        apply_reports(shop_.books, {{attempt[0]->number, ProviderState::success, "TX", Fen{1990}, now()}}));
    EXPECT_EQ(outcome(order("c", "1", "z", "o")), "placed");
    EXPECT_EQ(outcome(order("d", "1", "z", "o")), "hold-limit /receiver/phone");
    shop_.let_expire(placed[1]->order);
    Closing closing{shop_.books, shop_.providers};
    EXPECT_EQ(closing.expire_due(), 1U);
    EXPECT_EQ(outcome(order("d", "1", "z", "o")), "placed");
    EXPECT_EQ(shop_.count("unpaid_hold"), 2);
    EXPECT_EQ(ledger_.size(), 2U);
}

TEST_F(HoldsTest, CountsNothingForAnOrderThatWasNotPlaced) {
    EXPECT_EQ(outcome(order("a", "1", "x", "n", 50)), "placed");
    EXPECT_EQ(outcome(order("b", "1", "y", "n2", 50)), "hold-limit /lines/0/quantity");
    EXPECT_EQ(ledger_.size(), 1U);
    database_.run("UPDATE lot SET saleable = FALSE WHERE lot_id = 11");
    EXPECT_EQ(outcome(order("c", "1", "y", "n3", 1)), "sold-out");
    EXPECT_EQ(ledger_.size(), 1U);
}

TEST_F(HoldsTest, KnowsWhatAnotherCopyAndAnEarlierProcessHold) {
    EXPECT_EQ(outcome(order("a", "1", "x", "n")), "placed");
    HoldLedger other{caps_};
    ASSERT_TRUE(other.refresh(shop_.pool));
    EXPECT_EQ(other.size(), 1U);
    shop_.books.holds = &other;
    EXPECT_EQ(outcome(order("b", "1", "x", "n")), "placed");
    EXPECT_EQ(outcome(order("c", "1", "y", "m")), "hold-limit /receiver/phone");
    ASSERT_TRUE(ledger_.refresh(shop_.pool));
    EXPECT_EQ(ledger_.size(), 2U);
}

TEST_F(HoldsTest, CannotBeExceededByOrdersAtTheSameMoment) {
    std::atomic<int> placed = 0;
    std::atomic<int> refused = 0;
    std::vector<std::thread> bots;
    for (int bot = 0; bot < 4; ++bot) {
        bots.emplace_back([&, bot] {
            OrderWriter writer{shop_.books};
            for (int i = 0; i < 10; ++i) {
                std::vector<PlaceCommand> commands;
                for (int j = 0; j < 4; ++j) {
                    const auto name = std::to_string(bot) + "-" + std::to_string(i) + "-" + std::to_string(j);
                    commands.push_back(order(name, "1", "x" + name, "n" + name, 1));
                }
                for (const auto& answer : writer.place(commands)) {
                    if (answer) {
                        ++placed;
                    } else if (answer.error().code() == "hold-limit") {
                        ++refused;
                    }
                }
            }
        });
    }
    for (auto& bot : bots) bot.join();
    EXPECT_EQ(placed, 2);
    EXPECT_EQ(refused, 158);
    EXPECT_EQ(shop_.count("unpaid_hold"), 2);
}

TEST_F(HoldsTest, HoldsOfSampleOrdersAreNotCapped) {
    for (int i = 0; i < 9; ++i) {
        std::vector<PlaceCommand> commands{shop_.order("k" + std::to_string(i), 1, 1)};
        EXPECT_TRUE(OrderWriter{shop_.books}.place(commands)[0]);
    }
    EXPECT_EQ(shop_.count("unpaid_hold"), 0);
}

}  // namespace
}  // namespace shanhai::orders
