#include "integration/orders/fixture.hpp"

#include "orders/application/reports.hpp"

namespace shanhai::orders {
namespace {

/// A provider that does as it is told.
class Puppet final : public PaymentProvider {
public:
    std::string_view name() const override { return "puppet"; }
    Result<std::string> prepay(const PrepayRequest& request) override {
        if (before_prepay) before_prepay();
        if (silent) return silence();
        return "http://puppet.test/" + request.attempt_number;
    }
    Result<ProviderReport> query(const std::string& attempt) override { return report(attempt); }
    Result<ProviderReport> close(const std::string& attempt) override {
        if (before_close) before_close();
        return report(attempt);
    }
    Result<Instant> refund(const std::string& refund_number, const std::string&, Fen) override {
        if (silent) return silence();
        refunds.insert(refund_number);
        return now();
    }
    Result<Notification> parse_notification(const NotificationSignature&, std::string_view,
                                            Instant) const override {
        return silence();
    }

    bool silent = false;
    ProviderState answer = ProviderState::closed;
    Fen amount{1990};
    std::function<void()> before_prepay;
    std::function<void()> before_close;
    std::multiset<std::string> refunds;

private:
    static Error silence() { return {Failure::unavailable, "silence", "nobody answers"}; }
    Result<ProviderReport> report(const std::string& attempt) const {
        if (silent) return silence();
        return ProviderReport{attempt, answer, "TX" + attempt, amount, now()};
    }
};

class PaymentsTest : public OrdersTest {
protected:
    PaymentsTest() {
        shop_.stock(11, 10);
        shop_.providers.add(puppet_);
    }

    Attempt open(const Order& order, const std::string& provider = "puppet") {
        std::vector<OpenPayment> requests{{order.number, provider}};
        const auto attempts = payments_.open(requests);
        if (!attempts[0]) throw std::runtime_error{attempts[0].error().code()};
        return *attempts[0];
    }
    static ProviderReport success(const Attempt& attempt, Fen amount = Fen{1990}) {
        return {attempt.number, ProviderState::success, "TX" + attempt.number, amount, now()};
    }
    IncomingNotification incoming(const std::string& id, ProviderReport report) {
        return {"puppet", {id, std::move(report)}, "{}"};
    }
    void apply(std::vector<ProviderReport> reports) { ASSERT_TRUE(apply_reports(shop_.books, reports)); }
    std::int64_t events(const std::string& name) {
        return database_.number("SELECT COALESCE(SUM((LENGTH(frame) - LENGTH(REPLACE(frame, '" + name +
                                "', ''))) DIV LENGTH('" + name + "')), 0) FROM outbox");
    }

    Puppet puppet_;
    Payments payments_{shop_.books, shop_.providers};
    Notifications notifications_{shop_.books};
    Closing closing_{shop_.books, shop_.providers};
};

TEST_F(PaymentsTest, TurnsTheReservationIntoASaleOnceHoweverOftenItIsTold) {
    const auto order = shop_.placed("k", 1, 1);
    const auto attempt = open(order);
    std::vector<IncomingNotification> same;
    for (int i = 0; i < 3; ++i) same.push_back(incoming("N1", success(attempt)));
    same.push_back(incoming("N2", success(attempt)));
    for (const auto& answer : notifications_.store(same)) EXPECT_TRUE(answer);
    EXPECT_EQ(shop_.count("payment_notification"), 2);
    EXPECT_EQ(notifications_.apply_waiting(), 2U);
    EXPECT_EQ(notifications_.apply_waiting(), 0U);
    EXPECT_EQ(shop_.state_of(order), "PAID");
    EXPECT_EQ(shop_.count("stock_journal", "kind = 'SALE'"), 1);
    EXPECT_EQ(shop_.count("refund"), 0);
    EXPECT_EQ(events("shanhai.event.v1.OrderPaid"), 1);
}

TEST_F(PaymentsTest, PaysManyOrdersInOneBatch) {
    std::vector<ProviderReport> reports;
    for (int i = 0; i < 8; ++i) {
        reports.push_back(success(open(shop_.placed("k" + std::to_string(i), 1, 1))));
    }
    apply(reports);
    EXPECT_EQ(shop_.count("orders", "state = 'PAID' AND paid_at IS NOT NULL"), 8);
    EXPECT_EQ(database_.number("SELECT on_hand FROM stock WHERE lot_id = 11"), 2);
    EXPECT_EQ(database_.number("SELECT reserved FROM stock WHERE lot_id = 11"), 0);
}

TEST_F(PaymentsTest, RefundsTheSecondPaymentOfAnOrder) {
    const auto order = shop_.placed("k", 1, 1);
    const auto first = open(order);
    const auto second = open(order, "sandbox");
    apply({success(second), success(first)});
    EXPECT_EQ(shop_.state_of(order), "PAID");
    EXPECT_EQ(shop_.count("refund", "reason = 'paid-twice' AND state = 'PENDING'"), 1);
    EXPECT_EQ(payments_.refund_due(), 1U);
    EXPECT_EQ(payments_.refund_due(), 0U);
    EXPECT_EQ(puppet_.refunds.count("RF" + first.number), 1U);
    EXPECT_EQ(events("shanhai.event.v1.OrderRefunded"), 1);
    EXPECT_EQ(shop_.count("stock_journal", "kind = 'SALE'"), 1);
}

TEST_F(PaymentsTest, RetriesARefundWithTheSameNumber) {
    const auto order = shop_.placed("k", 1, 1);
    apply({success(open(order, "sandbox")), success(open(order))});
    puppet_.silent = true;
    EXPECT_EQ(payments_.refund_due(), 0U);
    puppet_.silent = false;
    EXPECT_EQ(payments_.refund_due(), 0U);  // Not before its time.
    database_.run("UPDATE refund SET try_at = '2020-01-01'");
    EXPECT_EQ(payments_.refund_due(), 1U);
    EXPECT_EQ(puppet_.refunds.size(), 1U);
}

TEST_F(PaymentsTest, QuarantinesAnotherAmount) {
    const auto order = shop_.placed("k", 1, 1);
    const auto attempt = open(order);
    std::vector<IncomingNotification> one{incoming("N1", success(attempt, Fen{1}))};
    EXPECT_TRUE(notifications_.store(one)[0]);
    EXPECT_EQ(notifications_.apply_waiting(), 1U);
    EXPECT_EQ(shop_.state_of(order), "CREATED");
    EXPECT_EQ(shop_.count("payment_notification", "state = 'QUARANTINED'"), 1);
    EXPECT_EQ(shop_.count("payment_attempt", "quarantined AND state = 'PENDING'"), 1);
}

TEST_F(PaymentsTest, KeepsANotificationOfAnUnknownAttemptAndAsksForItAgain) {
    const auto order = shop_.placed("k", 1, 1);
    auto attempt = open(order);
    database_.run("UPDATE payment_attempt SET attempt_number = REVERSE(attempt_number)");
    std::vector<IncomingNotification> one{incoming("N1", success(attempt))};
    const auto refused = notifications_.store(one);
    ASSERT_FALSE(refused[0]);
    EXPECT_EQ(refused[0].error().kind(), Failure::unavailable);
    EXPECT_EQ(shop_.count("payment_notification", "state = 'UNMATCHED'"), 1);
    database_.run("UPDATE payment_attempt SET attempt_number = REVERSE(attempt_number)");
    EXPECT_TRUE(notifications_.store(one)[0]);
    EXPECT_EQ(notifications_.apply_waiting(), 1U);
    EXPECT_EQ(shop_.state_of(order), "PAID");
}

TEST_F(PaymentsTest, LetsOneNotificationThatCannotBeAppliedDelayNoOther) {
    const auto first = open(shop_.placed("a", 1, 1));
    const auto second = open(shop_.placed("b", 1, 1));
    const auto third = open(shop_.placed("c", 1, 1));
    apply({success(first)});
    auto stolen = success(second);
    stolen.transaction_id = "TX" + first.number;  // The provider's number of another payment.
    std::vector<IncomingNotification> two{incoming("N1", stolen), incoming("N2", success(third))};
    (void)notifications_.store(two);
    EXPECT_EQ(notifications_.apply_waiting(), 1U);
    EXPECT_EQ(shop_.count("payment_notification", "state = 'QUARANTINED'"), 1);
    EXPECT_EQ(shop_.count("orders", "state = 'PAID'"), 2);
}

TEST_F(PaymentsTest, PaysAnOrderThatTheProviderSaysIsPaidWhenItExpires) {
    const auto order = shop_.placed("k", 1, 1);
    (void)open(order);
    shop_.let_expire(order);
    puppet_.answer = ProviderState::success;
    EXPECT_EQ(closing_.expire_due(), 0U);
    EXPECT_EQ(shop_.state_of(order), "PAID");
}

TEST_F(PaymentsTest, DoesNotExpireAnOrderWhosePaymentMayStillArrive) {
    const auto order = shop_.placed("k", 1, 1);
    const auto other = shop_.placed("other", 1, 1);
    (void)open(order);
    shop_.let_expire(order);
    shop_.let_expire(other);
    puppet_.silent = true;
    EXPECT_EQ(closing_.expire_due(), 1U);
    EXPECT_EQ(shop_.state_of(order), "CREATED");
    EXPECT_EQ(shop_.state_of(other), "EXPIRED");
    puppet_.silent = false;
    EXPECT_EQ(closing_.expire_due(), 1U);
    EXPECT_EQ(shop_.count("payment_attempt", "state = 'CLOSED'"), 1);
}

TEST_F(PaymentsTest, TakesTheMoneyThatArrivesWhileTheProviderIsAskedToClose) {
    const auto order = shop_.placed("k", 1, 1);
    const auto attempt = open(order);
    shop_.let_expire(order);
    puppet_.before_close = [&] { apply({success(attempt)}); };
    EXPECT_EQ(closing_.expire_due(), 0U);
    EXPECT_EQ(shop_.state_of(order), "PAID");
    EXPECT_EQ(shop_.count("refund"), 0);
}

TEST_F(PaymentsTest, ReservesAgainWhenTheMoneyComesAfterExpiry) {
    const auto order = shop_.placed("k", 1, 1);
    const auto attempt = open(order);
    shop_.let_expire(order);
    EXPECT_EQ(closing_.expire_due(), 1U);
    shop_.stock(12, 5);
    database_.run("UPDATE lot SET saleable = FALSE WHERE lot_id = 11");
    apply({success(attempt)});
    EXPECT_EQ(shop_.state_of(order), "PAID");
    EXPECT_EQ(shop_.count("order_line", "lot_id = 12"), 1);
    EXPECT_EQ(shop_.count("order_line"), 1);
    EXPECT_EQ(shop_.available(12), 4);
    database_.run("UPDATE lot SET saleable = TRUE WHERE lot_id = 11");
}

TEST_F(PaymentsTest, RefundsWhenTheMoneyComesAfterExpiryAndTheGoodsAreGone) {
    const auto order = shop_.placed("k", 1, 1);
    const auto attempt = open(order);
    shop_.let_expire(order);
    EXPECT_EQ(closing_.expire_due(), 1U);
    (void)shop_.placed("other", 1, 10);
    apply({success(attempt)});
    EXPECT_EQ(shop_.state_of(order), "EXPIRED");
    EXPECT_EQ(shop_.count("refund", "reason = 'paid-after-expiry'"), 1);
    EXPECT_EQ(events("shanhai.event.v1.OrderPaid"), 0);
}

TEST_F(PaymentsTest, RefundsWhatIsPaidAfterCancellation) {
    const auto order = shop_.placed("k", 1, 1);
    const auto attempt = open(order);
    std::vector<std::string> numbers{order.number};
    EXPECT_TRUE(closing_.cancel(numbers)[0]);
    apply({success(attempt)});
    EXPECT_EQ(shop_.state_of(order), "CANCELLED");
    EXPECT_EQ(shop_.count("refund", "reason = 'paid-after-cancellation'"), 1);
}

TEST_F(PaymentsTest, FindsOutByAskingWhenNoNotificationComes) {
    const auto order = shop_.placed("k", 1, 1);
    (void)open(order);
    EXPECT_EQ(payments_.poll(), 0U);
    database_.run("UPDATE payment_attempt SET poll_at = '2020-01-01'");
    puppet_.answer = ProviderState::success;
    EXPECT_EQ(payments_.poll(), 1U);
    EXPECT_EQ(shop_.state_of(order), "PAID");
    EXPECT_EQ(payments_.poll(), 0U);
}

TEST_F(PaymentsTest, CountsNoLineWhoseCertificationWasSuspendedBeforeThePayment) {
    const auto order = shop_.placed("k", 1, 1);
    const auto attempt = open(order);
    shop_.learn(Shop::offer(1, false));
    apply({success(attempt)});
    EXPECT_EQ(shop_.state_of(order), "PAID");
    EXPECT_EQ(shop_.count("order_line", "certified_at_payment = FALSE AND certification_id = 0"), 1);
}

TEST_F(PaymentsTest, HoldsNoLockWhileItWaitsForTheProvider) {
    const auto order = shop_.placed("k", 1, 1);
    const auto nothing_is_locked = [&] {
        (void)database_.number("SELECT order_id FROM orders FOR UPDATE NOWAIT");
        (void)database_.number("SELECT lot_id FROM stock FOR UPDATE NOWAIT");
        (void)database_.number("SELECT attempt_id FROM payment_attempt FOR UPDATE NOWAIT");
        EXPECT_EQ(shop_.count("payment_attempt"), 1);  // It is committed already.
    };
    puppet_.before_prepay = nothing_is_locked;
    puppet_.before_close = nothing_is_locked;
    (void)open(order);
    shop_.let_expire(order);
    EXPECT_EQ(closing_.expire_due(), 1U);
}

TEST_F(PaymentsTest, AnnouncesAnAttemptAgainThatTheProviderDidNotHear) {
    const auto order = shop_.placed("k", 1, 1);
    puppet_.silent = true;
    std::vector<OpenPayment> requests{{order.number, "puppet"}};
    EXPECT_EQ(payments_.open(requests)[0].error().code(), "provider-unavailable");
    EXPECT_EQ(shop_.count("payment_attempt", "state = 'CREATED'"), 1);
    puppet_.silent = false;
    EXPECT_TRUE(payments_.open(requests)[0]);
    EXPECT_EQ(shop_.count("payment_attempt"), 1);
    EXPECT_EQ(shop_.count("payment_attempt", "state = 'PENDING'"), 1);
}

TEST_F(PaymentsTest, BelievesASandboxNotificationOnlyWithItsSignatureAndInTime) {
    const auto order = shop_.placed("k", 1, 1);
    const auto attempt = open(order, "sandbox");
    const auto signed_one = finish(io_, shop_.sandbox.decide(attempt.number, true));
    ASSERT_TRUE(signed_one);
    const NotificationSignature good{signed_one->timestamp, signed_one->nonce, signed_one->signature};
    const auto read = shop_.sandbox.parse_notification(good, signed_one->body, now());
    ASSERT_TRUE(read);
    EXPECT_EQ(read->report.amount, Fen{1990});
    EXPECT_FALSE(shop_.sandbox.parse_notification(good, signed_one->body + " ", now()));
    EXPECT_FALSE(shop_.sandbox.parse_notification(good, signed_one->body, now() + std::chrono::minutes{6}));
    const auto again = finish(io_, shop_.sandbox.decide(attempt.number, false));
    ASSERT_TRUE(again);
    EXPECT_EQ(again->body, signed_one->body);
}

}  // namespace
}  // namespace shanhai::orders
