#pragma once

#include "chassis/http/message.hpp"
#include "chassis/observe/metrics.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <string>

namespace shanhai::http {

/// The measures of one route, kept at hand so that counting an answer costs no look-up by name.
class RouteMeter {
public:
    explicit RouteMeter(std::string route);

    void count(Method method, int status, std::chrono::nanoseconds taken);
    std::string_view route() const { return route_; }

private:
    struct Slot {
        std::atomic<int> key = 0;  // Method and status; 0: free.
        std::atomic<observe::Metrics::Counter*> counter = nullptr;
    };

    observe::Metrics::Counter& counter_of(Method method, int status) const;

    std::string route_;
    std::atomic<observe::Metrics::Histogram*> seconds_ = nullptr;
    std::array<Slot, 8> slots_;  // A route answers with few statuses; more of them take the slow way.
};

}  // namespace shanhai::http
