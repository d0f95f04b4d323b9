#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace shanhai::events {

/// Lets others interrupt a thread's pause.
class Bell {
public:
    void ring() {
        const std::lock_guard lock{mutex_};
        rung_ = true;
        changed_.notify_one();
    }
    /// From now on nobody waits.
    void close() {
        const std::lock_guard lock{mutex_};
        closed_ = true;
        changed_.notify_one();
    }
    bool closed() const {
        const std::lock_guard lock{mutex_};
        return closed_;
    }
    /// Returns when it rang since the last wait, after `limit`, or when it was closed: then false.
    bool wait(std::chrono::milliseconds limit) {
        std::unique_lock lock{mutex_};
        changed_.wait_for(lock, limit, [this] { return rung_ || closed_; });
        rung_ = false;
        return !closed_;
    }

private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool rung_ = false;
    bool closed_ = false;
};

}  // namespace shanhai::events
