#include "integration/channel/fixture.hpp"

#include "channel/store/scan_flush.hpp"
#include "support/async.hpp"
#include "support/database.hpp"
#include "support/proxy.hpp"

#include <thread>

namespace shanhai::channel {
namespace {

TEST_F(Channel, KeepsEveryCountThroughACleanStop) {
    for (int i = 0; i < 25; ++i) scan();
    host_.stop();
    EXPECT_EQ(stored_scans(), 25);
    host_.run(make_service);
    for (int i = 0; i < 5; ++i) scan();
    host_.stop();
    EXPECT_EQ(stored_scans(), 30);
    EXPECT_LE(host_.number("SELECT COUNT(*) FROM scan_count"), 2) << "one row an hour";
    host_.run(make_service);
    const auto scans = host_.call_as("auditor", "GET", "/v1/placements/1/scans");
    ASSERT_EQ(scans.status, 200) << scans.body;
    const auto body = scans.json();
    std::int64_t total = 0;
    for (const auto& hourly : body.at("items").as_array()) total += hourly.at("scans").as_int64();
    EXPECT_EQ(total, 30);
}

TEST_F(Channel, WritesCountsWhileItRuns) {
    for (int i = 0; i < 7; ++i) scan();
    EXPECT_TRUE(support::eventually([this] { return stored_scans() == 7; }));
}

TEST_F(Channel, CountsEveryScanOfManyThreads) {
    constexpr int threads_count = 4;
    constexpr int each = 500;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < threads_count; ++thread) {
        threads.emplace_back([this] {
            for (int i = 0; i < each; ++i) EXPECT_EQ(scan().status, 302);
        });
    }
    for (auto& thread : threads) thread.join();
    host_.stop();
    EXPECT_EQ(stored_scans(), threads_count * each);
}

TEST_F(Channel, LosesNoCountWhileItsConnectionsBreak) {
    for (int round = 0; round < 4; ++round) {
        for (int i = 0; i < 10; ++i) scan();
        host_.transact([](database::Session& session) {
            auto rows = session.query(
                "SELECT id FROM information_schema.processlist WHERE user = SUBSTRING_INDEX(USER(), '@', 1) "
                "AND id <> CONNECTION_ID()");
            std::vector<std::uint64_t> ids;
            while (rows.next()) ids.push_back(rows.natural(0));
            for (const auto id : ids) {
                try {
                    session.execute("KILL CONNECTION ?", id);
                } catch (const database::SqlError&) {
                    // It ended by itself meanwhile.
                }
            }
        });
    }
    host_.stop();
    EXPECT_EQ(stored_scans(), 40);
}

TEST(ScanFlush, AddsABatchOnceWhoseCommitGotLost) {
    support::Database database{schema()};
    support::Proxy proxy{database.options().socket};
    auto options = database.options();
    options.socket.clear();
    options.port = proxy.port();
    database::Pool pool{options};
    ScanCounts counts;
    ScanFlush flush{pool, counts};
    auto& counter = counts.counter_of(PlacementId{1});
    const auto stored = [&] {
        return database.number("SELECT CAST(COALESCE(SUM(scans), 0) AS SIGNED) FROM scan_count");
    };

    counter.count(now());
    proxy.cut_after(support::Proxy::commit);
    EXPECT_TRUE(flush.flush()) << "it asks what became of it";
    EXPECT_EQ(stored(), 1);

    counter.count(now());
    proxy.cut_before(support::Proxy::commit);
    EXPECT_TRUE(flush.flush());
    EXPECT_EQ(stored(), 2);

    counter.count(now());
    proxy.refuse(true);
    proxy.cut_all();
    EXPECT_FALSE(flush.flush());
    counter.count(now());
    proxy.refuse(false);
    EXPECT_TRUE(flush.flush()) << "what waited goes with what came since";
    EXPECT_EQ(stored(), 4);
    EXPECT_TRUE(flush.flush());
    EXPECT_EQ(stored(), 4);
}

TEST(ScanFlush, ForgetsEndedProcessesByAnIndexAndAFewAtOnce) {
    support::Database database{schema()};
    database::Pool pool{database.options()};
    database.run(
        "INSERT INTO scan_flush (writer, number, flushed_at) SELECT MD5(seq), 1, "
        "UTC_TIMESTAMP(6) - INTERVAL seq HOUR FROM seq_1_to_300");
    ScanCounts counts;
    ScanFlush flush{pool, counts};
    counts.counter_of(PlacementId{1}).count(now());
    ASSERT_TRUE(flush.flush());
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM scan_flush"), 201)
        << "a hundred of the oldest, and ourselves";
    EXPECT_EQ(database.number(
                  "SELECT COUNT(*) FROM scan_flush WHERE flushed_at > UTC_TIMESTAMP(6) - INTERVAL 1 DAY"),
              24);
    // Another process that adds its counts holds its own row; nobody who forgets old ones waits for it.
    database::Pool other{database.options()};
    const auto held = other.transact_blocking([&](database::Session& session) -> Result<Done> {
        session.run("UPDATE scan_flush SET flushed_at = UTC_TIMESTAMP(6), number = 2 WHERE writer = MD5(1)");
        ScanFlush second{pool, counts};
        counts.counter_of(PlacementId{1}).count(now());
        return second.flush();
    });
    EXPECT_TRUE(held) << "it waited for a row that it does not want";
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM scan_flush"), 102);
}

}  // namespace
}  // namespace shanhai::channel
