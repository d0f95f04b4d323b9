#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <exception>
#include <optional>
#include <thread>
#include <utility>

namespace shanhai::support {

/// Runs one coroutine to its end and returns what it returned. (co_spawn itself can only hand over
/// default-constructible results.) `io` must outlive every thread that the coroutine visits.
template <class T>
T finish(boost::asio::io_context& io, boost::asio::awaitable<T> work) {
    std::optional<T> result;
    auto keep = [&result, work = std::move(work)]() mutable -> boost::asio::awaitable<void> {
        result.emplace(co_await std::move(work));
    };
    boost::asio::co_spawn(io, std::move(keep), [](std::exception_ptr error) {
        if (error) std::rethrow_exception(error);
    });
    io.restart();
    while (!result && io.run_one() != 0) {
    }
    return std::move(result.value());
}

/// Whether the condition comes true within the limit; looks every few milliseconds.
template <class Predicate>
bool eventually(Predicate predicate, std::chrono::milliseconds limit = std::chrono::seconds{10}) {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (!predicate()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds{3});
    }
    return true;
}

}  // namespace shanhai::support
