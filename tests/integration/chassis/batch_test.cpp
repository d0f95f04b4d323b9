#include "chassis/batch/batcher.hpp"

#include "chassis/database/pool.hpp"
#include "support/async.hpp"
#include "support/database.hpp"
#include "support/proxy.hpp"

#include <gtest/gtest.h>
#include <boost/asio/detached.hpp>

namespace shanhai::batch {
namespace {

/// Requests that store a number each, a batch in one transaction, as the services do.
class BatchTest : public testing::Test {
protected:
    using Numbers = Batcher<int, int>;

    BatchTest() {
        database_.run(
            "CREATE TABLE numbers (number INT PRIMARY KEY, CONSTRAINT no_13 CHECK (number <> 13)) "
            "ENGINE = InnoDB");
    }

    static std::vector<Result<int>> store(database::Pool& pool, std::span<int> items) {
        auto stored = pool.transact_resolving(
            [items](database::Session& session) -> Result<Done> {
                database::Insert insert{"INSERT INTO numbers (number) VALUES"};
                for (const int item : items) insert.row(item);
                insert.run(session);
                return Done{};
            },
            [items](database::Session& session) -> std::optional<Result<Done>> {
                auto rows = session.query("SELECT 1 FROM numbers WHERE number = ?", items.front());
                if (rows.next()) return Result<Done>{Done{}};
                return std::nullopt;
            });
        if (!stored) return answer_all<int>(items.size(), stored.error());
        std::vector<Result<int>> answers;
        for (const int item : items) answers.emplace_back(item);
        return answers;
    }

    /// Submits the numbers below `count` from coroutines and returns those that were refused.
    std::vector<int> submit_all(Numbers& batcher, int count) {
        std::vector<int> refused;
        auto one = [&](int number) -> boost::asio::awaitable<void> {
            const auto answer = co_await batcher.submit(number);
            if (!answer) refused.push_back(number);
        };
        for (int i = 0; i < count; ++i) boost::asio::co_spawn(io_, one(i), boost::asio::detached);
        io_.run();
        return refused;
    }

    support::Database database_;
    boost::asio::io_context io_;
};

TEST_F(BatchTest, OneItemThatTheDatabaseRefusesFailsAlone) {
    database::Pool pool{database_.options()};
    Numbers batcher{{.name = "numbers"}, [&pool](std::span<int> items) { return store(pool, items); }};
    EXPECT_EQ(submit_all(batcher, 200), std::vector<int>{13});
    EXPECT_EQ(database_.number("SELECT COUNT(*) FROM numbers"), 199);
    EXPECT_LT(batcher.stats().batches, 60U);
}

TEST_F(BatchTest, EveryItemIsStoredOnceThoughCommitsAreLost) {
    support::Proxy proxy{database_.options().socket};
    auto options = database_.options();
    options.socket.clear();
    options.port = proxy.port();
    database::Pool pool{options};
    Numbers batcher{{.name = "numbers", .batch_max = 2},
                    [&pool](std::span<int> items) { return store(pool, items); }};
    proxy.cut_after(support::Proxy::commit, 2);
    proxy.cut_before(support::Proxy::commit, 2);
    EXPECT_TRUE(submit_all(batcher, 12).empty());
    EXPECT_EQ(proxy.cuts(), 4);
    EXPECT_EQ(database_.number("SELECT COUNT(*) FROM numbers"), 12);
}

}  // namespace
}  // namespace shanhai::batch
