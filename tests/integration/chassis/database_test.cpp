#include "chassis/database/pool.hpp"

#include "support/async.hpp"
#include "support/database.hpp"
#include "support/proxy.hpp"
#include "support/servers.hpp"

#include <gtest/gtest.h>
#include <atomic>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/detached.hpp>
#include <latch>

namespace shanhai::database {
namespace {

using support::finish;

class PoolTest : public testing::Test {
protected:
    PoolTest() {
        database_.run("CREATE TABLE counters (id INT PRIMARY KEY, value INT NOT NULL) ENGINE = InnoDB");
        database_.run("INSERT INTO counters VALUES (1, 0), (2, 0)");
        database_.run("CREATE TABLE notes (id INT PRIMARY KEY, said VARCHAR(20) NOT NULL) ENGINE = InnoDB");
    }

    PoolOptions through(const support::Proxy& proxy) const {
        auto options = database_.options();
        options.socket.clear();
        options.port = proxy.port();
        return options;
    }
    std::int64_t notes() { return database_.number("SELECT COUNT(*) FROM notes"); }
    std::int64_t sum() { return database_.number("SELECT SUM(value) FROM counters"); }

    support::Database database_;
    boost::asio::io_context io_;  // Before the pool: its threads post here until they are joined.
    Pool pool_{database_.options()};
};

void add_one(Session& session, int id) {
    ASSERT_EQ(session.execute("UPDATE counters SET value = value + 1 WHERE id = ?", id), 1U);
}

Result<Done> note(Session& session, int id) {
    session.execute("INSERT INTO notes (id, said) VALUES (?, ?)", id, "once");
    return Done{};
}

TEST_F(PoolTest, CommitsAValue) {
    auto work = [](Session& session) { return note(session, 1); };
    EXPECT_TRUE(finish(io_, pool_.transact(work)));
    EXPECT_EQ(notes(), 1);
}

TEST_F(PoolTest, RollsBackAnError) {
    auto work = [](Session& session) -> Result<Done> {
        (void)note(session, 1);
        return Error{Failure::conflict, "no", "no"};
    };
    const auto done = finish(io_, pool_.transact(work));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code(), "no");
    EXPECT_EQ(notes(), 0);
    EXPECT_EQ(database_.number("SELECT COUNT(*) FROM information_schema.innodb_trx t JOIN "
                               "information_schema.processlist p ON p.id = t.trx_mysql_thread_id "
                               "WHERE p.db = DATABASE() AND p.id <> CONNECTION_ID()"),
              0);
}

TEST_F(PoolTest, TurnsABugInTheWorkIntoAnInternalFailureAndLeavesNothing) {
    auto work = [](Session& session) -> Result<Done> {
        (void)note(session, 1);
        throw std::logic_error{"a bug"};
    };
    const auto done = finish(io_, pool_.transact(work));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind(), Failure::internal);
    EXPECT_EQ(notes(), 0);
    EXPECT_TRUE(finish(io_, pool_.ping()));
}

TEST_F(PoolTest, GivesSessionsTheSettingsThatTheRestReliesOn) {
    const auto seen = pool_.transact_blocking([](Session& session) -> Result<std::string> {
        auto rows = session.query(
            "SELECT CONCAT_WS('|', @@tx_isolation, @@time_zone, @@autocommit + 0, @@character_set_client, "
            "@@collation_connection, @@sql_mode LIKE '%STRICT_ALL_TABLES%', "
            "@@sql_mode LIKE '%BACKSLASH%')");
        rows.next();
        return rows.text(0);
    });
    ASSERT_TRUE(seen);
    EXPECT_EQ(*seen, "READ-COMMITTED|+00:00|0|utf8mb4|utf8mb4_general_ci|1|0");
}

// Two transactions take two rows in opposite order and meet after the first row: one must lose.
TEST_F(PoolTest, RunsTheLoserOfADeadlockAgain) {
    std::latch both_hold_one_row{2};
    std::atomic<int> runs = 0;
    int successes = 0;
    auto update = [&](int first, int second) -> boost::asio::awaitable<void> {
        auto work = [&, first, second, met = false](Session& session) mutable -> Result<Done> {
            ++runs;
            add_one(session, first);
            if (!std::exchange(met, true)) both_hold_one_row.arrive_and_wait();
            add_one(session, second);
            return Done{};
        };
        const auto done = co_await pool_.transact(std::move(work));
        successes += static_cast<bool>(done);
    };
    boost::asio::co_spawn(io_, update(1, 2), boost::asio::detached);
    boost::asio::co_spawn(io_, update(2, 1), boost::asio::detached);
    io_.run();
    EXPECT_EQ(successes, 2);
    EXPECT_EQ(runs, 3);
    EXPECT_EQ(sum(), 4);
}

TEST_F(PoolTest, DoesNotCommitWhatADeadlockRolledBackEvenIfTheWorkSwallowsIt) {
    std::latch both_hold_one_row{2};
    auto update = [&](int first, int second) {
        return pool_.transact_blocking(
            [&, first, second, met = false](Session& session) mutable -> Result<Done> {
                add_one(session, first);
                if (!std::exchange(met, true)) both_hold_one_row.arrive_and_wait();
                try {
                    add_one(session, second);
                } catch (const SqlError&) {
                }
                return Done{};
            });
    };
    std::thread other{[&] { EXPECT_TRUE(update(2, 1)); }};
    EXPECT_TRUE(update(1, 2));
    other.join();
    EXPECT_EQ(sum(), 4);
}

TEST_F(PoolTest, RefusesWorkItCannotQueue) {
    auto options = database_.options();
    options.threads = 1;
    options.waiting_max = 2;
    Pool small{options};
    std::latch release{1};
    int refused = 0;
    int answered = 0;
    auto wait = [&]() -> boost::asio::awaitable<void> {
        auto work = [&](Session&) -> Result<Done> {
            release.wait();
            return Done{};
        };
        const auto done = co_await small.transact(work);
        if (!done) {
            EXPECT_EQ(done.error().code(), "database-busy");
            EXPECT_TRUE(done.error().retry_after());
        }
        refused += !done;
        if (++answered == 7) release.count_down();
    };
    for (int i = 0; i < 10; ++i) boost::asio::co_spawn(io_, wait(), boost::asio::detached);
    io_.run();
    EXPECT_EQ(refused, 7);
    EXPECT_EQ(answered, 10);
}

TEST_F(PoolTest, ReplacesConnectionsThatTheServerClosedWhileIdle) {
    for (int i = 1; i <= 3; ++i) {
        ASSERT_TRUE(finish(io_, pool_.ping()));
        database_.kill_other_connections();
        int runs = 0;
        auto work = [&runs, i](Session& session) {
            ++runs;
            return note(session, i);
        };
        EXPECT_TRUE(finish(io_, pool_.transact(work)));
        EXPECT_LE(runs, 2);
    }
    EXPECT_EQ(notes(), 3);
}

TEST_F(PoolTest, RunsWorkAgainThatLosesItsConnectionInTheMiddle) {
    int runs = 0;
    auto work = [&](Session& session) {
        (void)note(session, 1);
        if (++runs == 1) database_.kill_other_connections();
        return note(session, 2);
    };
    EXPECT_TRUE(pool_.transact_blocking(work));
    EXPECT_EQ(runs, 2);
    EXPECT_EQ(notes(), 2);
}

TEST_F(PoolTest, RunsWorkAgainThatLostItsConnectionAndThrewSomethingElse) {
    int runs = 0;
    auto work = [&](Session& session) -> Result<Done> {
        if (++runs == 1) database_.kill_other_connections();
        try {
            return note(session, 1);
        } catch (const SqlError&) {
            throw std::runtime_error{"the work hides the reason"};
        }
    };
    ASSERT_TRUE(finish(io_, pool_.ping()));
    EXPECT_TRUE(pool_.transact_blocking(work));
    EXPECT_EQ(runs, 2);
    EXPECT_EQ(notes(), 1);
}

TEST_F(PoolTest, SaysThatTheOutcomeOfALostCommitIsUnknown) {
    support::Proxy proxy{database_.options().socket};
    Pool pool{through(proxy)};
    proxy.cut_after(support::Proxy::commit);
    int runs = 0;
    const auto done = pool.transact_blocking([&](Session& session) {
        ++runs;
        return note(session, 1);
    });
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code(), "commit-outcome-unknown");
    EXPECT_EQ(runs, 1);
    EXPECT_EQ(notes(), 1);  // This time it happened.
}

TEST_F(PoolTest, ALostEndOfMereReadingIsNoQuestion) {
    support::Proxy proxy{database_.options().socket};
    Pool pool{through(proxy)};
    proxy.cut_after(support::Proxy::commit);
    EXPECT_TRUE(finish(io_, pool.ping()));
    EXPECT_EQ(proxy.cuts(), 1);
}

/// What a resolver asks: is the note there?
std::optional<Result<Done>> find_note(Session& session) {
    if (session.query("SELECT id FROM notes WHERE id = 1").next()) return Result<Done>{Done{}};
    return std::nullopt;
}

TEST_F(PoolTest, FindsOutThatALostCommitHappened) {
    support::Proxy proxy{database_.options().socket};
    Pool pool{through(proxy)};
    proxy.cut_after(support::Proxy::commit);
    int runs = 0;
    auto work = [&](Session& session) {
        ++runs;
        return note(session, 1);
    };
    EXPECT_TRUE(pool.transact_resolving(work, find_note));
    EXPECT_EQ(runs, 1);
    EXPECT_EQ(notes(), 1);
}

TEST_F(PoolTest, FindsOutThatALostCommitNeverArrivedAndRunsTheWorkAgain) {
    support::Proxy proxy{database_.options().socket};
    Pool pool{through(proxy)};
    proxy.cut_before(support::Proxy::commit);
    int runs = 0;
    auto work = [&](Session& session) {
        ++runs;
        return note(session, 1);
    };
    EXPECT_TRUE(pool.transact_resolving(work, find_note));
    EXPECT_EQ(runs, 2);
    EXPECT_EQ(notes(), 1);
}

TEST_F(PoolTest, SaysUnavailableWhileTheDatabaseIsAwayAndRecovers) {
    support::Proxy proxy{database_.options().socket};
    Pool pool{through(proxy)};
    ASSERT_TRUE(finish(io_, pool.ping()));
    proxy.refuse(true);
    proxy.cut_all();
    ASSERT_TRUE(support::eventually([&] { return !finish(io_, pool.ping()); }));
    const auto away = finish(io_, pool.ping());
    ASSERT_FALSE(away);
    EXPECT_EQ(away.error().code(), "database-unavailable");
    EXPECT_EQ(away.error().kind(), Failure::unavailable);
    proxy.refuse(false);
    EXPECT_TRUE(finish(io_, pool.ping()));
}

TEST_F(PoolTest, ACancelledCallerComesHomeBeforeItNotices) {
    boost::asio::cancellation_signal cancel;
    std::latch begun{1};
    std::latch release{1};
    const auto home = std::this_thread::get_id();
    std::thread::id resumed;
    auto caller = [&]() -> boost::asio::awaitable<void> {
        auto work = [&](Session& session) {
            begun.count_down();
            release.wait();
            return note(session, 1);
        };
        (void)co_await pool_.transact(work);
        resumed = std::this_thread::get_id();
    };
    boost::asio::co_spawn(io_, caller(),
                          boost::asio::bind_cancellation_slot(cancel.slot(), boost::asio::detached));
    std::thread canceller{[&] {
        begun.wait();
        auto emit = [&] {
            cancel.emit(boost::asio::cancellation_type::terminal);
            release.count_down();
        };
        boost::asio::post(io_, emit);
    }};
    io_.run();
    canceller.join();
    EXPECT_EQ(resumed, home);
    EXPECT_EQ(notes(), 1);
}

TEST(PoolAndPowerLoss, WhatWasCommittedSurvivesAndThePoolRecovers) {
    support::MariaDb server;
    Pool pool{server.options("survivor")};
    const auto made = pool.transact_blocking([](Session& session) -> Result<Done> {
        session.run("CREATE TABLE notes (id INT PRIMARY KEY, said VARCHAR(20) NOT NULL) ENGINE = InnoDB");
        return Done{};
    });
    ASSERT_TRUE(made);
    ASSERT_TRUE(pool.transact_blocking([](Session& session) { return note(session, 1); }));
    server.kill9();
    const auto away = pool.transact_blocking([](Session& session) { return note(session, 2); });
    ASSERT_FALSE(away);
    EXPECT_EQ(away.error().code(), "database-unavailable");
    server.start();
    const auto count = pool.transact_blocking([](Session& session) -> Result<std::int64_t> {
        auto rows = session.query("SELECT COUNT(*) FROM notes");
        rows.next();
        return rows.integer(0);
    });
    ASSERT_TRUE(count);
    EXPECT_EQ(*count, 1);
}

}  // namespace
}  // namespace shanhai::database
