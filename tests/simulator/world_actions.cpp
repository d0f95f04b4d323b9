#include "orders/store/fact_store.hpp"
#include "simulator/shop.hpp"
#include "simulator/world.hpp"
#include "support/sample_goods.hpp"

#include <algorithm>

namespace shanhai::simulator {

using namespace std::chrono_literals;

orders::PlaceCommand World::command_of(const std::string& key, const Wish& wish,
                                       const Process& process) const {
    return {key_of(key, orders::canonical_text(wish.request)),
            orders::draft(wish.request, *process.offers.get(), std::nullopt, stage_.clock.now()),
            std::nullopt};
}

/// Some are asked for again: whoever got no answer asks with the same key, and so do some who got one.
void World::place(Process& process) {
    std::vector<std::string> keys;
    for (auto count = 1 + chance_.below(3); count > 0; --count) {
        auto key = "key " + std::to_string(chance_.below(2 + 2 * wishes_.size()));
        auto& wish = wishes_[key];
        if (wish.request.lines.empty()) {
            for (auto lines = 1 + chance_.below(2); lines > 0; --lines) {
                const SkuId sku{1 + chance_.below(skus)};
                const auto quantity = 1 + static_cast<std::int64_t>(chance_.below(4));
                if (chance_.below(5) == 0) {
                    wish.request.lines.push_back({SkuId{}, quantity, 1, bundle});
                } else {
                    wish.request.lines.push_back({sku, quantity, 1});
                }
            }
            wish.request.receiver = support::sample_receiver();
        }
        keys.push_back(std::move(key));
    }
    std::vector<orders::PlaceCommand> commands;
    for (const auto& key : keys) commands.push_back(command_of(key, wishes_.at(key), process));
    const auto answers = process.writer.place(commands);
    for (std::size_t i = 0; i < answers.size(); ++i) {
        ++tally_[answers[i] ? (answers[i]->replayed ? "replayed" : "placed") : answers[i].error().code()];
        if (!answers[i]) {
            if (answers[i].error().kind() == Failure::internal) wrong("an order met a bug");
            continue;
        }
        auto& known = wishes_.at(keys[i]).number;
        if (!known.empty() && known != answers[i]->order.number) wrong("one key has two orders: " + keys[i]);
        known = answers[i]->order.number;
    }
}

std::string World::some_order() {
    std::vector<std::string> numbers;
    for (const auto& [key, wish] : wishes_) {
        if (!wish.number.empty()) numbers.push_back(wish.number);
    }
    return numbers.empty() ? std::string{} : numbers[chance_.below(numbers.size())];
}

void World::open_payment(Process& process) {
    std::vector<orders::OpenPayment> requests;
    for (auto count = 1 + chance_.below(2); count > 0; --count) requests.push_back({some_order(), "bank"});
    for (const auto& answer : process.payments.open(requests)) {
        ++tally_[answer ? "payments opened" : answer.error().code()];
        if (!answer && answer.error().kind() == Failure::internal) wrong("a payment met a bug");
    }
}

void World::shopper_decides(Process& /*process*/) { bank_.decide(chance_, faults_); }

void World::deliver_mail(Process& process) {
    auto batch = bank_.delivered(chance_, 1 + chance_.below(4));
    if (batch.empty()) return;
    const auto answers = process.notifications.store(batch);
    for (std::size_t i = 0; i < answers.size(); ++i) {
        if (!answers[i]) bank_.send_again(std::move(batch[i]));
    }
}

void World::apply_waiting(Process& process) {
    tally_["notifications applied"] += process.notifications.apply_waiting();
}

void World::poll(Process& process) { tally_["polled"] += process.payments.poll(); }

void World::refund(Process& process) { tally_["refunds confirmed"] += process.payments.refund_due(); }

void World::expire(Process& process) { tally_["expired"] += process.closing.expire_due(); }

void World::cancel(Process& process) {
    std::vector<std::string> numbers{some_order()};
    if (numbers[0].empty()) return;
    const auto answers = process.closing.cancel(numbers);
    ++tally_[answers[0] ? "cancelled" : answers[0].error().code()];
    if (!answers[0] && answers[0].error().kind() == Failure::internal) wrong("a cancellation met a bug");
}

void World::rescue(Process& process) { tally_["rescued"] += process.rescue.run(); }

/// The other process hears of it when it refreshes.
void World::learn(Process& process) {
    const auto drawn = chance_.below(1000);
    (void)process.pool.transact_blocking([&](database::Session& session) -> Result<Done> {
        write_bad_news(session, stage_.clock.now(), drawn);
        return Done{};
    });
    process.refresh();
}

void World::refresh(Process& process) { process.refresh(); }

void World::tell(Process& process) {
    Listener listener{process.pool};
    listener.relay();
    listener.consume(chance_.below(3), chance_.below(2) == 0);
}

void World::time_goes(Process& /*process*/) {
    const std::chrono::microseconds by = std::chrono::milliseconds{chance_.below(180'000)};
    stage_.go(by);
    if (!chance_.permille(faults_.clock_steps)) return;
    ++tally_["clock steps"];
    stage_.clock.step(std::chrono::milliseconds{chance_.below(7'200'000)} - std::chrono::microseconds{1h});
}

}  // namespace shanhai::simulator
