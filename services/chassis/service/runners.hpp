#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace shanhai::chassis {

/// Things with threads of their own, which start in the order in which they were added and stop in the
/// reverse: who works for others is added before them, and ends after they have handed it their last work.
class Runners {
public:
    Runners() = default;
    ~Runners() { stop(); }
    Runners(const Runners&) = delete;
    Runners& operator=(const Runners&) = delete;

    /// `stop` must do no harm to what does not run: a thing whose start threw half way is stopped, too. The
    /// name is for the log.
    void add(std::string name, std::function<void()> start, std::function<void()> stop);
    /// The same for an object; one without `start` runs from when it is made.
    template <class T>
    void add(std::string name, T& one) {
        std::function<void()> start = [] {};
        if constexpr (requires { one.start(); }) start = [&one] { one.start(); };
        add(std::move(name), std::move(start), [&one] { one.stop(); });
    }

    /// Starts what does not run yet. When one throws, all that run are stopped before it is thrown on.
    void start();
    /// Stops what runs. One that throws keeps no other running; it is logged.
    void stop() noexcept;

private:
    struct Runner {
        std::string name;
        std::function<void()> start;
        std::function<void()> stop;
    };

    std::vector<Runner> runners_;
    std::size_t started_ = 0;  ///< So many of them, from the front.
};

}  // namespace shanhai::chassis
