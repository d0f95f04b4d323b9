#include "integration/orders/fixture.hpp"

#include "chassis/events/set_aside.hpp"
#include "orders/application/erasure.hpp"
#include "orders/application/reports.hpp"
#include "orders/application/rescue.hpp"
#include "orders/store/retention.hpp"
#include "shanhai/event/v1/trace.pb.h"

namespace shanhai::orders {
namespace {

/// What happens to goods between order and payment.
class GoodsTest : public OrdersTest {
protected:
    GoodsTest() { shop_.stock(11, 10); }

    Attempt open(const Order& order) {
        std::vector<OpenPayment> requests{{order.number, "sandbox"}};
        const auto attempts = payments_.open(requests);
        if (!attempts[0]) throw std::runtime_error{attempts[0].error().code()};
        return *attempts[0];
    }
    static ProviderReport success(const Attempt& attempt, Instant paid = now()) {
        return {attempt.number, ProviderState::success, "TX" + attempt.number, attempt.amount, paid};
    }
    void pay(const Attempt& attempt, Instant paid = now()) {
        ASSERT_TRUE(apply_reports(shop_.books, {success(attempt, paid)}));
    }
    void block(std::uint64_t id, int days_left = 60) {
        auto lot = Shop::lot(id, 1, days_left);
        lot.saleable = false;
        shop_.learn(lot);
    }
    std::string reason_of(const Order& order) {
        return database_.text("SELECT COALESCE(close_reason, '') FROM orders WHERE order_id = " +
                              std::to_string(number(order.id)));
    }

    Payments payments_{shop_.books, shop_.providers};
    Closing closing_{shop_.books, shop_.providers};
    Rescue rescue_{shop_.books, closing_};
};

TEST_F(GoodsTest, SellsAnotherLotWhenTheFirstWasBlockedBeforeThePayment) {
    const auto order = shop_.placed("k", 1, 2);
    const auto attempt = open(order);
    shop_.stock(12, 5);
    block(11);
    pay(attempt);
    EXPECT_EQ(shop_.state_of(order), "PAID");
    EXPECT_EQ(shop_.count("order_line", "lot_id = 12 AND quantity = 2"), 1);
    EXPECT_EQ(shop_.count("order_line"), 1);
    EXPECT_EQ(shop_.available(11), 10);
    EXPECT_EQ(shop_.available(12), 3);
}

TEST_F(GoodsTest, SellsAnotherLotWhenWhatWasToldOfTheFirstCouldNotBeLearnt) {
    const auto order = shop_.placed("k", 1, 2);
    const auto attempt = open(order);
    shop_.stock(12, 5);
    event::v1::LotRegistered told;
    told.set_lot_id(11);
    ASSERT_TRUE(shop_.books.pool.transact_blocking([&](database::Session& session) -> Result<Done> {
        const events::Frame frame{"trace", 1, now(), {}};
        events::set_aside(session, frame, events::Event::of(told), {"lot_id", "11"},
                          "perhaps it was blocked");
        return Done{};
    }));
    pay(attempt);
    EXPECT_EQ(shop_.state_of(order), "PAID");
    EXPECT_EQ(shop_.count("order_line", "lot_id = 12 AND quantity = 2"), 1);
    EXPECT_EQ(shop_.available(11), 10);
}

TEST_F(GoodsTest, GivesLateMoneyBackOfAnOrderWhoseGoodsWereForgotten) {
    const auto order = shop_.placed("k", 1, 2);
    const auto attempt = open(order);
    shop_.let_expire(order);
    ASSERT_EQ(closing_.expire_due(), 1U);
    database_.run("DELETE FROM order_line");  // As retention does some days later.
    pay(attempt);
    EXPECT_EQ(shop_.state_of(order), "EXPIRED");
    EXPECT_EQ(shop_.count("refund"), 1);
}

TEST_F(GoodsTest, GivesLateMoneyBackOfAnOrderWhosePersonWasForgotten) {
    const auto order = shop_.placed("k", 1, 2);
    const auto attempt = open(order);
    shop_.let_expire(order);
    ASSERT_EQ(closing_.expire_due(), 1U);
    ASSERT_TRUE(erase_order(shop_.books, order.number));
    pay(attempt);  // Nobody knows any more to whom it should be sent.
    EXPECT_EQ(shop_.state_of(order), "EXPIRED");
    EXPECT_EQ(shop_.count("refund", "reason = 'paid-after-expiry'"), 1);
}

TEST_F(GoodsTest, SellsAnotherLotAlsoWhenTheCopyInMemoryDoesNotKnowOfTheBlock) {
    const auto order = shop_.placed("k", 1, 2);
    const auto attempt = open(order);
    shop_.stock(12, 5);
    database_.run("UPDATE lot SET saleable = FALSE WHERE lot_id = 11");
    pay(attempt);
    EXPECT_EQ(shop_.state_of(order), "PAID");
    EXPECT_EQ(shop_.count("order_line", "lot_id = 12 AND quantity = 2"), 1);
}

TEST_F(GoodsTest, RefundsAndClosesWithTheReasonWhenThereIsNoOtherLot) {
    const auto order = shop_.placed("k", 1, 2);
    const auto attempt = open(order);
    block(11);
    pay(attempt);
    EXPECT_EQ(shop_.state_of(order), "CANCELLED");
    EXPECT_EQ(reason_of(order), "lot-blocked");
    EXPECT_EQ(shop_.count("refund", "reason = 'lot-blocked' AND amount_fen = 3980"), 1);
    EXPECT_EQ(shop_.count("stock_journal", "kind = 'SALE'"), 0);
    EXPECT_EQ(shop_.available(11), 10);
    EXPECT_EQ(payments_.refund_due(), 0U);  // The sandbox knows of no such payment; the task stays.
    pay(attempt);                           // Told again: nothing more.
    EXPECT_EQ(shop_.count("refund"), 1);
}

TEST_F(GoodsTest, SellsNoLotThatExpiredBeforeThePayment) {
    const auto order = shop_.placed("k", 1, 1);
    const auto attempt = open(order);
    shop_.learn(Shop::lot(11, 1, 0));
    pay(attempt);
    EXPECT_EQ(reason_of(order), "lot-expired");
    EXPECT_EQ(shop_.count("refund", "reason = 'lot-expired'"), 1);
}

TEST_F(GoodsTest, KeepsTheGoodLinesOfAnOrderWhoseOtherLotWasBlocked) {
    shop_.stock(12, 10);
    shop_.stock(21, 5);
    auto answers = shop_.place({shop_.order("k", {{SkuId{1}, 3, 1}, {SkuId{2}, 2, 1}})});
    ASSERT_TRUE(answers[0]);
    const auto attempt = open(answers[0]->order);
    block(11);
    pay(attempt);
    EXPECT_EQ(shop_.state_of(answers[0]->order), "PAID");
    EXPECT_EQ(shop_.count("order_line", "lot_id = 21 AND quantity = 2"), 1);
    EXPECT_EQ(shop_.count("order_line", "lot_id = 12 AND quantity = 3"), 1);
}

TEST_F(GoodsTest, SellsNoFoodFromALotWithoutADayOfExpiry) {
    auto offer = Shop::offer(1);
    auto terms = std::make_shared<OfferTerms>(*offer.terms);
    terms->food = true;
    offer.terms = terms;
    shop_.learn(offer);
    auto timeless = Shop::lot(11, 1, 60);
    timeless.expiry.reset();
    shop_.learn(timeless);
    EXPECT_EQ(shop_.place({shop_.order("k", 1, 1)})[0].error().code(), "sold-out");
    terms = std::make_shared<OfferTerms>(*offer.terms);
    terms->food = false;
    offer.terms = terms;
    shop_.learn(offer);
    EXPECT_TRUE(shop_.place({shop_.order("k", 1, 1)})[0]);
}

TEST_F(GoodsTest, RefundsWhatIsPaidToAMerchantThatWasStopped) {
    const auto order = shop_.placed("k", 1, 1);
    const auto attempt = open(order);
    (void)shop_.pool.transact_blocking([](database::Session& session) -> Result<Done> {
        FactWriter{session}.save_merchant({MerchantId{5}, "大关县翠华合作社", OrganisationId{}, false});
        return Done{};
    });
    shop_.refresh();
    pay(attempt);
    EXPECT_EQ(reason_of(order), "merchant-inactive");
    EXPECT_EQ(shop_.count("refund", "reason = 'merchant-inactive'"), 1);
}

TEST_F(GoodsTest, MovesUnpaidOrdersOfABlockedLotToAnotherOrEndsThemWithTheReason) {
    const auto first = shop_.placed("a", 1, 3);
    const auto second = shop_.placed("b", 1, 4);
    shop_.stock(12, 5);
    block(11);
    EXPECT_EQ(rescue_.run(), 2U);
    EXPECT_EQ(rescue_.run(), 0U);
    EXPECT_EQ(shop_.state_of(first), "CREATED");
    EXPECT_EQ(shop_.count("order_line", "lot_id = 12 AND quantity = 3"), 1);
    EXPECT_EQ(shop_.state_of(second), "CANCELLED");
    EXPECT_EQ(reason_of(second), "lot-blocked");
    EXPECT_EQ(shop_.available(11), 10);
}

TEST_F(GoodsTest, EndsUnpaidOrdersWhoseCertificationWasSuspended) {
    const auto order = shop_.placed("a", 1, 3);
    (void)open(order);
    shop_.learn(Shop::offer(1, false));
    EXPECT_EQ(rescue_.run(), 1U);
    EXPECT_EQ(reason_of(order), "certification-not-valid");
    EXPECT_EQ(shop_.count("payment_attempt", "state = 'CLOSED'"), 1);
}

TEST_F(GoodsTest, CountsNoPaymentOfTheTimeInWhichTheCertificationWasSuspended) {
    const auto begin = now();
    const auto step = [&](CertificationState state, std::chrono::minutes since) {
        auto offer = Shop::offer(1);
        offer.certifications[0].state = state;
        offer.certifications[0].state_since = begin + since;
        shop_.learn(offer);
    };
    std::vector<Attempt> attempts;
    for (int i = 0; i < 4; ++i) {
        attempts.push_back(open(shop_.placed("k" + std::to_string(i), 1, 1)));
    }
    database_.run("UPDATE orders SET created_at = created_at - INTERVAL 3 HOUR");
    step(CertificationState::suspended, std::chrono::minutes{-60});
    step(CertificationState::certified, std::chrono::minutes{-30});
    step(CertificationState::revoked, std::chrono::minutes{-10});
    int i = 0;
    for (const int ago : {90, 45, 20, 5})
        pay(attempts[static_cast<std::size_t>(i++)], begin - std::chrono::minutes{ago});
    EXPECT_EQ(database_.text("SELECT GROUP_CONCAT(certified_at_payment ORDER BY order_id SEPARATOR '') FROM "
                             "order_line"),
              "1010");
}

TEST_F(GoodsTest, ExtendsTheHoldOnceWhenAPaymentIsOpened) {
    shop_.books.first_hold = std::chrono::seconds{300};
    const auto order = shop_.placed("k", 1, 1);
    EXPECT_EQ(order.expires - order.created, std::chrono::seconds{300});
    (void)open(order);
    const std::string extended = "SELECT TIMESTAMPDIFF(SECOND, created_at, expires_at) FROM orders";
    EXPECT_EQ(database_.number(extended), 900);
    database_.run("UPDATE payment_attempt SET state = 'FAILED'");
    (void)open(order);
    EXPECT_EQ(database_.number(extended), 900);
    const auto again = shop_.place({shop_.order("k", 1, 1)});  // A repetition says what was true at first.
    ASSERT_TRUE(again[0]);
    EXPECT_EQ(again[0]->order.first_expires, order.expires);
}

TEST_F(GoodsTest, ReceivesNoMoreThanTheLotHolds) {
    auto lot = Shop::lot(12, 1, 90);
    lot.quantity = 10;
    shop_.learn(lot);
    const auto receive = [&](const std::string& key, std::int64_t packs) {
        std::vector<ReceiveCommand> commands{{Shop::key(key), LotId{12}, packs, ""}};
        return Receiving{shop_.books}.receive(commands)[0];
    };
    EXPECT_EQ(receive("a", 1000).error().code(), "receipt-above-lot");
    EXPECT_TRUE(receive("b", 6));
    EXPECT_EQ(receive("c", 5).error().code(), "receipt-above-lot");
    EXPECT_TRUE(receive("d", 4));
    std::vector<ReceiveCommand> two{{Shop::key("e"), LotId{12}, 1, ""}, {Shop::key("f"), LotId{11}, 1, ""}};
    const auto answers = Receiving{shop_.books}.receive(two);
    EXPECT_FALSE(answers[0]);
    EXPECT_TRUE(answers[1]);
}

TEST_F(GoodsTest, CorrectsTheStockWhenASecondPersonAgrees) {
    Receiving receiving{shop_.books};
    const auto proposed = receiving.propose({Shop::key("c"), LotId{11}, -3, "破损", 7});
    ASSERT_TRUE(proposed);
    EXPECT_EQ(shop_.available(11), 10);
    EXPECT_EQ(receiving.confirm({proposed->id, 7}).error().code(), "second-person-needed");
    EXPECT_TRUE(receiving.confirm({proposed->id, 8}));
    EXPECT_TRUE(receiving.confirm({proposed->id, 8}));
    EXPECT_EQ(receiving.confirm({proposed->id, 9}).error().code(), "correction-confirmed");
    EXPECT_EQ(shop_.available(11), 7);
    EXPECT_TRUE(receiving.propose({Shop::key("c"), LotId{11}, -3, "破损", 7})->replayed);
    EXPECT_EQ(receiving.propose({Shop::key("c", "other"), LotId{11}, -4, "破损", 7}).error().code(),
              "idempotency-key-reused");
    EXPECT_EQ(receiving.confirm({999, 8}).error().code(), "correction-unknown");
}

TEST_F(GoodsTest, CorrectsNothingBelowWhatUnpaidOrdersHold) {
    (void)shop_.placed("k", 1, 4);
    Receiving receiving{shop_.books};
    EXPECT_EQ(receiving.propose({Shop::key("a"), LotId{11}, -7, "x", 7}).error().code(),
              "correction-below-reserved");
    const auto proposed = receiving.propose({Shop::key("b"), LotId{11}, -6, "x", 7});
    ASSERT_TRUE(proposed);
    (void)shop_.placed("l", 1, 1);
    EXPECT_EQ(receiving.confirm({proposed->id, 8}).error().code(), "correction-below-reserved");
    EXPECT_EQ(shop_.available(11), 5);
}

TEST_F(GoodsTest, RefusesAReceiptKeyThatTwoProcessesUseForTwoLots) {
    // The other process stores its key after ours has looked for it: both hold other lots.
    std::atomic<int> refused = 0;
    for (int round = 0; round < 5; ++round) {
        std::vector<std::thread> clerks;
        for (const std::uint64_t lot : {11U, 12U}) {
            clerks.emplace_back([&, lot] {
                std::vector<ReceiveCommand> commands{
                    {Shop::key("same" + std::to_string(round), std::to_string(lot)), LotId{lot}, 1, ""}};
                const auto answer = Receiving{shop_.books}.receive(commands)[0];
                if (answer) return;
                EXPECT_EQ(answer.error().code(), "idempotency-key-reused");
                ++refused;
            });
        }
        for (auto& clerk : clerks) clerk.join();
    }
    EXPECT_EQ(refused, 5);
}

TEST_F(GoodsTest, ExpiresAndRefundsAnOrderThatDrawsOnFiveHundredLots) {
    for (std::uint64_t id = 1001; id <= 1500; ++id) {
        (void)shop_.pool.transact_blocking([&](database::Session& session) -> Result<Done> {
            FactWriter{session}.save(Shop::lot(id, 2, 90));
            return Done{};
        });
    }
    shop_.refresh();
    database_.run("UPDATE stock SET on_hand = 1 WHERE lot_id > 1000");
    database_.run(
        "INSERT INTO stock_journal (lot_id, entry_id, kind, delta_on_hand, delta_reserved, at) SELECT "
        "lot_id, 1, 'RECEIPT', 1, 0, NOW(6) FROM stock WHERE lot_id > 1000");
    auto offer = Shop::offer(2);
    auto terms = std::make_shared<OfferTerms>(*offer.terms);
    terms->order_quantity_max = 500;
    offer.terms = terms;
    shop_.learn(offer);
    const auto order = shop_.placed("k", 2, 500);
    EXPECT_EQ(shop_.count("order_line"), 500);
    const auto attempt = open(order);
    shop_.let_expire(order);
    EXPECT_EQ(closing_.expire_due(), 1U);
    pay(attempt);
    EXPECT_EQ(shop_.state_of(order), "PAID");
}

TEST_F(GoodsTest, TakesNoMoreRowNumbersThanItNeeds) {
    const auto attempt = open(shop_.placed("k", 1, 1));
    const auto before = *shop_.row_numbers.take(1);
    pay(attempt);
    EXPECT_LE(*shop_.row_numbers.take(1) - before, 70U);
}

TEST_F(GoodsTest, GoesOnAfterAnOlderCopyOfTheSequencesWasRestored) {
    (void)shop_.placed("a", 1, 1);
    database_.run("UPDATE sequence SET next = 1");
    Numbers orders{shop_.pool, "order", 10};
    Numbers rows{shop_.pool, "row", 10};
    Books restored{shop_.pool, shop_.offers, shop_.vault, orders, rows, publish_facts, [] {}};
    OrderWriter writer{restored};
    for (const std::string key : {"b", "c"}) {
        std::vector<PlaceCommand> commands{shop_.order(key, 1, 1)};
        const auto placed = writer.place(commands);
        ASSERT_TRUE(placed[0]) << placed[0].error().code();
    }
    EXPECT_EQ(shop_.count("orders"), 3);
}

TEST_F(GoodsTest, KeepsLittleOfOrdersThatWereNeverPaid) {
    const auto unpaid = shop_.placed("a", 1, 1);
    const auto paid = shop_.placed("b", 1, 1);
    pay(open(paid));
    shop_.let_expire(unpaid);
    EXPECT_EQ(closing_.expire_due(), 1U);
    EXPECT_EQ(Retention(shop_.pool, std::chrono::hours{24}).run(), 0U);
    database_.run("UPDATE orders SET closed_at = closed_at - INTERVAL 2 DAY");
    database_.run("UPDATE idempotency SET expires_at = '2020-01-01' WHERE expires_at IS NOT NULL");
    EXPECT_EQ(Retention(shop_.pool, std::chrono::hours{24}).run(), 4U);
    EXPECT_EQ(shop_.count("idempotency"), 1);  // The receipt's key stays.
    EXPECT_EQ(shop_.count("vault_record"), 1);
    EXPECT_EQ(shop_.count("order_line"), 1);
    EXPECT_EQ(shop_.count("orders"), 2);
    database_.run("DELETE FROM stock_journal WHERE order_id = " + std::to_string(number(unpaid.id)));
    database_.run("DELETE FROM orders WHERE state = 'EXPIRED'");  // What the balance counts.
}

}  // namespace
}  // namespace shanhai::orders
