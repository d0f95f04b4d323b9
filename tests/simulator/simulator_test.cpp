#include "chassis/observe/log.hpp"
#include "simulator/world.hpp"

#include <gtest/gtest.h>
#include <cstdlib>
#include <iostream>

namespace shanhai::simulator {
namespace {

constexpr std::size_t steps = 60;

/// What a command line asks for: `simulator_unit_tests --seeds N --from S --tell`.
struct Wanted {
    std::uint64_t seeds = SHANHAI_SIMULATED_RUNS;
    std::uint64_t from = 1;
    bool tells = false;
};
Wanted& wanted() {
    static Wanted all;
    return all;
}

TEST(Simulator, KeepsTheBooksWhateverGoesWrong) {
    Stage stage;
    Tally sums;
    const auto [seeds, from, tells] = wanted();
    for (auto seed = from; seed < from + seeds; ++seed) {
        World world{stage, seed, tells};
        const auto wrong = world.run(steps);
        for (const auto& [what, times] : world.tally()) sums[what] += times;
        for (const auto& one : wrong) ADD_FAILURE() << "seed " << seed << ": " << one;
        ASSERT_TRUE(wrong.empty()) << "again: simulator_unit_tests --from " << seed << " --seeds 1 --tell";
    }
    for (const auto& [what, times] : sums) std::cout << times << ' ' << what << '\n';
    if (seeds < 1000) return;
    // Runs in which nothing happens find nothing.
    for (const auto* what : {"crashes", "clock steps", "placed", "replayed", "sold-out", "paid",
                             "paid and given back", "expired", "cancelled", "rescued", "polled",
                             "refunds confirmed", "notifications applied", "commit-outcome-unknown"}) {
        EXPECT_GT(sums[what], seeds / 100) << what;
    }
}

TEST(Simulator, RepeatsARunByItsSeed) {
    Stage stage;
    const auto run = [&stage](std::uint64_t seed) {
        World world{stage, seed};
        EXPECT_TRUE(world.run(steps).empty());
        const auto* const journal =
            "SELECT lot_id, entry_id, kind, delta_on_hand, delta_reserved, order_id, at FROM stock_journal ORDER BY entry_id";
        return std::pair{world.tally(), stage.database.ask(journal)};
    };
    for (std::uint64_t seed = 1; seed <= 20; ++seed) EXPECT_EQ(run(seed), run(seed)) << seed;
}

}  // namespace
}  // namespace shanhai::simulator

int main(int count, char** words) {
    testing::InitGoogleTest(&count, words);
    auto& wanted = shanhai::simulator::wanted();
    for (int i = 1; i < count; ++i) {
        const std::string_view word = words[i];
        if (word == "--tell") wanted.tells = true;
        if (word == "--seeds" && i + 1 < count) wanted.seeds = std::strtoull(words[++i], nullptr, 10);
        if (word == "--from" && i + 1 < count) wanted.from = std::strtoull(words[++i], nullptr, 10);
    }
    shanhai::observe::set_log_level(wanted.tells ? "info" : "off");
    return RUN_ALL_TESTS();
}
