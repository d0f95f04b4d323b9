#pragma once

#include "chassis/http/router.hpp"

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace shanhai::observe {

/// What /livez and /readyz say. A check that fails makes the process unready unless it is `degraded_only`.
class Health {
public:
    struct Finding {
        bool good = true;
        std::string detail;
    };
    void check(std::string name, bool degraded_only, std::function<Finding()> look);
    /// From now on /readyz says 503 `draining`.
    void drain() { draining_ = true; }

    void mount(http::Router& router);

private:
    struct Check {
        std::string name;
        bool degraded_only = false;
        std::function<Finding()> look;
    };
    http::Response readiness();

    std::mutex mutex_;
    std::vector<Check> checks_;
    std::atomic<bool> draining_ = false;
};

}  // namespace shanhai::observe
