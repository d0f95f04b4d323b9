#include "chassis/database/vitals.hpp"

#include "chassis/database/pool.hpp"
#include "support/async.hpp"
#include "support/servers.hpp"

#include <gtest/gtest.h>
#include <optional>
#include <thread>

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

    std::int64_t rows_of_thing() {
        Pool pool{root_};
        return *pool.transact_blocking([](Session& session) -> Result<std::int64_t> {
            auto rows = session.query("SELECT COUNT(*) FROM thing");
            rows.next();
            return rows.integer(0);
        });
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

TEST_F(VitalsTest, TurnRedWhenAServiceGetsNoConnectionWhileOthersDo) {
    const Watch watch{root_, vitals_};
    as_root("ALTER USER clerk ACCOUNT LOCK");
    {
        Pool pool{clerk()};
        EXPECT_FALSE(write(pool));
        EXPECT_FALSE(vitals_.finding().good);
        EXPECT_NE(vitals_.finding().detail.find("vitals gets no connection"), std::string::npos);
        as_root("ALTER USER clerk ACCOUNT UNLOCK");
        EXPECT_TRUE(write(pool));
    }
    EXPECT_TRUE(vitals_.finding().good) << vitals_.finding().detail;
}

TEST_F(VitalsTest, TurnRedWhileAWriteHangs) {
    auto options = clerk();
    options.io_timeout = std::chrono::seconds{6};
    Pool pool{options};
    ASSERT_TRUE(write(pool));
    Pool root{root_};
    std::optional<Result<Done>> hung;
    std::thread writer;
    const auto locked = root.transact_blocking([&](Session& session) -> Result<Done> {
        session.run("FLUSH TABLES WITH READ LOCK");
        writer = std::thread{[&] { hung.emplace(write(pool)); }};
        const auto began_at = std::chrono::steady_clock::now();
        EXPECT_TRUE(support::eventually([this] { return !vitals_.finding().good; }));
        EXPECT_LT(std::chrono::steady_clock::now() - began_at, red_limit);
        session.run("UNLOCK TABLES");
        return Done{};
    });
    writer.join();
    ASSERT_TRUE(locked);
    EXPECT_TRUE(*hung);
    EXPECT_TRUE(vitals_.finding().good) << vitals_.finding().detail;
}

TEST_F(VitalsTest, AreToldWhenTheServerRefusesACommit) {
    Pool pool{clerk()};
    const auto refused = pool.transact_blocking([this](Session& session) -> Result<Done> {
        session.run("INSERT INTO thing () VALUES ()");
        as_root("SET GLOBAL read_only = 1");
        return Done{};
    });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), "database-unavailable") << "it was rolled back, which is known";
    EXPECT_FALSE(vitals_.finding().good);
    as_root("SET GLOBAL read_only = 0");
    EXPECT_EQ(rows_of_thing(), 0);
}

TEST_F(VitalsTest, LetNobodyWaitForAFrozenServerWhoMayBlock) {
    const Watch watch{clerk(), vitals_};
    Pool pool{clerk()};
    ASSERT_TRUE(write(pool));
    server_.freeze();
    ASSERT_TRUE(support::eventually([this] { return !vitals_.reachable(); }));
    const auto asked_at = std::chrono::steady_clock::now();
    for (int i = 0; i < 50; ++i) EXPECT_FALSE(write(pool));
    EXPECT_LT(std::chrono::steady_clock::now() - asked_at, std::chrono::seconds{1});
    server_.thaw();
    EXPECT_TRUE(support::eventually([this] { return vitals_.reachable(); }));
}

TEST_F(VitalsTest, HaveNothingToSayOfARowThatSomebodyHolds) {
    auto options = clerk();
    options.io_timeout = std::chrono::seconds{6};
    Pool pool{options};
    ASSERT_TRUE(write(pool));
    const auto connection = [&pool] {
        return pool.transact_blocking([](Session& session) -> Result<std::int64_t> {
            auto rows = session.query("SELECT CONNECTION_ID()");
            rows.next();
            return rows.integer(0);
        });
    };
    const auto before = *connection();
    Pool holder{root_};
    ASSERT_TRUE(holder.transact_blocking([&](Session& session) -> Result<Done> {
        session.run("UPDATE thing SET id = 7 WHERE id = 1");
        const auto asked_at = std::chrono::steady_clock::now();
        const auto refused = pool.transact_blocking([](Session& other) -> Result<Done> {
            other.run("UPDATE thing SET id = 8 WHERE id = 1");
            return Done{};
        });
        EXPECT_LT(std::chrono::steady_clock::now() - asked_at, std::chrono::seconds{11});
        EXPECT_FALSE(refused);
        if (!refused) {
            EXPECT_EQ(refused.error().code(), "database-busy");
        }
        return Done{};
    }));
    EXPECT_EQ(*connection(), before) << "a sound connection is kept";
    EXPECT_TRUE(vitals_.finding().good) << vitals_.finding().detail;
}

}  // namespace
}  // namespace shanhai::database
