#pragma once

#include <cstdint>
#include <functional>
#include <random>
#include <string>

namespace shanhai::simulator {

/// Chance that repeats itself: one seed, one run. std's distributions are not used, for they differ between
/// libraries.
class Chance {
public:
    explicit Chance(std::uint64_t seed) : engine_{seed} {}

    /// From 0 to `end` - 1.
    std::uint64_t below(std::uint64_t end) { return engine_() % end; }
    bool permille(unsigned share) { return below(1000) < share; }
    std::string bytes(std::size_t count) {
        std::string drawn;
        while (drawn.size() < count) drawn += static_cast<char>(below(256));
        return drawn;
    }

private:
    std::mt19937_64 engine_;
};

/// How often, in a thousand, what goes wrong. Every run draws which of them there are at all (a swarm), so
/// that a fault is also seen without the others.
struct Faults {
    unsigned crash = 0;            ///< The process dies between two transactions, or inside one.
    unsigned commit_lost = 0;      ///< COMMIT took place and nobody hears of it.
    unsigned commit_undone = 0;    ///< The connection is lost before COMMIT takes place.
    unsigned deadlock = 0;         ///< Of statements.
    unsigned connection_lost = 0;  ///< Of statements.
    unsigned other_first = 0;      ///< Another process does something between two transactions.
    unsigned provider_deaf = 0;    ///< A call does not reach the provider.
    unsigned provider_mute = 0;    ///< It does, and its answer is lost.
    unsigned repeated = 0;         ///< A notification is sent again.
    unsigned clock_steps = 0;      ///< Of actions: the wall's clock steps, an hour at most, to either side.

    static Faults drawn(Chance& chance) {
        Faults faults;
        const auto maybe = [&chance](unsigned& share, unsigned most) {
            if (chance.permille(500)) share = 1 + static_cast<unsigned>(chance.below(most));
        };
        maybe(faults.crash, 30);
        maybe(faults.commit_lost, 100);
        maybe(faults.commit_undone, 60);
        maybe(faults.deadlock, 20);
        maybe(faults.connection_lost, 10);
        maybe(faults.other_first, 500);
        maybe(faults.provider_deaf, 300);
        maybe(faults.provider_mute, 300);
        maybe(faults.repeated, 600);
        maybe(faults.clock_steps, 200);
        return faults;
    }
};

}  // namespace shanhai::simulator
