#include "chassis/service/runners.hpp"

#include "chassis/guarded.hpp"

#include <utility>

namespace shanhai::chassis {

void Runners::add(std::string name, std::function<void()> start, std::function<void()> stop) {
    runners_.push_back({std::move(name), std::move(start), std::move(stop)});
}

void Runners::start() try {
    while (started_ < runners_.size()) runners_[started_++].start();
} catch (...) {
    stop();
    throw;
}

void Runners::stop() noexcept {
    while (started_ > 0) {
        const auto& runner = runners_[--started_];
        guarded("stop of " + runner.name, runner.stop);
    }
}

}  // namespace shanhai::chassis
