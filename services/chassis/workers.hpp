#pragma once

#include <boost/asio/thread_pool.hpp>
#include <cstddef>
#include <memory>
#include <mutex>

namespace shanhai::chassis {

/// Threads for what takes long and is seldom asked for (pictures, drawings), so that neither a connection's
/// thread nor one of the database's is held meanwhile. For as long as nobody asks there is none. Use it with
/// co_spawn on executor().
class Workers {
public:
    explicit Workers(std::size_t threads) : threads_{threads} {}
    /// Finishes what was begun.
    ~Workers() {
        if (pool_) pool_->join();
    }
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    boost::asio::thread_pool::executor_type executor() {
        const std::lock_guard lock{mutex_};
        if (!pool_) pool_ = std::make_unique<boost::asio::thread_pool>(threads_);
        return pool_->get_executor();
    }

private:
    const std::size_t threads_;
    std::mutex mutex_;
    std::unique_ptr<boost::asio::thread_pool> pool_;
};

}  // namespace shanhai::chassis
