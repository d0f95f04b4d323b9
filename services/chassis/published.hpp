#pragma once

#include <memory>
#include <mutex>
#include <utility>

namespace shanhai {

/// A value that one thread replaces as a whole and many read: the in-memory copies of facts. A reader
/// keeps what it got for as long as it needs, whatever is published meanwhile.
template <class T>
class Published {
public:
    Published() : value_{std::make_shared<const T>()} {}

    std::shared_ptr<const T> get() const {
        const std::lock_guard lock{mutex_};
        return value_;
    }
    void set(T value) {
        auto fresh = std::make_shared<const T>(std::move(value));
        const std::lock_guard lock{mutex_};
        value_.swap(fresh);
    }

private:
    mutable std::mutex mutex_;
    std::shared_ptr<const T> value_;
};

}  // namespace shanhai
