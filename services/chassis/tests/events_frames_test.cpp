#include "chassis/events/codec.hpp"
#include "chassis/events/freshness.hpp"
#include "chassis/events/proof.hpp"
#include "chassis/events/stream_reader.hpp"
#include "chassis/events/stream_writer.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace shanhai::events {
namespace {

using namespace std::chrono_literals;

const security::KeyRing keys{"the key of the orders"};

StreamPosition position() { return {"orders", 4, "now", keys}; }

/// As the relay of `orders` writes it.
StreamEntry entry(std::uint64_t seq, const std::string& epoch = "now") {
    RawFrame frame{seq, "bytes " + std::to_string(seq)};
    frame.mac = prove(keys, {"orders", epoch}, frame);
    return {std::to_string(seq) + "-0", frame, epoch, true};
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
    const auto news = news_of(position(), {entry(5), entry(6)});
    EXPECT_EQ(numbers(news), (std::vector<std::uint64_t>{5, 6}));
    EXPECT_FALSE(news.gap);
}

TEST(Stream, EndsBeforeAGapAndSaysSo) {
    struct Case {
        std::vector<StreamEntry> entries;
        std::vector<std::uint64_t> usable;
    };
    const std::vector<Case> cases{{{entry(6)}, {}}, {{entry(5), entry(7)}, {5}}};
    for (const auto& one : cases) {
        const auto news = news_of(position(), one.entries);
        EXPECT_EQ(numbers(news), one.usable);
        EXPECT_TRUE(news.gap);
        EXPECT_FALSE(news.foreign);
    }
}

TEST(Stream, EndsBeforeWhatSomebodyElseWroteAndSaysSo) {
    auto other_number = entry(5);
    other_number.frame.seq = 6;
    auto other_bytes = entry(6);
    other_bytes.frame.bytes += '!';
    auto no_mac = entry(6);
    no_mac.frame.mac.clear();
    auto unreadable = entry(6);
    unreadable.readable = false;
    auto other_producer = entry(6);
    other_producer.frame.mac = prove(keys, {"catalog", "now"}, other_producer.frame);
    auto other_key = entry(6);
    other_key.frame.mac = prove(security::KeyRing{"of somebody else"}, {"orders", "now"}, other_key.frame);
    for (const auto& foreign : {other_number, other_bytes, no_mac, unreadable, other_producer, other_key,
                                entry(6, "another life")}) {
        const auto news = news_of(position(), {entry(5), foreign, entry(7)});
        EXPECT_EQ(numbers(news), (std::vector<std::uint64_t>{5}));
        ASSERT_TRUE(news.foreign);
        EXPECT_EQ(news.foreign->id, foreign.id);
    }
}

TEST(Proof, IsGoodWithTheKeyThatIsBeingReplacedAndMadeWithTheCurrentOne) {
    const security::KeyRing old{"old"};
    const security::KeyRing changing{"new", "old"};
    const security::KeyRing changed{"new"};
    EXPECT_TRUE(sealed(changing, "bytes", seal(old, "bytes")));
    EXPECT_TRUE(sealed(changed, "bytes", seal(changing, "bytes")));
    EXPECT_FALSE(sealed(changed, "bytes", seal(old, "bytes")));
    EXPECT_FALSE(sealed(security::KeyRing{}, "bytes", ""));
    EXPECT_THROW(seal(security::KeyRing{}, "bytes"), std::logic_error);
}

RC_GTEST_PROP(Proof, HoldsForNothingButWhatItWasMadeFor, ()) {
    const auto text = rc::gen::arbitrary<std::string>();
    const Origin origin{*text, *text};
    RawFrame frame{*rc::gen::arbitrary<std::uint64_t>(), *text};
    frame.mac = prove(keys, origin, frame);
    RC_ASSERT(proved(keys, origin, frame));
    const Origin other{*text, *text};
    RawFrame changed{*rc::gen::arbitrary<std::uint64_t>(), *text, frame.mac};
    const bool same = other.producer == origin.producer && other.epoch == origin.epoch &&
                      changed.seq == frame.seq && changed.bytes == frame.bytes;
    RC_ASSERT(proved(keys, other, changed) == same);
    // What one part loses and the next one gains is a change too.
    if (!frame.bytes.empty()) {
        const Origin moved{origin.producer, origin.epoch + frame.bytes.front()};
        RC_ASSERT(!proved(keys, moved, {frame.seq, frame.bytes.substr(1), frame.mac}));
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
