#pragma once

#include "chassis/observe/log.hpp"

#include <exception>
#include <string>

namespace shanhai::chassis {

/// Runs one step of a thread that goes on whatever happens: what leaves a thread as an exception would end
/// the process. Logged as `thread-step-failed`, at most some lines in ten seconds; false when it threw. The
/// caller pauses then.
template <class Step>
bool guarded(const std::string& name, Step step) noexcept try {
    step();
    return true;
} catch (const std::exception& error) {
    observe::log_limited("thread-step-failed", name + ": " + error.what());
    return false;
} catch (...) {
    observe::log_limited("thread-step-failed", name + ": something that is no exception");
    return false;
}

}  // namespace shanhai::chassis
