#pragma once

#include "simulator/listener.hpp"
#include "simulator/process.hpp"
#include "simulator/simulated_clock.hpp"

#include <array>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace shanhai::simulator {

/// What lasts from run to run: tables are emptied sooner than made.
class Stage {
public:
    Stage();

    static constexpr std::size_t processes = 2;

    /// Time passes for everybody.
    void go(std::chrono::microseconds by) {
        clock.go(by);
        database_clock.go(by);
    }

    SimulatedClock clock;           ///< Of all processes.
    SimulatedClock database_clock;  ///< Which no step moves, and by which deadlines go.
    MemoryDatabase database;
    security::KeyRing keys{std::string(32, 'f')};
    std::array<Trouble, processes> troubles;
    std::array<std::unique_ptr<database::Pool>, processes> pools;
};

/// What came of a run, so that one sees what runs are made of.
using Tally = std::map<std::string, std::uint64_t>;

/// One run: two copies of the orders service, their shoppers, a bank and a listener, and everything that goes
/// wrong, in one thread and by one seed.
class World {
public:
    World(Stage& stage, std::uint64_t seed, bool tells = false);
    ~World();
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    /// Lives through `steps` actions and then lets everything come to rest; returns what is wrong then.
    std::vector<std::string> run(std::size_t steps);
    const Tally& tally() const { return tally_; }

private:
    struct Wish {
        orders::OrderRequest request;
        std::string number;  ///< Of the order, once somebody was told so.
    };

    struct Action;
    static constexpr std::size_t action_count = 14;
    static const std::array<Action, action_count>& actions();

    void draw_habits();
    void open_shop();
    void act(std::size_t process);
    void restart_crashed();
    void restart(std::size_t process);
    void come_to_rest();
    void judge();
    void judge_money();
    void judge_facts();
    void expect_none(const std::string& what, const std::string& query);
    void wrong(std::string what) { wrong_.push_back(std::move(what)); }

    // What may happen, to one of the processes or around them.
    void place(Process& process);
    void open_payment(Process& process);
    void shopper_decides(Process& process);
    void deliver_mail(Process& process);
    void apply_waiting(Process& process);
    void poll(Process& process);
    void refund(Process& process);
    void expire(Process& process);
    void cancel(Process& process);
    void rescue(Process& process);
    void learn(Process& process);
    void refresh(Process& process);
    void tell(Process& process);
    void time_goes(Process& process);

    orders::PlaceCommand command_of(const std::string& key, const Wish& wish, const Process& process) const;
    std::string some_order();
    std::string text(const std::string& query);

    Stage& stage_;
    Chance chance_;
    const Faults faults_;
    const bool tells_;
    Bank bank_{stage_.clock};
    std::array<std::unique_ptr<Process>, Stage::processes> processes_;
    std::map<std::string, Wish> wishes_;  ///< By their keys.
    std::array<unsigned, action_count> weights_{};
    unsigned whole_weight_ = 0;
    int depth_ = 0;
    Tally tally_;
    std::vector<std::string> wrong_;
};

}  // namespace shanhai::simulator
