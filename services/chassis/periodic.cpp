#include "chassis/periodic.hpp"

#include "chassis/guarded.hpp"

#include <utility>

namespace shanhai::chassis {

Periodic::Periodic(std::string name, std::chrono::milliseconds tick, std::function<void()> task)
    : name_{std::move(name)}, tick_{tick}, task_{std::move(task)} {}

Periodic::~Periodic() { stop(); }

void Periodic::start() {
    if (thread_.joinable()) return;
    stopping_ = false;
    thread_ = std::thread{[this] { run(); }};
}

void Periodic::stop() {
    if (!thread_.joinable()) return;
    {
        const std::lock_guard lock{mutex_};
        stopping_ = true;
    }
    changed_.notify_one();
    thread_.join();
}

void Periodic::wake() {
    {
        const std::lock_guard lock{mutex_};
        woken_ = true;
    }
    changed_.notify_one();
}

void Periodic::run() {
    bool last = false;
    while (!last) {
        {
            std::unique_lock lock{mutex_};
            changed_.wait_for(lock, tick_, [this] { return woken_ || stopping_; });
            woken_ = false;
            last = stopping_;
        }
        run_once();
    }
}

void Periodic::run_once() noexcept { guarded(name_, task_); }

}  // namespace shanhai::chassis
