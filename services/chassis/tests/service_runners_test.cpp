#include "chassis/service/runners.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdexcept>

namespace shanhai::chassis {
namespace {

using testing::ElementsAre;

/// Writes down what was done to whom; some throw.
class Diary {
public:
    void add(const std::string& name, bool start_throws = false, bool stop_throws = false) {
        runners_.add(name, step("start " + name, start_throws), step("stop " + name, stop_throws));
    }
    Runners& runners() { return runners_; }
    std::vector<std::string> done() { return std::exchange(done_, {}); }

private:
    std::function<void()> step(std::string what, bool throws) {
        return [this, what = std::move(what), throws] {
            done_.push_back(what);
            if (throws) throw std::runtime_error{what};
        };
    }

    std::vector<std::string> done_;
    Runners runners_;
};

TEST(Runners, StartInOrderAndStopInTheReverse) {
    Diary diary;
    for (const auto* name : {"relay", "refresher", "consumer"}) diary.add(name);
    diary.runners().start();
    EXPECT_THAT(diary.done(), ElementsAre("start relay", "start refresher", "start consumer"));
    diary.runners().stop();
    EXPECT_THAT(diary.done(), ElementsAre("stop consumer", "stop refresher", "stop relay"));
}

TEST(Runners, StopWhatTheyStartedWhenOneThrows) {
    Diary diary;
    diary.add("relay");
    diary.add("refresher", true);
    diary.add("consumer");
    EXPECT_THROW(diary.runners().start(), std::runtime_error);
    EXPECT_THAT(diary.done(), ElementsAre("start relay", "start refresher", "stop refresher", "stop relay"));
    diary.runners().stop();
    EXPECT_THAT(diary.done(), ElementsAre());
}

TEST(Runners, StopAllThoughOneThrows) {
    Diary diary;
    diary.add("relay");
    diary.add("refresher", false, true);
    diary.add("consumer", false, true);
    diary.runners().start();
    (void)diary.done();
    diary.runners().stop();
    EXPECT_THAT(diary.done(), ElementsAre("stop consumer", "stop refresher", "stop relay"));
}

TEST(Runners, StopAllThoughAStopThrowsAfterAStartThatThrew) {
    Diary diary;
    diary.add("relay");
    diary.add("refresher", false, true);
    diary.add("consumer", true);
    try {
        diary.runners().start();
        FAIL() << "nothing was thrown";
    } catch (const std::runtime_error& error) {
        EXPECT_STREQ(error.what(), "start consumer");  // Of the start, not of the stops after it.
    }
    EXPECT_THAT(diary.done(), ElementsAre("start relay", "start refresher", "start consumer", "stop consumer",
                                          "stop refresher", "stop relay"));
}

TEST(Runners, StartAndStopOnceHoweverOftenTheyAreAsked) {
    Diary diary;
    diary.add("relay");
    diary.runners().stop();
    EXPECT_THAT(diary.done(), ElementsAre());
    diary.runners().start();
    diary.runners().start();
    diary.runners().stop();
    diary.runners().stop();
    EXPECT_THAT(diary.done(), ElementsAre("start relay", "stop relay"));
    diary.runners().start();
    EXPECT_THAT(diary.done(), ElementsAre("start relay"));
}

TEST(Runners, StopWhenTheyDie) {
    std::vector<std::string> done;
    {
        Runners runners;
        runners.add(
            "one", [] {}, [&done] { done.emplace_back("stop one"); });
        runners.add(
            "two", [] {}, [&done] { done.emplace_back("stop two"); });
        runners.start();
    }
    EXPECT_THAT(done, ElementsAre("stop two", "stop one"));
}

TEST(Runners, TakeWhatRunsFromWhenItIsMade) {
    struct Desk {
        void stop() { stopped = true; }
        bool stopped = false;
    };
    Desk desk;
    Runners runners;
    runners.add("desk", desk);
    runners.start();
    EXPECT_FALSE(desk.stopped);
    runners.stop();
    EXPECT_TRUE(desk.stopped);
}

}  // namespace
}  // namespace shanhai::chassis
