#include "chassis/database/migrations.hpp"

#include "chassis/database/schema.hpp"
#include "support/async.hpp"
#include "support/database.hpp"
#include "support/servers.hpp"

#include <gtest/gtest.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <filesystem>
#include <mutex>
#include <set>
#include <thread>

namespace shanhai::database {
namespace {

constexpr std::chrono::seconds patience{20};
const auto files_of_chassis = static_cast<std::int64_t>(chassis_schema().size());

Schema two_files() {
    return {{"0001_farms",
             "-- Where things grow; a comment may hold a semicolon.\n"
             "CREATE TABLE IF NOT EXISTS farm (\n"
             "    id INT PRIMARY KEY,\n"
             "    name VARCHAR(20) NOT NULL DEFAULT 'a;b?'\n"
             ") ENGINE = InnoDB;\n"
             "INSERT INTO farm (id) VALUES (1) ON DUPLICATE KEY UPDATE id = id;\n"},
            {"0002_fields", "CREATE TABLE IF NOT EXISTS field (id INT PRIMARY KEY) ENGINE = InnoDB;\n"}};
}

class MigrationsTest : public testing::Test {
protected:
    support::Database database_;
    Pool pool_{database_.options()};
};

TEST_F(MigrationsTest, AppliesTheChassisAndEveryFileOnce) {
    ASSERT_TRUE(migrate(pool_, two_files(), patience));
    ASSERT_TRUE(migrate(pool_, two_files(), patience));
    EXPECT_EQ(database_.number("SELECT COUNT(*) FROM migration"), files_of_chassis + 2);
    EXPECT_EQ(database_.number("SELECT COUNT(*) FROM farm"), 1);
    EXPECT_EQ(database_.text("SELECT name FROM farm"), "a;b?");
    EXPECT_EQ(
        database_.number("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() "
                         "AND table_name IN ('outbox', 'relay', 'consumed', 'skipped_frame', 'sequence')"),
        5);
    EXPECT_EQ(database_.number("SELECT COUNT(*) FROM lease"), 0);
}

TEST_F(MigrationsTest, RefusesAFileThatWasEdited) {
    ASSERT_TRUE(migrate(pool_, two_files(), patience));
    auto edited = two_files();
    edited[0].sql += "-- one more thought\n";
    const auto refused = migrate(pool_, edited, patience);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind(), Failure::internal);
    EXPECT_EQ(refused.error().code(), "migration-changed");
    EXPECT_EQ(database_.number("SELECT COUNT(*) FROM lease"), 0);
}

TEST_F(MigrationsTest, FinishesAFileThatBrokeHalfWay) {
    auto broken = two_files();
    broken[0].sql += "CREATE TABLE broken (nonsense);\n";
    ASSERT_FALSE(migrate(pool_, broken, patience));
    EXPECT_EQ(database_.number("SELECT COUNT(*) FROM migration"), files_of_chassis);  // Only the chassis's.
    ASSERT_TRUE(migrate(pool_, two_files(), patience));
    EXPECT_EQ(database_.number("SELECT COUNT(*) FROM migration"), files_of_chassis + 2);
}

TEST_F(MigrationsTest, RunsOnceWhenManyProcessesStartTogether) {
    // The second statement tells how often the file was run.
    const Schema counted{
        {"0001_runs",
         "CREATE TABLE IF NOT EXISTS runs (id INT AUTO_INCREMENT PRIMARY KEY) ENGINE = InnoDB;\n"
         "INSERT INTO runs () VALUES ();\n"}};
    // Each with a pool of its own, as separate processes have.
    std::vector<std::thread> starters;
    for (int i = 0; i < 4; ++i) {
        starters.emplace_back([&] {
            Pool own{database_.options()};
            EXPECT_TRUE(migrate(own, counted, patience));
        });
    }
    for (auto& starter : starters) starter.join();
    EXPECT_EQ(database_.number("SELECT COUNT(*) FROM runs"), 1);
}

TEST_F(MigrationsTest, WaitsForALeaseThatALiveProcessHoldsAndTakesADeadOne) {
    ASSERT_TRUE(migrate(pool_, {}, patience));
    database_.run(
        "INSERT INTO lease (name, holder, expires_at) VALUES "
        "('migration', 'somebody', UTC_TIMESTAMP(6) + INTERVAL 1 SECOND)");
    ASSERT_TRUE(migrate(pool_, two_files(), patience));
    EXPECT_EQ(database_.number("SELECT applied_at >= UTC_TIMESTAMP(6) - INTERVAL 20 SECOND FROM migration "
                               "WHERE name = '0001_farms'"),
              1);
}

TEST_F(MigrationsTest, ChangesNothingOnceAnotherProcessHasTheLease) {
    ASSERT_TRUE(migrate(pool_, {}, patience));
    // As when this process sleeps through its lease: somebody else takes it between two of the statements.
    const Schema robbed{
        {"0001_robbed",
         "CREATE TABLE folding (name VARCHAR(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NOT NULL)"
         " ENGINE = InnoDB;\n"
         "UPDATE lease SET holder = 'somebody', expires_at = UTC_TIMESTAMP(6) + INTERVAL 1 HOUR;\n"}};
    const auto refused = migrate(pool_, robbed, patience);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), "migration-elsewhere");
    EXPECT_EQ(database_.number("SELECT COUNT(*) FROM migration WHERE name = '0001_robbed'"), 0);
    EXPECT_EQ(
        database_.number("SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()"
                         " AND table_name = 'folding' AND collation_name = 'utf8mb4_general_ci'"),
        1);
}

TEST_F(MigrationsTest, ReservesNumbersOnceEach) {
    ASSERT_TRUE(migrate(pool_, {}, patience));
    std::mutex mutex;
    std::set<std::uint64_t> numbers;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int round = 0; round < 10; ++round) {
                const auto first = pool_.transact_blocking(
                    [](Session& session) { return reserve_numbers(session, "orders", 5); });
                ASSERT_TRUE(first);
                const std::lock_guard lock{mutex};
                for (std::uint64_t k = 0; k < 5; ++k) numbers.insert(*first + k);
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(numbers.size(), 200U);
    EXPECT_EQ(*numbers.begin(), 1U);
    EXPECT_EQ(*numbers.rbegin(), 200U);
}

/// Opens the server's door in its place until somebody knocks.
void await_caller(const std::string& socket) {
    boost::asio::io_context io;
    boost::asio::local::stream_protocol::acceptor door{io, socket};
    door.accept();
    std::filesystem::remove(socket);
}

TEST(MigrationsOfAFreshServer, WaitForItToAppear) {
    support::MariaDb server;
    auto options = server.options("late");
    server.stop();
    std::jthread starter{[&] {
        await_caller(options.socket);  // The point is that it comes late: somebody has asked for it already.
        server.start();
    }};
    Pool pool{options};
    EXPECT_TRUE(migrate(pool, two_files(), std::chrono::seconds{60}));
}

}  // namespace
}  // namespace shanhai::database
