#pragma once

#include "vocabulary/result.hpp"

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace shanhai::batch {

struct BatcherOptions {
    std::string name;                ///< For its thread and its metrics.
    std::size_t batch_max = 256;     ///< Items handled at once.
    std::size_t waiting_max = 4096;  ///< Items beyond this are refused: 503 `overloaded`, Retry-After 1.
    std::size_t threads = 1;
};

/// Turns single requests into batches: a thread takes whatever is queued, up to batch_max, and never
/// waits for more; so a lone item is handled at once and a crowd is handled together. `handle` gets
/// the items and returns an answer for each, in order. When it throws, the batch is halved and each half
/// tried again, so that one poisonous item fails alone (500) and its neighbours go through; hence `handle`
/// must change nothing when it throws.
template <class Item, class Answer>
class Batcher;

}  // namespace shanhai::batch
