#include "integration/orders/fixture.hpp"

#include <atomic>
#include <map>
#include <random>
#include <thread>

namespace shanhai::orders {
namespace {

std::size_t count_placed(const std::vector<Result<Placed>>& answers) {
    std::size_t count = 0;
    for (const auto& answer : answers) {
        if (answer) ++count;
    }
    return count;
}

TEST_F(OrdersTest, ReservesTheLotThatExpiresFirst) {
    shop_.stock(11, 5);
    shop_.stock(12, 5);
    const auto order = shop_.placed("a", 1, 7);
    ASSERT_EQ(order.lines.size(), 2U);
    EXPECT_EQ(order.lines[0].lot, LotId{11});
    EXPECT_EQ(order.lines[0].quantity, 5);
    EXPECT_EQ(order.lines[1].lot, LotId{12});
    EXPECT_EQ(order.lines[1].quantity, 2);
    EXPECT_EQ(shop_.available(11), 0);
    EXPECT_EQ(shop_.available(12), 3);
}

TEST_F(OrdersTest, SellsAHundredPacksToFiveHundredBuyersExactlyOnce) {
    shop_.stock(11, 60);
    shop_.stock(12, 40);
    std::vector<boost::asio::io_context> homes(10);  // They outlive the desk, whose threads post to them.
    BatchingDesk desk{shop_.books, shop_.providers, [] {}, {64, 2}};
    std::atomic<int> sold = 0;
    std::atomic<int> refused = 0;
    std::vector<std::thread> buyers;
    for (int buyer = 0; buyer < 10; ++buyer) {
        buyers.emplace_back([&, buyer] {
            for (int i = 0; i < 50; ++i) {
                const auto key = std::to_string(buyer) + "-" + std::to_string(i);
                const auto placed =
                    finish(homes[static_cast<std::size_t>(buyer)], desk.place(shop_.order(key, 1, 1)));
                if (placed) ++sold;
                if (!placed && placed.error().code() == "sold-out") ++refused;
            }
        });
    }
    for (auto& buyer : buyers) buyer.join();
    desk.stop();
    EXPECT_EQ(sold, 100);
    EXPECT_EQ(refused, 400);
    EXPECT_EQ(shop_.count("orders"), 100);
    EXPECT_EQ(database_.number("SELECT SUM(reserved) FROM stock WHERE sku_id = 1"), 100);
}

TEST_F(OrdersTest, StoresOneOrderForTwoHundredRequestsWithOneKey) {
    shop_.stock(11, 500);
    std::vector<boost::asio::io_context> homes(20);
    BatchingDesk desk{shop_.books, shop_.providers, [] {}, {16, 2}};
    std::mutex mutex;
    std::set<std::string> numbers;
    std::atomic<int> first = 0;
    std::vector<std::thread> shoppers;
    for (int shopper = 0; shopper < 20; ++shopper) {
        shoppers.emplace_back([&, shopper] {
            auto& home = homes[static_cast<std::size_t>(shopper)];
            for (int i = 0; i < 10; ++i) {
                const auto placed = finish(home, desk.place(shop_.order("same", 1, 2)));
                ASSERT_TRUE(placed) << placed.error().code();
                if (!placed->replayed) ++first;
                const std::lock_guard lock{mutex};
                numbers.insert(placed->order.number);
            }
        });
    }
    for (auto& shopper : shoppers) shopper.join();
    desk.stop();
    EXPECT_EQ(numbers.size(), 1U);
    EXPECT_EQ(first, 1);
    EXPECT_EQ(shop_.count("orders"), 1);
    EXPECT_EQ(shop_.available(11), 498);
}

TEST_F(OrdersTest, AnswersARepetitionInsideOneBatchWithTheSameOrder) {
    shop_.stock(11, 10);
    const auto answers =
        shop_.place({shop_.order("k", 1, 1), shop_.order("k", 1, 1), shop_.order("other", 1, 1)});
    ASSERT_EQ(count_placed(answers), 3U);
    EXPECT_FALSE(answers[0]->replayed);
    EXPECT_TRUE(answers[1]->replayed);
    EXPECT_EQ(answers[0]->order.number, answers[1]->order.number);
    EXPECT_EQ(shop_.count("orders"), 2);
}

TEST_F(OrdersTest, RefusesAKeyThatWasUsedForAnotherRequest) {
    shop_.stock(11, 10);
    (void)shop_.placed("k", 1, 1);
    const auto answers =
        shop_.place({shop_.order("k", 1, 2), shop_.order("n", 1, 1), shop_.order("n", 1, 2)});
    ASSERT_FALSE(answers[0]);
    EXPECT_EQ(answers[0].error().code(), "idempotency-key-reused");
    EXPECT_EQ(answers[0].error().kind(), Failure::invalid);
    EXPECT_TRUE(answers[1]);
    ASSERT_FALSE(answers[2]);
    EXPECT_EQ(answers[2].error().code(), "idempotency-key-reused");
}

TEST_F(OrdersTest, LeavesTheKeyFreeWhenTheOrderIsRefused) {
    EXPECT_EQ(shop_.place({shop_.order("k", 1, 1)})[0].error().code(), "sold-out");
    shop_.stock(11, 10);
    EXPECT_TRUE(shop_.place({shop_.order("k", 1, 1)})[0]);
}

TEST_F(OrdersTest, ReplaysAnOrderWhosePriceHasChangedSince) {
    shop_.stock(11, 10);
    const auto order = shop_.placed("k", 1, 1);
    auto offer = Shop::offer(1);
    auto terms = std::make_shared<OfferTerms>(*offer.terms);
    terms->price_version = 2;
    terms->price = Fen{2990};
    offer.terms = terms;
    shop_.learn(offer);
    const auto again = shop_.place({shop_.order("k", 1, 1), shop_.order("n", 1, 1)});
    ASSERT_TRUE(again[0]);
    EXPECT_TRUE(again[0]->replayed);
    EXPECT_EQ(again[0]->order.number, order.number);
    EXPECT_EQ(again[0]->order.total, Fen{1990});
    EXPECT_EQ(again[0]->order.created, order.created);
    ASSERT_FALSE(again[1]);
    EXPECT_EQ(again[1].error().code(), "price-changed");
}

/// However a list of requests, some of them repeated, falls into batches, and whether what they want is still
/// to be had: each key stands for one order or none, and says so every time.
TEST_F(OrdersTest, AnswersEachKeyAlikeInWhateverBatchesItsRepetitionsCome) {
    std::mt19937 random{20261127};
    shop_.stock(11, 40);  // Sold out half-way.
    OrderWriter writer{shop_.books};
    std::map<std::string, std::string> order_of;
    for (int left = 160; left > 0;) {
        std::vector<std::string> keys;
        std::vector<PlaceCommand> commands;
        for (auto size = std::min<int>(left, 1 + static_cast<int>(random() % 9)); size > 0; --size, --left) {
            keys.push_back("key " + std::to_string(random() % 70));
            commands.push_back(shop_.order(keys.back(), 1, 1));
        }
        const auto answers = writer.place(commands);
        for (std::size_t i = 0; i < keys.size(); ++i) {
            const auto known = order_of.find(keys[i]);
            if (!answers[i]) {
                EXPECT_EQ(answers[i].error().code(), "sold-out");
                EXPECT_EQ(known, order_of.end()) << keys[i];
            } else {
                EXPECT_EQ(answers[i]->replayed, known != order_of.end()) << keys[i];
                EXPECT_EQ(order_of.try_emplace(keys[i], answers[i]->order.number).first->second,
                          answers[i]->order.number);
            }
        }
    }
    EXPECT_EQ(order_of.size(), 40U);
    EXPECT_EQ(shop_.count("orders"), 40);
    EXPECT_EQ(shop_.count("idempotency", "expires_at IS NOT NULL"), 40);
}

TEST_F(OrdersTest, LeavesNothingBehindWhenALineIsRefused) {
    shop_.stock(11, 10);
    shop_.stock(21, 1);
    const auto answers = shop_.place({shop_.order("k", {{SkuId{1}, 3, 1}, {SkuId{2}, 2, 1}})});
    ASSERT_FALSE(answers[0]);
    EXPECT_EQ(answers[0].error().code(), "sold-out");
    EXPECT_EQ(shop_.available(11), 10);
    EXPECT_EQ(shop_.available(21), 1);
    for (const auto* table : {"orders", "order_line", "vault_record", "outbox"}) {
        const std::int64_t receipts = std::string{table} == "outbox" ? 2 : 0;
        EXPECT_EQ(shop_.count(table), receipts) << table;
    }
}

TEST_F(OrdersTest, SumsTwoLinesOfOneSkuBeforeItPromises) {
    shop_.stock(11, 5);
    const auto answers = shop_.place({shop_.order("k", {{SkuId{1}, 3, 1}, {SkuId{1}, 3, 1}})});
    ASSERT_FALSE(answers[0]);
    EXPECT_EQ(shop_.available(11), 5);
}

TEST_F(OrdersTest, RefusesALotThatWasRecalledAfterTheCopyInMemoryWasMade) {
    shop_.stock(11, 10);
    database_.run("UPDATE lot SET saleable = FALSE WHERE lot_id = 11");
    EXPECT_EQ(shop_.place({shop_.order("k", 1, 1)})[0].error().code(), "sold-out");
    EXPECT_EQ(shop_.count("orders"), 0);
}

TEST_F(OrdersTest, RefusesASuspendedCertificationAndChangesNothing) {
    shop_.stock(31, 10);
    const auto before = shop_.count("stock_journal");
    const auto answers = shop_.place({shop_.order("k", 3, 1)});
    ASSERT_FALSE(answers[0]);
    EXPECT_EQ(answers[0].error().code(), "certification-not-valid");
    EXPECT_EQ(shop_.count("orders"), 0);
    EXPECT_EQ(shop_.count("stock_journal"), before);
}

TEST_F(OrdersTest, RefusesAnOrderWhoseCertificationIsSuspendedWhileItWaits) {
    shop_.stock(11, 10);
    auto command = shop_.order("k", 1, 1);
    ASSERT_TRUE(command.draft);
    shop_.learn(Shop::offer(1, false));
    EXPECT_EQ(shop_.place({command})[0].error().code(), "certification-not-valid");
    EXPECT_EQ(shop_.available(11), 10);
}

TEST_F(OrdersTest, KeepsAReceiptOnceHoweverOftenItIsSent) {
    std::vector<ReceiveCommand> commands(3);
    for (auto& command : commands) command = {Shop::key("r"), LotId{11}, 25, "first delivery"};
    const auto received = Receiving{shop_.books}.receive(commands);
    ASSERT_TRUE(received[2]);
    EXPECT_FALSE(received[0]->replayed);
    EXPECT_TRUE(received[2]->replayed);
    const auto again = Receiving{shop_.books}.receive(commands);
    ASSERT_TRUE(again[0]);
    EXPECT_EQ(again[0]->receipt, received[0]->receipt);
    EXPECT_EQ(again[0]->at, received[0]->at);
    EXPECT_EQ(shop_.available(11), 25);
}

TEST_F(OrdersTest, KeepsPersonalDataOutOfEveryTableButTheVaultAndSealedThere) {
    shop_.stock(11, 10);
    (void)shop_.placed("k", 1, 1);
    const auto columns =
        database_.number("SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()");
    ASSERT_GT(columns, 50);
    for (const std::string secret : {"13812345678", "张三丰", "沪闵路"}) {
        for (const std::string table : {"orders", "order_line", "vault_record", "outbox", "idempotency",
                                        "stock_journal", "payment_attempt"}) {
            const auto searched = database_.text(
                "SELECT GROUP_CONCAT(CONCAT('LOCATE(CAST(\\'" + secret +
                "\\' AS BINARY), COALESCE(CAST(`', column_name, '` AS BINARY), \\'\\'))') SEPARATOR ' + ') "
                "FROM "
                "information_schema.columns WHERE table_schema = DATABASE() AND table_name = '" +
                table + "'");
            EXPECT_EQ(database_.number("SELECT COALESCE(SUM(" + searched + "), 0) FROM `" + table + "`"), 0)
                << secret << " is in " << table;
        }
    }
}

TEST_F(OrdersTest, OpensTheVaultForTheOrderItSealedAndForNoOther) {
    const auto sealed = shop_.vault.seal(OrderId{1}, Shop::receiver());
    EXPECT_EQ(shop_.vault.open(OrderId{1}, sealed.wrapped_key, sealed.sealed), Shop::receiver());
    EXPECT_FALSE(shop_.vault.open(OrderId{2}, sealed.wrapped_key, sealed.sealed));
    EXPECT_NE(sealed.buyer, sealed.phone_hash);
    EXPECT_EQ(sealed.buyer, shop_.vault.seal(OrderId{3}, Shop::receiver()).buyer);
}

TEST_F(OrdersTest, ExpiresWhatIsDueAndPutsTheGoodsBack) {
    shop_.stock(11, 10);
    const auto due = shop_.placed("a", 1, 4);
    const auto fresh = shop_.placed("b", 1, 1);
    shop_.let_expire(due);
    EXPECT_EQ((Closing{shop_.books, shop_.providers}.expire_due()), 1U);
    EXPECT_EQ(shop_.state_of(due), "EXPIRED");
    EXPECT_EQ(shop_.state_of(fresh), "CREATED");
    EXPECT_EQ(shop_.available(11), 9);
}

TEST_F(OrdersTest, ExpiresMoreThanOneBatch) {
    shop_.stock(11, 600);
    std::vector<PlaceCommand> commands;
    for (int i = 0; i < 600; ++i) commands.push_back(shop_.order("k" + std::to_string(i), 1, 1));
    EXPECT_EQ(count_placed(shop_.place(commands)), 600U);
    database_.run("UPDATE orders SET expires_at = '2020-01-01'");
    EXPECT_EQ((Closing{shop_.books, shop_.providers}.expire_due()), 600U);
    EXPECT_EQ(shop_.available(11), 600);
}

TEST_F(OrdersTest, CancelsOnceAndSaysSoAgain) {
    shop_.stock(11, 10);
    const auto order = shop_.placed("a", 1, 4);
    Closing closing{shop_.books, shop_.providers};
    std::vector<std::string> numbers{order.number, "SH202601010000000000X", order.number};
    const auto answers = closing.cancel(numbers);
    EXPECT_TRUE(answers[0]);
    ASSERT_FALSE(answers[1]);
    EXPECT_EQ(answers[1].error().code(), "order-unknown");
    EXPECT_TRUE(answers[2]);
    EXPECT_EQ(shop_.state_of(order), "CANCELLED");
    EXPECT_EQ(shop_.available(11), 10);
}

}  // namespace
}  // namespace shanhai::orders
