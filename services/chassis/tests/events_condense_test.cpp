#include "chassis/events/condense.hpp"

#include "chassis/events/subject.hpp"
#include "shanhai/event/v1/catalog.pb.h"
#include "shanhai/event/v1/orders.pb.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <map>

namespace shanhai::events {
namespace {

const std::string stock = "shanhai.event.v1.StockChanged";
const std::string expired = "shanhai.event.v1.OrderExpired";

Event stock_of(std::uint64_t lot, std::int64_t available) {
    event::v1::StockChanged fact;
    fact.set_lot_id(lot);
    fact.set_available(available);
    return Event::of(fact);
}

Event expiry_of(std::uint64_t order) {
    event::v1::OrderExpired fact;
    fact.set_order_id(order);
    return Event::of(fact);
}

/// A fact with the frame that it came in.
struct Told {
    std::uint64_t seq;
    Instant at;
    Event event;
    friend bool operator==(const Told& a, const Told& b) {
        return a.seq == b.seq && a.at == b.at && a.event.type == b.event.type &&
               a.event.payload == b.event.payload;
    }
};

std::vector<Told> facts_in(const std::vector<RawFrame>& frames) {
    std::vector<Told> all;
    for (const auto& raw : frames) {
        const auto frame = decode_frame({}, raw);
        for (const auto& event : frame.events) all.push_back({frame.seq, frame.at, event});
    }
    return all;
}

std::vector<Told> of_type(const std::vector<Told>& all, const std::string& type) {
    std::vector<Told> some;
    for (const auto& one : all) {
        if (one.event.type == type) some.push_back(one);
    }
    return some;
}

/// The first and the last fact about each subject, in the order of the whole.
std::vector<Told> ends_of(const std::vector<Told>& all) {
    std::map<std::string, std::pair<std::size_t, std::size_t>> ends;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto about = subject_of(all[i].event)->text();
        ends.try_emplace(about, i, i).first->second.second = i;
    }
    std::vector<Told> left;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto [first, last] = ends.at(subject_of(all[i].event)->text());
        if (i == first || i == last) left.push_back(all[i]);
    }
    return left;
}

std::vector<RawFrame> any_frames() {
    const auto kinds = *rc::gen::container<std::vector<std::vector<std::uint8_t>>>(
        rc::gen::container<std::vector<std::uint8_t>>(rc::gen::inRange<std::uint8_t>(0, 12)));
    std::vector<RawFrame> frames;
    std::int64_t told = 0;
    for (const auto& frame : kinds) {
        std::vector<Event> events;
        for (const auto kind : frame) {
            ++told;
            events.push_back(kind < 8 ? stock_of(1 + kind % 4, told)
                                      : expiry_of(static_cast<unsigned>(told)));
        }
        frames.push_back(
            {10 + frames.size(), encode_frame(instant_of(1'790'000'000'000'000 + told), events)});
    }
    return frames;
}

TEST(Condense, KeepsAllOfOneKindAndTheEndsOfAnother) {
    EXPECT_TRUE(rc::check([] {
        const auto frames = any_frames();
        const auto all = facts_in(frames);
        const auto left = condense(frames, {{stock, Past::latest}, {expired, Past::every_fact}});
        const auto facts = facts_in(left);
        RC_ASSERT(of_type(facts, expired) == of_type(all, expired));
        RC_ASSERT(of_type(facts, stock) == ends_of(of_type(all, stock)));
        for (const auto& frame : left) RC_ASSERT(!decode_frame({}, frame).events.empty());
    }));
}

TEST(Condense, LeavesFramesAloneOfWhichEverythingIsWanted) {
    EXPECT_TRUE(rc::check([] {
        const auto frames = any_frames();
        auto full = frames;
        std::erase_if(full, [](const RawFrame& frame) { return decode_frame({}, frame).events.empty(); });
        RC_ASSERT(condense(frames, {{stock, Past::every_fact}, {expired, Past::every_fact}}) == full);
    }));
}

TEST(Condense, KeepsFactsOfWhichNobodyKnowsTheSubject) {
    const std::vector<RawFrame> frames{{1, encode_frame(instant_of(1), {stock_of(0, 1), stock_of(0, 2)})},
                                       {2, encode_frame(instant_of(2), {stock_of(0, 3), {"a.B", "x"}})}};
    EXPECT_EQ(facts_in(condense(frames, {{stock, Past::latest}})).size(), 3U);
    EXPECT_TRUE(condense(frames, {{"a.C", Past::latest}}).empty());
}

TEST(Condense, KeepsAFrameThatCannotBeReadForTheConsumerToName) {
    const std::vector<RawFrame> frames{{1, "\xff\xff"}, {2, encode_frame(instant_of(2), {stock_of(7, 3)})}};
    EXPECT_EQ(condense(frames, {{stock, Past::latest}}), frames);
    EXPECT_EQ(condense(frames, {{expired, Past::latest}}), std::vector<RawFrame>{frames[0]});
}

/// Whatever became of the bytes: what can be read, is seen as it is read.
TEST(FrameView, SeesWhatDecodingReads) {
    EXPECT_TRUE(rc::check([] {
        auto raw = any_frames();
        if (raw.empty()) return;
        auto& one = raw.front();
        for (auto changes = *rc::gen::inRange(0, 3); changes > 0 && !one.bytes.empty(); --changes) {
            const auto at = *rc::gen::inRange<std::size_t>(0, one.bytes.size());
            if (*rc::gen::arbitrary<bool>())
                one.bytes[at] = *rc::gen::arbitrary<char>();
            else
                one.bytes.resize(at);
        }
        const auto view = view_of_frame(one.bytes);
        std::optional<Frame> frame;
        try {
            frame = decode_frame({}, one);
        } catch (const std::runtime_error&) {
            return;  // A view is less strict: it does not ask whether texts are UTF-8.
        }
        RC_ASSERT(view.has_value());
        RC_ASSERT(view->events.size() == frame->events.size());
        for (std::size_t i = 0; i < frame->events.size(); ++i) {
            RC_ASSERT(view->events[i].type == frame->events[i].type);
            RC_ASSERT(view->events[i].payload == frame->events[i].payload);
        }
    }));
}

TEST(Wanted, ComesBackAsItWasAskedFor) {
    const std::vector<Wanted> wanted{{stock, Past::latest}, {expired, Past::every_fact}};
    EXPECT_EQ(wanted_text(wanted), stock + ":latest," + expired);
    EXPECT_EQ(wanted_of(wanted_text(wanted)), wanted);
    for (const auto* text : {"", ",", "a.B,", ":latest", "a.B:newest", "a B", "a.B:latest:latest", "a\n"}) {
        EXPECT_THROW(wanted_of(text), std::invalid_argument) << text;
    }
}

}  // namespace
}  // namespace shanhai::events
