#include "integration/orders/fixture.hpp"

#include "orders/application/quarantine.hpp"
#include "orders/application/reports.hpp"
#include "orders/application/rescue.hpp"

#include <future>
#include <thread>

namespace shanhai::orders {
namespace {

/// Payments and orders while the database, or somebody at it, makes trouble.
class TroubleTest : public OrdersTest {
protected:
    TroubleTest() { shop_.stock(11, 50); }

    Attempt open(Shop& shop, const Order& order) {
        std::vector<OpenPayment> requests{{order.number, "sandbox"}};
        const auto attempts = Payments{shop.books, shop.providers}.open(requests);
        if (!attempts[0]) throw std::runtime_error{attempts[0].error().code()};
        return *attempts[0];
    }
    static ProviderReport success(const Attempt& attempt) {
        return {attempt.number, ProviderState::success, "TX" + attempt.number, attempt.amount, now()};
    }
    static void store(Notifications& notifications, const std::string& id, const ProviderReport& report) {
        std::vector<IncomingNotification> one{{"sandbox", {id, report}, "{}"}};
        ASSERT_TRUE(notifications.store(one)[0]);
    }
    Notifications notifications_{shop_.books};
    Payments payments_{shop_.books, shop_.providers};
    Closing closing_{shop_.books, shop_.providers};
    Quarantine quarantine_{shop_.pool, publish_facts};
};

TEST_F(TroubleTest, PutsAsideTheNotificationThatFailedAndNotTheOldest) {
    std::vector<Attempt> attempts;
    for (int i = 0; i < 6; ++i) attempts.push_back(open(shop_, shop_.placed("k" + std::to_string(i), 1, 1)));
    ASSERT_TRUE(apply_reports(shop_.books, {success(attempts[0])}));
    for (std::size_t i = 1; i < attempts.size(); ++i) {
        auto report = success(attempts[i]);
        if (i == 4) report.transaction_id = "TX" + attempts[0].number;  // Of another payment.
        store(notifications_, "N" + std::to_string(i), report);
    }
    EXPECT_EQ(notifications_.apply_waiting(), 4U);
    EXPECT_EQ(database_.text(
                  "SELECT GROUP_CONCAT(provider_notification_id) FROM payment_notification WHERE state = "
                  "'QUARANTINED'"),
              "N4");
    EXPECT_EQ(shop_.count("orders", "state = 'PAID'"), 5);
    ASSERT_EQ(quarantine_.waiting()->size(), 1U);
    EXPECT_EQ((*quarantine_.waiting())[0].attempt_number, attempts[4].number);
    // The cause goes away, and a human lets it be applied.
    database_.run("UPDATE payment_notification SET transaction_id = 'TXgood' WHERE state = 'QUARANTINED'");
    EXPECT_TRUE(quarantine_.release({attempts[4].number, "somebody", "the provider has mended it"}));
    EXPECT_EQ(notifications_.apply_waiting(), 1U);
    EXPECT_EQ(shop_.count("orders", "state = 'PAID'"), 6);
    EXPECT_TRUE(quarantine_.waiting()->empty());
    EXPECT_EQ(quarantine_.release({attempts[4].number, "somebody", ""}).error().code(),
              "nothing-quarantined");
}

TEST_F(TroubleTest, EndsAnAttemptOnceThatFailedAndSucceededInOneBatch) {
    const auto order = shop_.placed("k", 1, 1);
    const auto attempt = open(shop_, order);
    store(notifications_, "N1", {attempt.number, ProviderState::failed, "", Fen{0}, now()});
    store(notifications_, "N2", success(attempt));
    EXPECT_EQ(notifications_.apply_waiting(), 2U);
    EXPECT_EQ(shop_.state_of(order), "PAID");
    EXPECT_EQ(shop_.count("payment_attempt", "state = 'SUCCESS' AND transaction_id IS NOT NULL"), 1);
    store(notifications_, "N3", success(attempt));
    EXPECT_EQ(notifications_.apply_waiting(), 1U);
    EXPECT_EQ(shop_.count("refund"), 0);
}

TEST_F(TroubleTest, LetsOneBadReportDelayNeitherPollingNorExpiry) {
    std::vector<Order> orders;
    std::vector<Attempt> attempts;
    for (int i = 0; i < 4; ++i) {
        orders.push_back(shop_.placed("k" + std::to_string(i), 1, 1));
        attempts.push_back(open(shop_, orders.back()));
    }
    std::vector<ProviderReport> reports;
    for (const auto& attempt : attempts) reports.push_back(success(attempt));
    reports[1].transaction_id = reports[0].transaction_id;
    const auto verdicts = apply_reports_apart(shop_.books, reports);
    ASSERT_TRUE(verdicts);
    EXPECT_EQ((*verdicts)[1], Verdict::quarantine);
    EXPECT_EQ(shop_.count("orders", "state = 'PAID'"), 3);
    EXPECT_EQ(shop_.count("payment_attempt", "quarantined"), 1);
    shop_.let_expire(orders[1]);  // What waits for a human keeps no order open.
    EXPECT_EQ(closing_.expire_due(), 1U);
    EXPECT_EQ(shop_.state_of(orders[1]), "EXPIRED");
}

TEST_F(TroubleTest, GivesAnotherAmountBackWhenAHumanRejectsIt) {
    const auto order = shop_.placed("k", 1, 1);
    const auto attempt = open(shop_, order);
    auto report = success(attempt);
    report.amount = Fen{77};
    store(notifications_, "N1", report);
    EXPECT_EQ(notifications_.apply_waiting(), 1U);
    const auto waiting = quarantine_.waiting();
    ASSERT_TRUE(waiting);
    ASSERT_EQ(waiting->size(), 1U);
    EXPECT_EQ((*waiting)[0].asked, Fen{1990});
    EXPECT_EQ((*waiting)[0].reported, Fen{77});
    shop_.let_expire(order);
    EXPECT_EQ(closing_.expire_due(), 1U);
    EXPECT_TRUE(quarantine_.reject({attempt.number, "somebody", "not our price"}));
    EXPECT_EQ(shop_.count("refund", "amount_fen = 77 AND reason = 'other-amount'"), 1);
    EXPECT_EQ(shop_.count("payment_quarantine", "decision = 'REJECTED' AND decided_by = 'somebody'"), 1);
    EXPECT_EQ(shop_.count("payment_notification", "state = 'REJECTED'"), 1);
    EXPECT_TRUE(quarantine_.waiting()->empty());
    ASSERT_TRUE(apply_reports(shop_.books, {report}));  // Told once more: nothing.
    EXPECT_EQ(shop_.count("refund"), 1);
    EXPECT_EQ(shop_.state_of(order), "EXPIRED");
}

TEST_F(TroubleTest, TellsOfPaymentsAtAProviderThatIsNotUsedAnyMoreAndEndsThemByCommand) {
    const auto order = shop_.placed("k", 1, 1);
    const auto attempt = open(shop_, order);
    EXPECT_TRUE(quarantine_.stranded({"sandbox"})->empty());
    const auto stranded = quarantine_.stranded({"another"});
    ASSERT_EQ(stranded->size(), 1U);
    EXPECT_EQ((*stranded)[0].attempt_number, attempt.number);
    const Providers none;
    Closing closing{shop_.books, none};
    shop_.let_expire(order);
    EXPECT_EQ(closing.expire_due(), 0U);
    EXPECT_TRUE(quarantine_.close({attempt.number, "somebody", "the contract ended"}));
    EXPECT_EQ(quarantine_.close({attempt.number, "somebody", ""}).error().code(), "attempt-not-open");
    EXPECT_EQ(closing.expire_due(), 1U);
}

TEST_F(TroubleTest, GivesMoneyBackOfAReportThatCouldNotBeAppliedWhenAHumanRejectsIt) {
    std::vector<Order> orders;
    std::vector<Attempt> attempts;
    for (int i = 0; i < 3; ++i) {
        orders.push_back(shop_.placed("k" + std::to_string(i), 1, 1));
        attempts.push_back(open(shop_, orders.back()));
    }
    // What makes reports unfit to be applied: nothing can be written of these orders.
    database_.run(
        "CREATE TRIGGER refuse BEFORE UPDATE ON orders FOR EACH ROW IF NEW.state = 'PAID' THEN SIGNAL "
        "SQLSTATE '45000'; END IF");
    store(notifications_, "N0", success(attempts[0]));
    EXPECT_EQ(notifications_.apply_waiting(), 0U);                          // Told by the provider …
    ASSERT_TRUE(apply_reports_apart(shop_.books, {success(attempts[1])}));  // … or asked of it.
    ASSERT_TRUE(
        apply_reports_apart(shop_.books, {{attempts[2].number, ProviderState::closed, "", Fen{0}, now()}}));
    database_.run("DROP TRIGGER refuse");
    const auto waiting = quarantine_.waiting();
    ASSERT_EQ(waiting->size(), 2U);
    for (const auto& one : *waiting) {
        EXPECT_EQ(one.reason, "not-applied");
        EXPECT_EQ(one.reported, Fen{1990});
        EXPECT_TRUE(quarantine_.reject({one.attempt_number, "somebody", "it is to be sent back"}));
    }
    EXPECT_EQ(shop_.count("refund", "amount_fen = 1990 AND reason = 'not-applied' AND state = 'PENDING'"), 2);
    EXPECT_EQ(shop_.count("payment_attempt", "state = 'SUCCESS' AND NOT quarantined"), 2);
    for (const auto i : {0U, 1U})
        ASSERT_TRUE(apply_reports(shop_.books, {success(attempts[i])}));  // Told once more.
    EXPECT_EQ(shop_.count("refund"), 2);
    EXPECT_EQ(shop_.count("orders", "state = 'PAID'"), 0);
}

TEST_F(TroubleTest, GivesNothingBackOfATransactionThatPaidAnotherOrder) {
    const auto first = open(shop_, shop_.placed("a", 1, 1));
    const auto second = open(shop_, shop_.placed("b", 1, 1));
    ASSERT_TRUE(apply_reports(shop_.books, {success(first)}));
    auto report = success(second);
    report.transaction_id = "TX" + first.number;
    ASSERT_TRUE(apply_reports_apart(shop_.books, {report}));
    EXPECT_TRUE(quarantine_.reject({second.number, "somebody", "one transaction, two payments"}));
    EXPECT_EQ(shop_.count("refund"), 0);
    EXPECT_EQ(shop_.count("payment_attempt", "state = 'CLOSED'"), 1);
}

TEST_F(TroubleTest, SaysWhichOrdersCannotBeEndedAndGoesOnWithTheOthers) {
    const auto broken = shop_.placed("a", 1, 1);
    const auto good = shop_.placed("b", 1, 1);
    database_.run(
        "CREATE TRIGGER refuse BEFORE UPDATE ON orders FOR EACH ROW IF NEW.state = 'EXPIRED' AND "
        "NEW.order_id = " +
        std::to_string(number(broken.id)) + " THEN SIGNAL SQLSTATE '45000'; END IF");
    shop_.let_expire(broken);
    shop_.let_expire(good);
    EXPECT_EQ(closing_.expire_due(), 1U);
    EXPECT_EQ(shop_.state_of(good), "EXPIRED");
    EXPECT_EQ(closing_.stuck(), 1U);
    const auto later = shop_.placed("c", 1, 1);
    shop_.let_expire(later);
    EXPECT_EQ(closing_.expire_due(), 1U);  // The broken one is left alone for a minute.
    EXPECT_EQ(closing_.stuck(), 1U);
    database_.run("DROP TRIGGER refuse");
    Closing another{shop_.books, shop_.providers};  // Which has met no trouble yet.
    EXPECT_EQ(another.expire_due(), 1U);
    EXPECT_EQ(shop_.state_of(broken), "EXPIRED");
}

TEST_F(TroubleTest, EndsARefundOfAProviderThatIsNotUsedAnyMoreByCommandAndTellsOfIt) {
    const auto order = shop_.placed("k", 1, 1);
    const auto attempt = open(shop_, order);
    shop_.let_expire(order);
    database_.run("DELETE FROM stock_journal");
    database_.run("UPDATE stock SET on_hand = 0, reserved = 0");
    database_.run("UPDATE orders SET state = 'EXPIRED', closed_at = NOW(6)");
    ASSERT_TRUE(apply_reports(shop_.books, {success(attempt)}));
    ASSERT_EQ(shop_.count("refund", "state = 'PENDING'"), 1);
    EXPECT_TRUE(quarantine_.stranded({"sandbox"})->empty());
    const auto stranded = quarantine_.stranded({"another"});
    ASSERT_EQ(stranded->size(), 1U);
    EXPECT_EQ((*stranded)[0].refund, Fen{1990});
    const Decision decision{attempt.number, "somebody", "sent to the payer's bank"};
    EXPECT_EQ(quarantine_.refunded(decision, {"sandbox"}).error().code(), "provider-in-use");
    const auto told = shop_.count("outbox");
    EXPECT_TRUE(quarantine_.refunded(decision, {"another"}));
    EXPECT_EQ(shop_.count("refund", "state = 'SUCCESS' AND refunded_at IS NOT NULL"), 1);
    EXPECT_EQ(shop_.count("outbox"), told + 1);
    EXPECT_EQ(shop_.count("payment_quarantine", "decision = 'REFUNDED' AND decided_by = 'somebody'"), 1);
    EXPECT_TRUE(quarantine_.stranded({"another"})->empty());
    EXPECT_EQ(quarantine_.refunded(decision, {"another"}).error().code(), "nothing-to-refund");
}

/// Somebody who sits on a stock row, as an administrator's client does that forgot its COMMIT.
class Sitter {
public:
    Sitter(database::Pool& pool, std::uint64_t lot)
        : thread_{[this, &pool, lot] {
              (void)pool.transact_blocking([&](database::Session& session) -> Result<Done> {
                  (void)session.query("SELECT on_hand FROM stock WHERE lot_id = ? FOR UPDATE", lot).next();
                  sits_.set_value();
                  up_.get_future().wait();
                  return Done{};
              });
          }} {
        sits_.get_future().wait();
    }
    ~Sitter() {
        up_.set_value();
        thread_.join();
    }

private:
    std::promise<void> sits_;
    std::promise<void> up_;
    std::thread thread_;
};

TEST_F(TroubleTest, PaysAndSellsOtherGoodsWhileSomebodySitsOnALot) {
    database::Pool admin{database_.options()};
    shop_.stock(21, 10);
    const auto blocked = open(shop_, shop_.placed("a", 1, 1));
    const auto free = open(shop_, shop_.placed("b", 2, 1));
    Notifications notifications{shop_.books};
    store(notifications, "N1", success(blocked));
    store(notifications, "N2", success(free));
    OrderWriter writer{shop_.books};
    {
        const Sitter sitter{admin, 11};
        EXPECT_EQ(notifications.apply_waiting(), 1U);
        EXPECT_EQ(shop_.count("orders", "state = 'PAID'"), 1);
        EXPECT_EQ(shop_.count("payment_notification", "state = 'RECEIVED'"), 1);
        std::vector<PlaceCommand> commands{shop_.order("c", 1, 1), shop_.order("d", 2, 1)};
        const auto placed = writer.place(commands);
        ASSERT_FALSE(placed[0]);
        EXPECT_EQ(placed[0].error().code(), "stock-busy");
        EXPECT_TRUE(placed[1]);
        commands = {shop_.order("e", 2, 1), shop_.order("f", 1, 1)};  // Nobody waits for it again now.
        const auto begin = std::chrono::steady_clock::now();
        EXPECT_TRUE(writer.place(commands)[0]);
        EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds{900});
    }
    EXPECT_EQ(notifications.apply_waiting(), 1U);
    EXPECT_EQ(shop_.count("orders", "state = 'PAID'"), 2);
}

TEST_F(TroubleTest, RefundsNothingWhileSomebodySitsOnALotThatMayServe) {
    database::Pool admin{database_.options()};
    shop_.stock(12, 10);
    shop_.stock(21, 10);
    const auto bad = shop_.placed("a", 1, 1);
    const auto late = shop_.placed("b", 1, 1);
    const auto other = shop_.placed("c", 2, 1);
    const std::vector<Attempt> attempts{open(shop_, bad), open(shop_, late), open(shop_, other)};
    auto blocked = Shop::lot(11, 1, 60);
    blocked.saleable = false;
    shop_.let_expire(late);
    ASSERT_TRUE(closing_.close({{late.id, "for the test"}}) == 1U);
    database_.run("UPDATE orders SET state = 'EXPIRED' WHERE state = 'CANCELLED'");
    Rescue rescue{shop_.books, closing_};
    for (const bool known : {true, false}) {
        SCOPED_TRACE(known);
        if (known) shop_.learn(blocked);
        const Sitter sitter{admin, 12};
        if (known) {
            EXPECT_EQ(rescue.run(), 0U);
            EXPECT_EQ(shop_.state_of(bad), "CREATED");
        }
        const auto verdicts =
            apply_reports(shop_.books, {success(attempts[0]), success(attempts[1]), success(attempts[2])});
        ASSERT_TRUE(verdicts);
        EXPECT_EQ((*verdicts)[0], Verdict::set_aside);
        EXPECT_EQ((*verdicts)[1], Verdict::set_aside);
        EXPECT_EQ(shop_.state_of(other), "PAID");
        EXPECT_EQ(shop_.count("refund"), 0);
        // The copy in memory is older than the block the second time.
        auto good = blocked;
        good.saleable = true;
        if (known) shop_.learn(good);
        database_.run("UPDATE lot SET saleable = FALSE WHERE lot_id = 11");
    }
    const auto verdicts = apply_reports(shop_.books, {success(attempts[0]), success(attempts[1])});
    ASSERT_TRUE(verdicts);
    EXPECT_EQ(shop_.state_of(bad), "PAID");
    EXPECT_EQ(shop_.state_of(late), "PAID");
    EXPECT_EQ(shop_.count("order_line", "lot_id = 12"), 2);
    EXPECT_EQ(shop_.count("refund"), 0);
}

}  // namespace
}  // namespace shanhai::orders
