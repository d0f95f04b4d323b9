#include "chassis/events/lessons.hpp"

#include "shanhai/event/v1/catalog.pb.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace shanhai::events {
namespace {

namespace v1 = event::v1;

/// Facts that are only counted ask no database.
class NoDatabase final : public database::Session {
public:
    std::uint64_t run(const std::string&) override { throw std::logic_error{"no database"}; }
    database::Rows ask(const std::string&) override { throw std::logic_error{"no database"}; }
};

struct Heard {
    std::vector<std::string> words;
    std::vector<std::size_t> runs;
};

/// Merchants are taken as they come together, counties one by one, and others not at all.
Lessons lessons_into(Heard& heard) {
    return Lessons{}
        .of<v1::MerchantRegistered>(
            Past::every_fact,
            [&heard](database::Session&, const std::vector<Learnt<v1::MerchantRegistered>>& merchants) {
                heard.runs.push_back(merchants.size());
                for (const auto& [merchant, at] : merchants) {
                    heard.words.push_back(merchant.name() + "@" + std::to_string(unix_microseconds(at)));
                }
            })
        .of<v1::CountyRegistered>(Past::latest, [&heard](database::Session&, const Frame& frame,
                                                         const v1::CountyRegistered& county) {
            heard.words.push_back(county.name() + "@" + std::to_string(unix_microseconds(frame.at)));
        });
}

Event event_of(unsigned kind, std::size_t number) {
    const auto name = std::to_string(number);
    if (kind == 0) {
        v1::MerchantRegistered merchant;
        merchant.set_name("m" + name);
        return Event::of(merchant);
    }
    if (kind == 1) {
        v1::CountyRegistered county;
        county.set_name("c" + name);
        return Event::of(county);
    }
    return Event::of(v1::PairingDeclared{});
}

RC_GTEST_PROP(LessonsTest, TogetherIsAsOneAfterTheOther, ()) {
    const auto kinds = *rc::gen::container<std::vector<unsigned>>(rc::gen::inRange(0U, 3U));
    std::vector<Frame> frames;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        frames.push_back(
            {"catalog", i + 1, instant_of(static_cast<std::int64_t>(i)), {event_of(kinds[i], i)}});
    }
    NoDatabase session;
    Heard together;
    Heard apart;
    std::vector<Told> told;
    for (const auto& frame : frames) told.push_back({frame, frame.events[0]});
    lessons_into(together).apply(session, told);
    for (const auto& one : told) lessons_into(apart).apply(session, one.frame, one.event);
    RC_ASSERT(together.words == apart.words);
    std::vector<std::size_t> runs;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        if (kinds[i] != 0) continue;
        if (i > 0 && kinds[i - 1] == 0) {
            ++runs.back();
        } else {
            runs.push_back(1);
        }
    }
    RC_ASSERT(together.runs == runs);
}

TEST(LessonsTest, RefusesWhatCannotBeRead) {
    NoDatabase session;
    Heard heard;
    const Frame frame{"catalog", 1, {}, {event_of(0, 1), {"shanhai.event.v1.MerchantRegistered", "\xff"}}};
    const std::vector<Told> told{{frame, frame.events[0]}, {frame, frame.events[1]}};
    EXPECT_THROW(lessons_into(heard).apply(session, told), std::runtime_error);
    EXPECT_TRUE(heard.words.empty());
}

}  // namespace
}  // namespace shanhai::events
