#pragma once

#include "chassis/observe/log.hpp"
#include "vocabulary/result.hpp"

#include <algorithm>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <future>
#include <iterator>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace shanhai::batch {

struct BatcherOptions {
    std::string name;                ///< For its log and its metrics.
    std::size_t batch_max = 256;     ///< Items handled at once.
    std::size_t waiting_max = 4096;  ///< Items beyond this are refused: 503 `overloaded`, Retry-After 1.
    std::size_t threads = 1;
};

/// What a batcher has done so far, for metrics.
struct BatcherStats {
    std::size_t depth = 0;       ///< Items that wait now.
    std::uint64_t batches = 0;   ///< Calls of `handle` that went through.
    std::uint64_t items = 0;     ///< Items answered by them.
    std::uint64_t refused = 0;   ///< Items turned away because the queue was full.
    std::uint64_t poisoned = 0;  ///< Items that failed alone.
};

/// The same failure for every item of a batch.
template <class Answer>
std::vector<Result<Answer>> answer_all(std::size_t count, const Error& error) {
    return std::vector<Result<Answer>>(count, Result<Answer>{error});
}

/// Turns single requests into batches: a thread takes whatever is queued, up to batch_max, and never
/// waits for more; so a lone item is handled at once and a crowd is handled together. `handle` gets
/// the items and returns an answer for each, in order. When it throws, or answers every item of a batch with
/// Failure::internal (as a transaction does that threw), the batch is halved and each half tried again, so
/// that one poisonous item fails alone (500) and its neighbours go through; hence `handle` must change
/// nothing then. Stop it before what `handle` uses, and before the io_contexts of those who wait for it, are
/// gone.
template <class Item, class Answer>
class Batcher {
public:
    using Handle = std::function<std::vector<Result<Answer>>(std::span<Item>)>;

    Batcher(BatcherOptions options, Handle handle)
        : options_{std::move(options)}, handle_{std::move(handle)} {
        for (std::size_t i = 0; i < options_.threads; ++i) threads_.emplace_back([this] { work(); });
    }
    ~Batcher() { stop(); }
    Batcher(const Batcher&) = delete;
    Batcher& operator=(const Batcher&) = delete;

    /// Queues an item and resumes the caller with its answer, where the caller was. A caller that is
    /// cancelled meanwhile still gets the answer: the item may have taken effect.
    boost::asio::awaitable<Result<Answer>> submit(Item item) {
        return boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void(Result<Answer>)>(
            Initiation{this}, boost::asio::use_awaitable, std::move(item));
    }

    /// Calls `done(answer)` on a thread of the batcher, or at once when the item is refused. It must not
    /// throw or block.
    void submit(Item item, std::function<void(Result<Answer>)> done) {
        enqueue(Waiting{std::move(item), std::move(done)});
    }

    /// For threads that may wait: tests and tools.
    Result<Answer> submit_blocking(Item item) {
        std::promise<Result<Answer>> promise;
        auto answer = promise.get_future();
        submit(std::move(item), [&promise](Result<Answer> result) { promise.set_value(std::move(result)); });
        return answer.get();
    }

    /// Answers what is queued and ends the threads; from now on items are refused.
    void stop() {
        {
            const std::lock_guard lock{mutex_};
            stopping_ = true;
        }
        more_.notify_all();
        for (auto& thread : threads_) {
            if (thread.joinable()) thread.join();
        }
    }

    BatcherStats stats() const {
        const std::lock_guard lock{mutex_};
        auto stats = stats_;
        stats.depth = queue_.size();
        return stats;
    }

private:
    struct Waiting {
        Item item;
        std::function<void(Result<Answer>)> done;
    };

    /// Owns a coroutine that waits, and posts the answer to where it was.
    template <class Handler>
    class Resumption {
    public:
        explicit Resumption(Handler handler)
            : executor_{boost::asio::prefer(
                  boost::asio::any_io_executor{boost::asio::get_associated_executor(handler)},
                  boost::asio::execution::outstanding_work.tracked)},
              handler_{std::move(handler)} {}

        void answer(Result<Answer> result) {
            auto resume = [handler = std::move(handler_), result = std::move(result)]() mutable {
                std::move(handler)(std::move(result));
            };
            boost::asio::post(executor_, std::move(resume));
        }

    private:
        boost::asio::any_io_executor executor_;  // Keeps its io_context running while we work.
        Handler handler_;
    };

    struct Initiation {
        Batcher* batcher;

        template <class Handler>
        void operator()(Handler handler, Item item) const {
            // std::function wants copies, a coroutine cannot be copied: they share the one.
            auto resumption = std::make_shared<Resumption<Handler>>(std::move(handler));
            batcher->submit(std::move(item),
                            [resumption](Result<Answer> result) { resumption->answer(std::move(result)); });
        }
    };

    void enqueue(Waiting waiting) {
        std::optional<Error> refusal;
        {
            const std::lock_guard lock{mutex_};
            if (stopping_) {
                refusal.emplace(Failure::unavailable, "shutting-down", "The service is shutting down.");
            } else if (queue_.size() >= options_.waiting_max) {
                ++stats_.refused;
                refusal.emplace(Failure::unavailable, "overloaded", "Too many requests are waiting.");
            } else {
                queue_.push_back(std::move(waiting));
            }
        }
        if (!refusal) return more_.notify_one();
        refusal->retry_after(std::chrono::seconds{1});
        waiting.done(*refusal);
    }

    /// Waits for items and takes what there is; nothing only when all is done and the batcher stops.
    std::vector<Waiting> take() {
        std::unique_lock lock{mutex_};
        more_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
        const auto count = static_cast<std::ptrdiff_t>(std::min(queue_.size(), options_.batch_max));
        std::vector<Waiting> taken{std::move_iterator{queue_.begin()},
                                   std::move_iterator{queue_.begin() + count}};
        queue_.erase(queue_.begin(), queue_.begin() + count);
        return taken;
    }

    void work() {
        while (work_once()) {
        }
    }

    /// False when all is done and the batcher stops. What it took is gone when it returns, so that nothing
    /// that waited (an io_context, for one) is held until the next batch.
    bool work_once() {
        auto taken = take();
        std::vector<Item> items;
        items.reserve(taken.size());
        for (auto& waiting : taken) items.push_back(std::move(waiting.item));
        if (!items.empty()) settle(items, taken);
        return !items.empty();
    }

    void settle(std::span<Item> items, std::span<Waiting> waiting) {
        auto answers = try_to_handle(items);
        if (!answers && items.size() > 1) {
            const auto half = items.size() / 2;
            settle(items.first(half), waiting.first(half));
            settle(items.subspan(half), waiting.subspan(half));
            return;
        }
        {
            const std::lock_guard lock{mutex_};
            stats_.items += items.size();
            answers ? ++stats_.batches : ++stats_.poisoned;
        }
        if (!answers) {
            return waiting.front().done(
                Error{Failure::internal, "internal", "Something went wrong on our side."});
        }
        for (std::size_t i = 0; i < items.size(); ++i) waiting[i].done(std::move((*answers)[i]));
    }

    /// Nothing when the items failed as a whole.
    std::optional<std::vector<Result<Answer>>> try_to_handle(std::span<Item> items) {
        try {
            auto answers = handle_(items);
            if (answers.size() != items.size()) throw std::logic_error{"not as many answers as items"};
            const bool failed = std::ranges::all_of(answers, [](const Result<Answer>& answer) {
                return !answer && answer.error().kind() == Failure::internal;
            });
            if (!failed) return answers;
        } catch (const std::exception& error) {
            observe::log_error("batch-threw", options_.name + ": " + error.what());
        } catch (...) {
            observe::log_error("batch-threw", options_.name + ": something that is no exception");
        }
        return std::nullopt;
    }

    const BatcherOptions options_;
    const Handle handle_;
    mutable std::mutex mutex_;
    std::condition_variable more_;
    std::deque<Waiting> queue_;
    BatcherStats stats_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;  // Last: they use all the rest.
};

}  // namespace shanhai::batch
