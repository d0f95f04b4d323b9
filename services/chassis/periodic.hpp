#pragma once

#include "vocabulary/result.hpp"

#include <chrono>
#include <concepts>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>

namespace shanhai::chassis {

/// A thread that does one thing over and over: at every tick, and at once when woken. However often it is
/// woken while it works, it works once more. What the task throws, or fails with, is logged, and the next
/// tick tries again.
class Periodic {
public:
    Periodic(std::string name, std::chrono::milliseconds tick, std::function<void()> task);
    /// Of a task that says how it ended.
    template <class Task>
    requires std::same_as<std::invoke_result_t<Task&>, Result<Done>> Periodic(std::string name,
                                                                              std::chrono::milliseconds tick,
                                                                              Task task)
        : Periodic{std::move(name), tick, std::function<void()>{[task = std::move(task)]() mutable {
                       if (const auto done = task(); !done) throw std::runtime_error{done.error().message()};
                   }}} {}
    ~Periodic();  ///< Stops.
    Periodic(const Periodic&) = delete;
    Periodic& operator=(const Periodic&) = delete;

    void start();
    /// Lets the task run a last time, so that what was handed to it before is done, and ends the thread.
    /// Does nothing when it is not running.
    void stop();
    /// Do it now instead of at the next tick. From any thread; never waits for the task.
    void wake();

private:
    void run();
    void run_once() noexcept;

    std::string name_;
    std::chrono::milliseconds tick_;
    std::function<void()> task_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool woken_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace shanhai::chassis
