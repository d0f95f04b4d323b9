#include "chassis/events/codec.hpp"
#include "chassis/events/freshness.hpp"
#include "chassis/events/stream_reader.hpp"
#include "chassis/events/stream_writer.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace shanhai::events {
namespace {

using namespace std::chrono_literals;

std::optional<StreamEntry> entry(std::uint64_t seq, const std::string& epoch = "now") {
    return StreamEntry{{seq, "bytes " + std::to_string(seq)}, epoch};
}

std::vector<std::uint64_t> numbers(const StreamNews& news) {
    std::vector<std::uint64_t> all;
    for (const auto& frame : news.frames) all.push_back(frame.seq);
    return all;
}

TEST(Frames, ComeBackAsTheyWent) {
    const auto at = instant_of(1'777'000'000'123'456);
    const RawFrame raw{7, encode_frame(at, {{"a.B", "one"}, {"a.C", std::string("\0x", 2)}})};
    const auto frame = decode_frame("orders", raw);
    EXPECT_EQ(frame.producer, "orders");
    EXPECT_EQ(frame.seq, 7U);
    EXPECT_EQ(frame.at, at);
    ASSERT_EQ(frame.events.size(), 2U);
    EXPECT_EQ(frame.events[0].type, "a.B");
    EXPECT_EQ(frame.events[1].payload, std::string("\0x", 2));
}

TEST(Frames, RefusesBytesThatAreNoFrame) {
    EXPECT_THROW(decode_frame("orders", {1, "\xff\xff\xff"}), std::runtime_error);
}

TEST(Feed, ComesBackAsItWent) {
    EXPECT_TRUE(rc::check([](const std::vector<std::pair<std::uint64_t, std::string>>& given) {
        std::vector<RawFrame> frames;
        for (const auto& [seq, bytes] : given) frames.push_back({seq, bytes});
        RC_ASSERT(decode_feed(encode_feed(frames)) == frames);
    }));
}

TEST(Feed, RefusesAnAnswerThatWasCutOff) {
    const auto whole = encode_feed({{1, "first"}, {2, "second"}});
    for (std::size_t length = 1; length < whole.size(); ++length) {
        if (length == encode_feed({{1, "first"}}).size()) continue;  // Whole frames only: a shorter feed.
        EXPECT_THROW(decode_feed(whole.substr(0, length)), std::runtime_error) << length;
    }
}

TEST(Stream, GivesWhatFollowsThePosition) {
    const auto news = news_of({"orders", 4, "now"}, {entry(5), entry(6)});
    EXPECT_EQ(numbers(news), (std::vector<std::uint64_t>{5, 6}));
    EXPECT_FALSE(news.gap);
}

TEST(Stream, EndsBeforeAGapAndSaysSo) {
    struct Case {
        std::vector<std::optional<StreamEntry>> entries;
        std::vector<std::uint64_t> usable;
    };
    const std::vector<Case> cases{
        {{entry(6)}, {}},
        {{entry(5), entry(7)}, {5}},
        {{entry(5), std::nullopt, entry(6)}, {5}},
        {{entry(5), entry(6, "another life")}, {5}},
    };
    for (const auto& one : cases) {
        const auto news = news_of({"orders", 4, "now"}, one.entries);
        EXPECT_EQ(numbers(news), one.usable);
        EXPECT_TRUE(news.gap);
    }
}

TEST(Stream, KeepsFewerFramesTheLargerTheyAre) {
    EXPECT_EQ(stream_entries_max(0), 100'000U);
    EXPECT_EQ(stream_entries_max(100), 100'000U);
    EXPECT_EQ(stream_entries_max(16 * 1024), 4096U);
    EXPECT_EQ(stream_entries_max(1e9), 1000U);
}

class FreshnessTest : public testing::Test {
protected:
    const Freshness::Moment start_ = Freshness::Clock::now();
    Freshness freshness_;
};

TEST_F(FreshnessTest, IsNothingBeforeTheProducerWasHeard) {
    freshness_.reached(100);
    EXPECT_EQ(freshness_.fresh_at(), std::nullopt);
}

TEST_F(FreshnessTest, IsTheMomentOfTheQuestionOnceItsHeadIsReached) {
    freshness_.heard(10, start_, 0ms);
    freshness_.reached(9);
    EXPECT_EQ(freshness_.fresh_at(), std::nullopt);
    freshness_.reached(10);
    EXPECT_EQ(freshness_.fresh_at(), start_);
}

TEST_F(FreshnessTest, DoesNotGrowByReadingOnWithoutTheProducer) {
    freshness_.heard(10, start_, 0ms);
    freshness_.reached(10);
    freshness_.reached(11);
    EXPECT_EQ(freshness_.fresh_at(), start_);
}

TEST_F(FreshnessTest, LeavesOutWhatTheProducerHasNotNumbered) {
    freshness_.heard(10, start_, 300ms);
    freshness_.reached(10);
    EXPECT_EQ(freshness_.fresh_at(), start_ - 300ms);
}

TEST_F(FreshnessTest, AdvancesUnderLoadAlthoughTheHeadRunsAhead) {
    freshness_.heard(10, start_, 0ms);
    freshness_.heard(20, start_ + 1s, 0ms);
    freshness_.reached(12);
    EXPECT_EQ(freshness_.fresh_at(), start_);
}

TEST_F(FreshnessTest, NeverGoesBack) {
    freshness_.remember(start_);
    freshness_.heard(10, start_ + 1s, 5000ms);
    freshness_.reached(10);
    EXPECT_EQ(freshness_.fresh_at(), start_);
}

}  // namespace
}  // namespace shanhai::events
