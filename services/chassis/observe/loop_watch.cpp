#include "chassis/observe/loop_watch.hpp"

#include "chassis/observe/log.hpp"
#include "chassis/observe/metrics.hpp"

#include <atomic>
#include <ctime>
#include <string>
#include <utility>

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
    std::string_view route = "(loop)";
    bool runs = false;
};
thread_local Piece piece;

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

void end_piece(LoopWatch::Moment now) {
    if (!std::exchange(piece.runs, false)) return;
    const auto taken = now - piece.begun;
    if (taken >= LoopWatch::told_from) tell(piece.route, taken);
}

}  // namespace

void LoopWatch::count_processor_time(bool on) { processor_time = on; }

void LoopWatch::resume() {
    if (!piece.runs) piece = {read_clock(), "(loop)", true};
}

void LoopWatch::name(std::string_view route) { piece.route = route; }

void LoopWatch::suspend() {
    if (piece.runs) end_piece(read_clock());
}

void LoopWatch::rest() { piece.runs = false; }

void run_watched(boost::asio::io_context& io) {
    stalls_of("(loop)");  // None so far: told from a process that does not measure.
    // One piece begins where the one before it ended: the clock is read once for each.
    auto begun = read_clock();
    for (;;) {
        piece = {begun, "(loop)", true};
        if (io.poll_one() == 0) {
            LoopWatch::rest();
            if (io.run_one() == 0) return;
        }
        begun = read_clock();
        end_piece(begun);
    }
}

}  // namespace shanhai::observe
