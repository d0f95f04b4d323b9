#include "integration/orders/fixture.hpp"

#include "chassis/periodic.hpp"
#include "support/servers.hpp"

#include <atomic>
#include <cstdlib>

namespace shanhai::orders {
namespace {

/// Makes support::Database use this server.
class Redirected {
public:
    explicit Redirected(const support::MariaDb& server) {
        ::setenv("SHANHAI_TEST_SQL_SOCKET", server.socket().c_str(), 1);
        ::setenv("SHANHAI_TEST_SQL_PORT", std::to_string(server.port()).c_str(), 1);
    }
    ~Redirected() {
        ::unsetenv("SHANHAI_TEST_SQL_SOCKET");
        ::unsetenv("SHANHAI_TEST_SQL_PORT");
    }
};

/// A private server that can be made read-only, and a shop whose account may not write then, as after a
/// fail-over.
class ReadOnlyTest : public testing::Test {
protected:
    ReadOnlyTest() {
        root_.run("CREATE USER shop IDENTIFIED BY 'x'");
        root_.run("GRANT ALL ON " + root_.options().schema + ".* TO shop");
        shop_ = std::make_unique<Shop>(root_, as_shop());
        shop_->stock(11, 100);
    }
    database::PoolOptions as_shop() const {
        auto options = root_.options();
        options.user = "shop";
        options.password = "x";
        return options;
    }

    support::MariaDb server_;
    Redirected redirected_{server_};
    support::Database root_{schema()};
    std::unique_ptr<Shop> shop_;
};

TEST_F(ReadOnlyTest, QuarantinesNothingWhileTheDatabaseIsReadOnlyAndEndsWhenAsked) {
    Payments payments{shop_->books, shop_->providers};
    Notifications notifications{shop_->books};
    Closing closing{shop_->books, shop_->providers};
    constexpr int count = 40;
    for (int i = 0; i < count; ++i) {
        const auto name = "k" + std::to_string(i);
        std::vector<OpenPayment> requests{{shop_->placed(name, 1, 1).number, "sandbox"}};
        const auto attempt = *payments.open(requests)[0];
        std::vector<IncomingNotification> one{
            {"sandbox",
             {name, {attempt.number, ProviderState::success, "TX" + name, attempt.amount, now()}},
             "{}"}};
        ASSERT_TRUE(notifications.store(one)[0]);
    }
    root_.run("SET GLOBAL read_only = 1");
    std::atomic<int> tries = 0;
    chassis::Periodic applier{"applier", std::chrono::milliseconds{5}, [&] {
                                  notifications.apply_waiting();
                                  closing.expire_due();
                                  ++tries;
                              }};
    applier.start();
    for (int i = 0; i < 50; ++i) {
        const auto refused = shop_->place({shop_->order("during" + std::to_string(i), 1, 1)});
        ASSERT_FALSE(refused[0]);
        EXPECT_EQ(refused[0].error().kind(), Failure::unavailable) << refused[0].error().code();
    }
    ASSERT_TRUE(eventually([&] { return tries > 100; }));
    const auto begin = std::chrono::steady_clock::now();
    applier.stop();  // As SIGTERM does, while nothing can be written still.
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{3});
    EXPECT_EQ(shop_->count("payment_notification", "state = 'QUARANTINED'"), 0);
    root_.run("SET GLOBAL read_only = 0");
    Notifications afterwards{shop_->books};
    EXPECT_EQ(afterwards.apply_waiting(), static_cast<std::size_t>(count));
    EXPECT_EQ(shop_->count("orders", "state = 'PAID'"), count);
    shop_->expect_books_balance();
}

}  // namespace
}  // namespace shanhai::orders
