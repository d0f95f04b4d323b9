#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <string_view>

namespace shanhai::observe {

/// Measures how long a loop's thread was kept by one piece of work (a handler that Asio ran), which everybody
/// else on that loop waited for. Pieces of a millisecond and more are told in `shanhai_loop_stall_seconds`,
/// those above five with their route in the log (at most one line a second). Each thread measures for itself.
class LoopWatch {
public:
    using Moment = std::chrono::nanoseconds;
    static constexpr std::chrono::milliseconds told_from{1};
    static constexpr std::chrono::milliseconds logged_from{5};

    /// What counts: time that passed, or (for tests on busy machines) the thread's own processor time.
    static void count_processor_time(bool on);

    /// What the piece of work that this thread does turned out to be; `route` lives as long as the piece.
    static void name(std::string_view route);
};

/// Does what `io.run()` does, and measures each piece of its work.
void run_watched(boost::asio::io_context& io);

}  // namespace shanhai::observe
