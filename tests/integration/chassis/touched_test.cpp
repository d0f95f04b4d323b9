#include "chassis/database/touched.hpp"

#include "chassis/database/pool.hpp"
#include "support/database.hpp"

#include <gtest/gtest.h>
#include <thread>

namespace shanhai::database {
namespace {

class TouchedTest : public testing::Test {
protected:
    template <class Work>
    void write(Work work) {
        const auto done = pool_.transact_blocking([&](Session& session) -> Result<Done> {
            work(session);
            return Done{};
        });
        EXPECT_TRUE(done);
    }
    std::optional<Touched> after(std::uint64_t known) {
        auto changes = pool_.transact_blocking([&](Session& session) -> Result<std::optional<Touched>> {
            return touched_after(session, known);
        });
        return std::move(*changes);
    }

    support::Database database_{Schema{}};
    Pool pool_{database_.options()};
};

using Ids = std::set<std::uint64_t>;

TEST_F(TouchedTest, TellsWhatChangedSinceEachThingOnce) {
    const auto begin = after(0);
    ASSERT_TRUE(begin);
    EXPECT_FALSE(begin->since) << "a copy that was never made is read as a whole";
    EXPECT_FALSE(after(begin->count));
    write([](Session& session) {
        touch(session, "lot", 7U);
        touch(session, "lot", 7U);
        touch(session, "sku", 3U);
    });
    const auto changes = after(begin->count);
    ASSERT_TRUE(changes && changes->since);
    EXPECT_EQ(changes->count, begin->count + 3);
    EXPECT_EQ(changes->since->size(), 2U);
    EXPECT_EQ(changes->ids("lot"), Ids{7});
    EXPECT_EQ(changes->ids("sku"), Ids{3});
    EXPECT_EQ(changes->ids("merchant"), Ids{});
    EXPECT_FALSE(after(changes->count));
}

TEST_F(TouchedTest, KnowsWhenItCannotTell) {
    const auto begin = after(0)->count;
    write([](Session& session) {
        touch(session, "lot", 7U);
        touch_everything(session);
        touch(session, "lot", 8U);
    });
    EXPECT_FALSE(after(begin)->since);
    EXPECT_EQ(after(begin + 2)->ids("lot"), Ids{8});
    EXPECT_FALSE(after(begin + 100)->since) << "a database that was set back";
    write([](Session& session) {
        for (std::uint64_t i = 0; i <= touched_max; ++i) touch(session, "lot", i);
    });
    EXPECT_FALSE(after(begin + 3)->since) << "more than are worth reading one by one";
    EXPECT_TRUE(after(begin + 4)->since);
}

TEST_F(TouchedTest, KeepsNoMoreNotesThanAnybodyReads) {
    database_.run("UPDATE touch_count SET number = 999990");
    write([](Session& session) {
        for (std::uint64_t i = 0; i < 12 * touched_max; ++i) touch(session, "lot", i);
    });
    EXPECT_LE(database_.number("SELECT COUNT(*) FROM touch_note"), 11 * static_cast<int>(touched_max));
    EXPECT_TRUE(after(999990 + 12 * touched_max - 500)->since);
}

TEST_F(TouchedTest, WritesDownTogetherWhatOneTransactionTouched) {
    const auto begin = after(0)->count;
    write([&](Session& session) {
        TouchedTogether together;
        touch(session, "lot", 7U);
        touch(session, "sku", 3U);
        touch(session, "lot", 7U);
        EXPECT_FALSE(touched_after(session, begin));
        together.write(session);
        touch(session, "sku", 9U);
    });
    const auto changes = after(begin);
    EXPECT_EQ(changes->count, begin + 3);
    EXPECT_EQ(changes->ids("lot"), Ids{7});
    EXPECT_EQ(changes->ids("sku"), (Ids{3, 9}));
    write([](Session& session) {
        TouchedTogether together;
        touch(session, "lot", 7U);
        touch_everything(session);
        together.write(session);
    });
    EXPECT_FALSE(after(begin + 3)->since);
}

TEST_F(TouchedTest, ForgetsWhatWasRolledBack) {
    const auto begin = after(0)->count;
    const auto refused = pool_.transact_blocking([](Session& session) -> Result<Done> {
        touch(session, "lot", 7U);
        return Error{Failure::conflict, "no", "It shall not be."};
    });
    EXPECT_FALSE(refused);
    EXPECT_FALSE(after(begin));
}

/// Whoever has seen a change has seen all that were counted before it, however many write.
TEST_F(TouchedTest, CommitsChangesInTheOrderOfTheirNumbers) {
    const auto begin = after(0)->count;
    std::vector<std::jthread> writers;
    for (std::uint64_t writer = 0; writer < 3; ++writer) {
        writers.emplace_back([this, writer] {
            for (std::uint64_t i = 0; i < 40; ++i) {
                write([&](Session& session) { touch(session, "lot", 100 * writer + i); });
            }
        });
    }
    Ids seen;
    std::uint64_t known = begin;
    while (seen.size() < 120) {
        if (const auto changes = after(known)) {
            ASSERT_TRUE(changes->since) << "a gap after " << known;
            seen.merge(changes->ids("lot"));
            known = changes->count;
        }
    }
    EXPECT_EQ(known, begin + 120);
}

}  // namespace
}  // namespace shanhai::database
