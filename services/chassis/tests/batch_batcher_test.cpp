#include "chassis/batch/batcher.hpp"

#include <gtest/gtest.h>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <latch>
#include <numeric>
#include <set>

namespace shanhai::batch {
namespace {

using Numbers = Batcher<int, int>;

std::vector<Result<int>> doubled(std::span<int> items) {
    std::vector<Result<int>> answers;
    for (const int item : items) answers.emplace_back(item * 2);
    return answers;
}

BatcherOptions named(std::string name) {
    BatcherOptions options;
    options.name = std::move(name);
    return options;
}

TEST(Batcher, AnswersALoneItem) {
    Numbers batcher{named("lone"), doubled};
    const auto answer = batcher.submit_blocking(21);
    ASSERT_TRUE(answer);
    EXPECT_EQ(*answer, 42);
}

/// Holds the batcher's thread in its first item, so that others gather meanwhile.
class Gathering {
public:
    explicit Gathering(BatcherOptions options, Numbers::Handle handle)
        : batcher{std::move(options), [this, handle](std::span<int> items) {
                      if (first_.exchange(false)) {
                          holding_.count_down();
                          release_.wait();
                      }
                      sizes.push_back(items.size());
                      return handle(items);
                  }} {
        batcher.submit(0, [](const Result<int>&) {});
        holding_.wait();
    }
    void release() { release_.count_down(); }

private:
    std::atomic<bool> first_ = true;
    std::latch holding_{1};
    std::latch release_{1};

public:
    std::vector<std::size_t> sizes;
    Numbers batcher;
};

TEST(Batcher, HandlesACrowdTogetherAndAnswersInOrder) {
    auto options = named("crowd");
    options.batch_max = 64;
    Gathering gathering{options, doubled};
    std::vector<int> answers(100, -1);
    for (int i = 0; i < 100; ++i) {
        gathering.batcher.submit(
            i, [&answers, i](const Result<int>& answer) { answers[static_cast<std::size_t>(i)] = *answer; });
    }
    EXPECT_EQ(gathering.batcher.stats().depth, 100U);
    gathering.release();
    gathering.batcher.stop();
    EXPECT_EQ(gathering.sizes, (std::vector<std::size_t>{1, 64, 36}));
    for (int i = 0; i < 100; ++i) EXPECT_EQ(answers[static_cast<std::size_t>(i)], 2 * i);
    EXPECT_EQ(gathering.batcher.stats().items, 101U);
    EXPECT_EQ(gathering.batcher.stats().batches, 3U);
}

/// Which of a hundred items fail when handling them does.
std::set<int> failures(const Numbers::Handle& handle) {
    Gathering gathering{named("poison"), handle};
    std::set<int> failed;
    for (int i = 1; i <= 100; ++i) {
        gathering.batcher.submit(i, [&failed, i](const Result<int>& answer) {
            if (!answer) failed.insert(i);
        });
    }
    gathering.release();
    gathering.batcher.stop();
    EXPECT_EQ(gathering.batcher.stats().poisoned, failed.size());
    return failed;
}

TEST(Batcher, LetsOnePoisonousItemFailAlone) {
    const auto failed = failures([](std::span<int> items) {
        for (const int item : items) {
            if (item == 37) throw std::runtime_error{"poison"};
        }
        return doubled(items);
    });
    EXPECT_EQ(failed, std::set<int>{37});
}

TEST(Batcher, TakesInternalFailureOfAllForAThrow) {
    const auto failed = failures([](std::span<int> items) {
        for (const int item : items) {
            if (item == 5 || item == 99) {
                return answer_all<int>(items.size(), Error{Failure::internal, "internal", "poison"});
            }
        }
        return doubled(items);
    });
    EXPECT_EQ(failed, (std::set<int>{5, 99}));
}

TEST(Batcher, TakesAWrongNumberOfAnswersForABug) {
    const auto failed = failures([](std::span<int> items) {
        auto answers = doubled(items);
        if (items.size() > 1) answers.pop_back();
        return answers;
    });
    EXPECT_TRUE(failed.empty());  // One by one they go through.
}

TEST(Batcher, RefusesWhatItCannotQueue) {
    auto options = named("full");
    options.waiting_max = 3;
    Gathering gathering{options, doubled};
    int refused = 0;
    for (int i = 0; i < 5; ++i) {
        gathering.batcher.submit(i, [&refused](const Result<int>& answer) {
            if (answer) return;
            EXPECT_EQ(answer.error().code(), "overloaded");
            EXPECT_EQ(answer.error().retry_after(), std::chrono::seconds{1});
            ++refused;
        });
    }
    EXPECT_EQ(refused, 2);
    EXPECT_EQ(gathering.batcher.stats().refused, 2U);
    gathering.release();
}

TEST(Batcher, AnswersWhatIsQueuedBeforeItStopsAndRefusesAfterwards) {
    Numbers batcher{named("stop"), doubled};
    std::atomic<int> answered = 0;
    for (int i = 0; i < 1000; ++i) {
        batcher.submit(i, [&answered](const Result<int>& answer) { answered += static_cast<bool>(answer); });
    }
    batcher.stop();
    EXPECT_EQ(answered, 1000);
    const auto late = batcher.submit_blocking(1);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code(), "shutting-down");
}

TEST(Batcher, CarriesItemsThatOnlyMove) {
    using Pointer = std::unique_ptr<int>;
    Batcher<Pointer, Pointer> batcher{named("moves"), [](std::span<Pointer> items) {
                                          std::vector<Result<Pointer>> answers;
                                          for (auto& item : items) answers.emplace_back(std::move(item));
                                          return answers;
                                      }};
    const auto answer = batcher.submit_blocking(std::make_unique<int>(7));
    ASSERT_TRUE(answer);
    EXPECT_EQ(**answer, 7);
}

TEST(Batcher, ResumesCoroutinesWhereTheyWere) {
    boost::asio::io_context io;
    Numbers batcher{named("coroutines"), doubled};
    const auto home = std::this_thread::get_id();
    int sum = 0;
    auto caller = [&](int item) -> boost::asio::awaitable<void> {
        for (int round = 0; round < 20; ++round) {
            const auto answer = co_await batcher.submit(item);
            EXPECT_EQ(std::this_thread::get_id(), home);
            sum += *answer;
        }
    };
    for (int i = 0; i < 50; ++i) boost::asio::co_spawn(io, caller(i), boost::asio::detached);
    io.run();
    EXPECT_EQ(sum, 20 * 2 * (49 * 50 / 2));
}

TEST(Batcher, SurvivesCallersThatAreCancelled) {
    boost::asio::io_context io;
    Gathering gathering{named("cancelled"), doubled};
    boost::asio::cancellation_signal cancel;
    bool answered = false;
    auto caller = [&]() -> boost::asio::awaitable<void> {
        const auto answer = co_await gathering.batcher.submit(4);
        answered = static_cast<bool>(answer);
    };
    boost::asio::co_spawn(io, caller(),
                          boost::asio::bind_cancellation_slot(cancel.slot(), boost::asio::detached));
    io.poll();
    cancel.emit(boost::asio::cancellation_type::terminal);
    gathering.release();
    io.restart();
    io.run();
    EXPECT_TRUE(answered);
}

TEST(Batcher, TakesItemsFromManyThreadsWithManyThreads) {
    auto options = named("threads");
    options.threads = 3;
    options.batch_max = 16;
    options.waiting_max = 100'000;
    std::atomic<long> sum = 0;
    {
        Numbers batcher{options, doubled};
        std::vector<std::jthread> producers;
        for (int producer = 0; producer < 4; ++producer) {
            producers.emplace_back([&] {
                for (int i = 0; i < 1000; ++i) {
                    batcher.submit(i, [&sum](const Result<int>& answer) { sum += *answer; });
                }
            });
        }
        producers.clear();
    }
    EXPECT_EQ(sum, 4L * 2 * (999 * 1000 / 2));
}

}  // namespace
}  // namespace shanhai::batch
