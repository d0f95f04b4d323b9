#include "chassis/observe/loop_watch.hpp"

#include "chassis/observe/metrics.hpp"

#include <gtest/gtest.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <string>

namespace shanhai::observe {
namespace {

using namespace std::chrono_literals;

/// Uses up processor time of its own.
void work(std::chrono::milliseconds wanted) {
    const auto used = [] {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec};
    };
    const auto begun = used();
    while (used() - begun < wanted) {
    }
}

bool told_of(const std::string& route) {
    const auto text = Metrics::process().render();
    return text.find("shanhai_loop_stall_seconds_count{route=\"" + route + "\"}") != std::string::npos;
}

class LoopWatched : public testing::Test {
protected:
    LoopWatched() { LoopWatch::count_processor_time(true); }
    ~LoopWatched() override { LoopWatch::count_processor_time(false); }
    boost::asio::io_context io_{1};
};

TEST_F(LoopWatched, TellsWhatKeptItAndUnderWhichName) {
    for (int i = 0; i < 3; ++i) {
        boost::asio::post(io_, [] {
            LoopWatch::name("/test/slow");
            work(8ms);
        });
        boost::asio::post(io_, [] { LoopWatch::name("/test/fast"); });
    }
    run_watched(io_);
    EXPECT_TRUE(told_of("/test/slow"));
    EXPECT_FALSE(told_of("/test/fast"));
}

TEST_F(LoopWatched, DoesNotTakeWaitingForWork) {
    LoopWatch::count_processor_time(false);
    boost::asio::steady_timer timer{io_, 50ms};
    timer.async_wait([](boost::system::error_code) { LoopWatch::name("/test/waited"); });
    run_watched(io_);
    EXPECT_FALSE(told_of("/test/waited"));
}

TEST_F(LoopWatched, TellsWhatKeptItAfterWaiting) {
    boost::asio::steady_timer timer{io_, 20ms};
    timer.async_wait([](boost::system::error_code) {
        LoopWatch::name("/test/woken");
        work(8ms);
    });
    run_watched(io_);
    EXPECT_TRUE(told_of("/test/woken"));
}

TEST_F(LoopWatched, RunsEverythingAndReturns) {
    int done = 0;
    for (int i = 0; i < 100; ++i) {
        boost::asio::post(io_, [&] {
            ++done;
            boost::asio::post(io_, [&] { ++done; });
        });
    }
    run_watched(io_);
    EXPECT_EQ(done, 200);
}

}  // namespace
}  // namespace shanhai::observe
