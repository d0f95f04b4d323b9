#pragma once

#include "chassis/workers.hpp"
#include "vocabulary/result.hpp"

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <functional>
#include <optional>
#include <utility>

namespace shanhai::sheets {

/// Reads and writes long tables one after the other on a thread of its own, so that the connections' threads
/// go on answering.
class Clerk {
public:
    static constexpr int waiting_max = 8;

    /// What `work` returns, a Result. Fails with 503 `tables-busy` when too many wait already.
    template <class Outcome>
    boost::asio::awaitable<Outcome> run(std::function<Outcome()> work) {
        const Turn turn{waiting_};
        if (turn.number > waiting_max) co_return busy();
        std::optional<Outcome> outcome;
        auto doing = run_here(work, outcome);
        const auto executor = workers_.executor();
        co_await boost::asio::co_spawn(executor, std::move(doing), boost::asio::use_awaitable);
        co_return std::move(*outcome);
    }

private:
    struct Turn {
        explicit Turn(std::atomic<int>& all) : waiting{all}, number{++all} {}
        ~Turn() { --waiting; }
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;
        std::atomic<int>& waiting;
        int number;
    };

    template <class Outcome>
    static boost::asio::awaitable<void> run_here(const std::function<Outcome()>& work,
                                                 std::optional<Outcome>& outcome) {
        outcome.emplace(work());
        co_return;
    }
    static Error busy() {
        Error error{Failure::unavailable, "tables-busy", "Other tables are being read; send it again soon."};
        error.retry_after(std::chrono::seconds{2});
        return error;
    }

    std::atomic<int> waiting_ = 0;
    chassis::Workers workers_{1};
};

}  // namespace shanhai::sheets
