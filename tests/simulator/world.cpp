#include "simulator/world.hpp"

#include "chassis/database/schema.hpp"
#include "orders/service.hpp"
#include "simulator/shop.hpp"

#include <iostream>

namespace shanhai::simulator {
namespace {

using namespace std::chrono_literals;

constexpr Instant beginning{Date{std::chrono::year{2026} / 5 / 4} + 2h};
constexpr std::size_t rest_rounds = 8;

database::Schema tables() {
    auto all = database::chassis_schema();
    for (const auto& schema : {orders::schema(), Listener::schema()}) {
        all.insert(all.end(), schema.begin(), schema.end());
    }
    return all;
}

std::unique_ptr<database::Pool> pool_of(Trouble& trouble, const Clock& clock) {
    database::PoolOptions options;
    options.threads = 1;
    options.schema = "simulated";
    options.clock = &clock;
    options.connect = [&trouble] { return std::make_unique<MemoryLink>(trouble); };
    return std::make_unique<database::Pool>(std::move(options));
}

}  // namespace

Stage::Stage()
    : clock{beginning},
      database_clock{beginning},
      database{tables(), database_clock},
      troubles{Trouble{database, keys}, Trouble{database, keys}},
      pools{pool_of(troubles[0], clock), pool_of(troubles[1], clock)} {}

World::World(Stage& stage, std::uint64_t seed, bool tells)
    : stage_{stage}, chance_{seed}, faults_{Faults::drawn(chance_)}, tells_{tells} {
    stage_.clock = stage_.database_clock = SimulatedClock{beginning};
    stage_.database.empty();
    draw_habits();
    open_shop();
    for (std::size_t i = 0; i < Stage::processes; ++i) {
        auto& trouble = stage_.troubles[i];
        trouble.chance = &chance_;
        trouble.faults = faults_;
        trouble.others_first = [this, i] {
            if (depth_ != 1) return;
            for (auto count = 1 + chance_.below(3); count > 0; --count) act(1 - i);
        };
    }
}

World::~World() {
    for (auto& trouble : stage_.troubles) {
        trouble.chance = nullptr;
        trouble.crashed = false;
        trouble.others_first = nullptr;
    }
}

void World::open_shop() {
    (void)stage_.pools[0]->transact_blocking([](database::Session& session) -> Result<Done> {
        write_goods(session, beginning);
        return Done{};
    });
    for (std::size_t i = 0; i < Stage::processes; ++i) restart(i);
    std::vector<orders::ReceiveCommand> receipts;
    for (const auto lot : lots()) {
        const auto quantity = 2 + static_cast<std::int64_t>(chance_.below(20));
        receipts.push_back({key_of("receipt " + std::to_string(number(lot)), ""), lot, quantity, ""});
    }
    for (const auto& received : processes_[0]->receiving.receive(receipts)) {
        if (!received) wrong("the shop has no goods: " + received.error().message());
    }
}

std::vector<std::string> World::run(std::size_t steps) {
    for (std::size_t step = 0; step < steps; ++step) act(chance_.below(Stage::processes));
    come_to_rest();
    judge();
    return wrong_;
}

struct World::Action {
    unsigned weight;
    const char* name;
    void (World::*what)(Process&);
};

const std::array<World::Action, World::action_count>& World::actions() {
    static constexpr std::array<Action, action_count> all{{
        {20, "place", &World::place},
        {18, "open payment", &World::open_payment},
        {14, "shopper decides", &World::shopper_decides},
        {12, "deliver mail", &World::deliver_mail},
        {12, "apply waiting", &World::apply_waiting},
        {6, "poll", &World::poll},
        {6, "refund", &World::refund},
        {8, "expire", &World::expire},
        {6, "cancel", &World::cancel},
        {6, "rescue", &World::rescue},
        {3, "learn", &World::learn},
        {4, "refresh", &World::refresh},
        {8, "tell", &World::tell},
        {14, "time goes", &World::time_goes},
    }};
    return all;
}

/// Every run has its own habits: some things happen often in it, and some never.
void World::draw_habits() {
    for (std::size_t i = 0; i < action_count; ++i) {
        const auto habit = static_cast<unsigned>(chance_.below(5));
        weights_[i] = actions()[i].weight * habit * habit;
        whole_weight_ += weights_[i];
    }
    if (weights_[0] > 0) return;  // Without orders there is nothing.
    weights_[0] = actions()[0].weight;
    whole_weight_ += weights_[0];
}

void World::act(std::size_t process) {
    auto drawn = chance_.below(whole_weight_);
    std::size_t chosen = 0;
    while (drawn >= weights_[chosen]) drawn -= weights_[chosen++];
    const auto& action = actions()[chosen];
    if (tells_) {
        std::cout << std::string(static_cast<std::size_t>(2 * depth_), ' ') << process << ' ' << action.name
                  << ' ' << rfc3339(stage_.clock.now()) << '\n';
    }
    ++depth_;
    (this->*action.what)(*processes_[process]);
    --depth_;
    if (depth_ == 0) restart_crashed();
}

/// Not while anything of it is still on the stack.
void World::restart_crashed() {
    for (std::size_t i = 0; i < Stage::processes; ++i) {
        if (!stage_.troubles[i].crashed) continue;
        ++tally_["crashes"];
        restart(i);
    }
}

/// It comes up without trouble: what fails there is tried until it works.
void World::restart(std::size_t process) {
    auto& trouble = stage_.troubles[process];
    auto* const chance = std::exchange(trouble.chance, nullptr);
    trouble.crashed = false;
    processes_[process] = std::make_unique<Process>(*stage_.pools[process], bank_, trouble, chance_);
    trouble.chance = chance;
}

/// Nothing goes wrong any more: what is on its way arrives, and everybody does what is due until nothing is.
void World::come_to_rest() {
    for (std::size_t i = 0; i < Stage::processes; ++i) {
        stage_.troubles[i].chance = nullptr;
        restart(i);
    }
    // Whoever's clock was behind must come to the end of what was promised by one that was ahead.
    stage_.go(3h);
    auto& process = *processes_[0];
    for (std::size_t round = 0; round < rest_rounds; ++round) {
        while (bank_.anything_on_its_way()) deliver_mail(process);
        process.notifications.apply_waiting();
        process.rescue.run();
        process.closing.expire_due();
        process.payments.poll();
        process.payments.refund_due();
        stage_.go(1h);
    }
    Listener listener{process.pool};
    listener.relay();
    while (listener.consume(0, false)) continue;
}

std::string World::text(const std::string& query) {
    const auto rows = stage_.database.ask(query);
    return rows.empty() ? "" : rows[0][0].value_or("");
}

}  // namespace shanhai::simulator
