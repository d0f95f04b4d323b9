#include "chassis/observe/loop_watch.hpp"

#include "chassis/observe/log.hpp"
#include "chassis/observe/metrics.hpp"

#include <atomic>
#include <ctime>
#include <string>

namespace shanhai::observe {
namespace {

std::atomic<bool> processor_time = false;
std::atomic<std::int64_t> logged_at_seconds = 0;

LoopWatch::Moment read_clock() {
    timespec time{};
    clock_gettime(processor_time ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &time);
    return std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec};
}

struct Piece {
    LoopWatch::Moment begun{0};
    std::string_view route;
    bool watched = false;  // Whether this thread runs a loop that is measured.
};
thread_local constinit Piece piece;

void log(std::string_view route, LoopWatch::Moment taken) {
    const auto now = std::time(nullptr);
    auto before = logged_at_seconds.load();
    if (before == now || !logged_at_seconds.compare_exchange_strong(before, now)) return;
    const auto microseconds = std::chrono::duration_cast<std::chrono::microseconds>(taken).count();
    log_warning("loop-stalled",
                std::string{route} + " kept its loop for " + std::to_string(microseconds) + " us");
}

auto& stalls_of(std::string_view route) {
    return Metrics::process().seconds("shanhai_loop_stall_seconds",
                                      "Pieces of work that kept a loop for a millisecond or more.",
                                      {{"route", std::string{route}}});
}

void tell(std::string_view route, LoopWatch::Moment taken) {
    stalls_of(route).observe(std::chrono::duration<double>{taken}.count());
    if (taken >= LoopWatch::logged_from) log(route, taken);
}

}  // namespace

void begin_piece() noexcept {
    if (!piece.watched) return;
    piece.route = "(loop)";
    piece.begun = read_clock();
}

void end_piece() noexcept {
    if (!piece.watched) return;
    const auto taken = read_clock() - piece.begun;
    if (taken >= LoopWatch::told_from) tell(piece.route, taken);
}

void LoopWatch::count_processor_time(bool on) { processor_time = on; }

void LoopWatch::name(std::string_view route) { piece.route = route; }

void run_watched(boost::asio::io_context& io) {
    stalls_of("(loop)");  // None so far: told from a process that does not measure.
    piece.watched = true;
    io.run();
    piece.watched = false;
}

}  // namespace shanhai::observe
