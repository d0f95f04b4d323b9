#include "chassis/database/vitals.hpp"

#include "chassis/database/pool.hpp"
#include "support/async.hpp"
#include "support/servers.hpp"

#include <gtest/gtest.h>

namespace shanhai::database {
namespace {

constexpr std::chrono::seconds red_limit{5};

Result<Done> write(Pool& pool) {
    return pool.transact_blocking([](Session& session) -> Result<Done> {
        session.run("INSERT INTO thing () VALUES ()");
        return Done{};
    });
}

class VitalsTest : public testing::Test {
protected:
    VitalsTest() {
        Pool pool{root_};
        const auto made = pool.transact_blocking([](Session& session) -> Result<Done> {
            session.run("CREATE TABLE thing (id INT AUTO_INCREMENT PRIMARY KEY)");
            session.run("CREATE USER clerk");
            session.run("GRANT ALL ON vitals.* TO clerk");
            return Done{};
        });
        if (!made) throw std::runtime_error{made.error().message()};
    }

    /// Not the administrator: nothing binds him.
    PoolOptions clerk() {
        auto options = root_;
        options.user = "clerk";
        options.vitals = &vitals_;
        options.io_timeout = std::chrono::seconds{2};
        return options;
    }
    void as_root(const std::string& statement) {
        Pool pool{root_};
        ASSERT_TRUE(pool.transact_blocking([&](Session& session) -> Result<Done> {
            session.run(statement);
            return Done{};
        }));
    }

    support::MariaDb server_;
    PoolOptions root_ = server_.options("vitals");
    Vitals vitals_;
};

TEST_F(VitalsTest, TurnRedWithinSecondsWhenTheServerFreezesAndNobodyWaitsForIt) {
    const Watch watch{clerk(), vitals_};
    Pool pool{clerk()};
    ASSERT_TRUE(write(pool));
    server_.freeze();
    const auto frozen_at = std::chrono::steady_clock::now();
    EXPECT_TRUE(support::eventually([this] { return !vitals_.finding().good; }));
    EXPECT_LT(std::chrono::steady_clock::now() - frozen_at, red_limit);
    boost::asio::io_context io;
    const auto asked = support::finish(io, pool.ping());
    ASSERT_FALSE(asked);
    EXPECT_EQ(asked.error().kind(), Failure::unavailable);
    EXPECT_TRUE(asked.error().retry_after().has_value());
    server_.thaw();
    EXPECT_TRUE(support::eventually([this] { return vitals_.finding().good; }));
    EXPECT_TRUE(write(pool));
}

TEST_F(VitalsTest, TurnRedWhileTheServerIsReadOnlyAndBlameNobody) {
    const Watch watch{clerk(), vitals_};
    Pool pool{clerk()};
    as_root("SET GLOBAL read_only = 1");
    const auto refused = write(pool);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind(), Failure::unavailable);
    EXPECT_EQ(refused.error().code(), "database-unavailable");
    EXPECT_TRUE(support::eventually([this] { return vitals_.finding().detail == "it is read-only"; }));
    EXPECT_FALSE(vitals_.finding().good);
    EXPECT_TRUE(vitals_.reachable());  // What only reads goes on.
    as_root("SET GLOBAL read_only = 0");
    ASSERT_TRUE(write(pool));
    EXPECT_TRUE(support::eventually([this] { return vitals_.finding().good; }));
}

TEST_F(VitalsTest, TellWhichSchemaIsRefusedUntilItWritesAgain) {
    Pool pool{clerk()};
    as_root("REVOKE INSERT ON vitals.* FROM clerk");
    const auto refused = write(pool);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind(), Failure::unavailable);
    EXPECT_FALSE(vitals_.finding().good);
    EXPECT_NE(vitals_.finding().detail.find("vitals is refused: 1142"), std::string::npos);
    as_root("GRANT INSERT ON vitals.* TO clerk");
    ASSERT_TRUE(write(pool));
    EXPECT_TRUE(vitals_.finding().good);
}

}  // namespace
}  // namespace shanhai::database
