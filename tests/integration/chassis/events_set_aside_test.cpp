#include "chassis/events/set_aside.hpp"
#include "integration/chassis/events_fixture.hpp"

#include "shanhai/event/v1/catalog.pb.h"

namespace shanhai::events {
namespace {

namespace v1 = event::v1;

/// A service that learns merchants, and refuses those whose name it is told to, after it has written half.
class SetAsideTest : public EventsTest {
protected:
    std::unique_ptr<Consumer> start(std::vector<std::string> never = {}) {
        auto options = learner_.options({producer_.source()}, redis_.options());
        options.feed_every = options.retry_every = std::chrono::milliseconds{100};
        options.trust_changed = [this](database::Session&) { ++trust_changed_; };
        options.never_set_aside = std::move(never);
        return consume(std::move(options),
                       [this](database::Session& session, const Frame& frame, const Event& event) {
                           v1::MerchantRegistered merchant;
                           if (!event.read(merchant)) return;
                           session.execute("INSERT INTO learnt (producer, seq, number) VALUES (?, ?, ?)",
                                           frame.producer, frame.seq, merchant.merchant_id());
                           if (merchant.name() == "read-only")
                               throw database::SqlError{1290, "the server takes no writes"};
                           if (merchant.name() == "refused" && refusing_)
                               session.run("INSERT INTO learnt (id) VALUES (NULL)");
                           if (merchant.name() == "unwanted" && refusing_)
                               throw std::runtime_error{"this name is unwanted"};
                       });
    }

    static Event merchant(std::uint64_t id, const std::string& name) {
        v1::MerchantRegistered fact;
        fact.set_merchant_id(id);
        fact.set_name(name);
        return Event::of(fact);
    }
    void say(const std::vector<Event>& events) {
        auto work = [&events](database::Session& session) -> Result<Done> {
            publish(session, events);
            return Done{};
        };
        ASSERT_TRUE(producer_.pool().transact_blocking(work));
        producer_.the_relay().wake();
    }
    bool learns(const std::vector<int>& numbers) {
        return eventually([&] { return learner_.learnt("catalog") == numbers; }, 10s);
    }
    std::set<std::string> doubtful() {
        std::set<std::string> ids;
        auto work = [&](database::Session& session) -> Result<Done> {
            ids = untrusted(session, "shanhai.event.v1.MerchantRegistered", "merchant_id");
            return Done{};
        };
        EXPECT_TRUE(learner_.pool().transact_blocking(work));
        return ids;
    }
    std::uint64_t waiting_id() {
        return static_cast<std::uint64_t>(
            learner_.database().number("SELECT MAX(id) FROM set_aside WHERE closed_at IS NULL"));
    }

    Producer producer_{"catalog", redis_.options()};
    std::atomic<int> trust_changed_ = 0;
    std::atomic<bool> refusing_ = true;
};

TEST_F(SetAsideTest, KeepsARefusedFactForItsSubjectWithoutHalfAnEffectAndGoesOnWithAllElse) {
    const auto consumer = start();
    say({merchant(1, "a"), merchant(2, "refused"), merchant(3, "unwanted"), merchant(4, "b")});
    say({merchant(5, "c")});
    EXPECT_TRUE(learns({1, 4, 5}));
    EXPECT_EQ(doubtful(), (std::set<std::string>{"2", "3"}));
    EXPECT_TRUE(eventually([&] { return consumer->states()[0].set_aside.size() == 2; }));
    EXPECT_FALSE(consumer->states()[0].stopped);
    EXPECT_NE(consumer->states()[0].set_aside[1].find(
                  "MerchantRegistered of merchant_id 3 (frame 1 of catalog): this name is unwanted"),
              std::string::npos)
        << consumer->states()[0].set_aside[1];
    EXPECT_GT(trust_changed_, 0);
}

TEST_F(SetAsideTest, TrustsTheSubjectAgainWithALaterFactOfIt) {
    const auto consumer = start();
    say({merchant(2, "refused")});
    ASSERT_TRUE(eventually([&] { return !consumer->states()[0].set_aside.empty(); }));
    say({merchant(3, "b")});
    EXPECT_TRUE(learns({3}));
    EXPECT_EQ(doubtful(), std::set<std::string>{"2"});
    say({merchant(2, "unwanted")});
    EXPECT_TRUE(eventually([&] {
        return learner_.database().number("SELECT COUNT(*) FROM set_aside WHERE closed_at IS NOT NULL") == 1;
    }));
    EXPECT_EQ(doubtful(), std::set<std::string>{"2"});
    const auto changes = trust_changed_.load();
    say({merchant(2, "good now")});
    EXPECT_TRUE(learns({3, 2}));
    EXPECT_TRUE(doubtful().empty());
    EXPECT_TRUE(eventually([&] { return consumer->states()[0].set_aside.empty(); }));
    EXPECT_GT(trust_changed_, changes);
}

TEST_F(SetAsideTest, TrustsTheLastWordOfAFrameThatSaysTwoThingsOfOneSubject) {
    const auto consumer = start();
    say({merchant(2, "refused"), merchant(2, "good now")});
    EXPECT_TRUE(learns({2}));
    EXPECT_TRUE(doubtful().empty());
}

TEST_F(SetAsideTest, DistrustsHoweverMuchWasSetAside) {
    auto work = [](database::Session& session) -> Result<Done> {
        const Frame frame{"catalog", 1, now(), {}};
        for (std::uint64_t id = 1; id <= 1'200; ++id) {
            set_aside(session, frame, merchant(id, "refused"), {"merchant_id", std::to_string(id)},
                      "why not");
        }
        return Done{};
    };
    ASSERT_TRUE(learner_.pool().transact_blocking(work));
    EXPECT_EQ(doubtful().size(), 1'200U);
    const auto consumer = start();
    say({merchant(1'200, "good now")});
    EXPECT_TRUE(learns({1'200}));
    EXPECT_EQ(doubtful().size(), 1'199U);
    EXPECT_FALSE(doubtful().contains("1200"));
}

TEST_F(SetAsideTest, AHumanHasItTriedAgainOrClosed) {
    const auto consumer = start();
    say({merchant(2, "refused")});
    ASSERT_TRUE(eventually([&] { return !consumer->states()[0].set_aside.empty(); }));
    const auto id = waiting_id();
    EXPECT_EQ(wish(learner_.pool(), id + 1, Wish::retry, "operator", "why not").error().code(),
              "not-set-aside");
    EXPECT_FALSE(wish(learner_.pool(), id, Wish::retry, "operator", ""));
    ASSERT_TRUE(wish(learner_.pool(), id, Wish::retry, "operator", "once more"));
    EXPECT_TRUE(eventually([&] {
        return learner_.database().number("SELECT COUNT(*) FROM set_aside WHERE wish IS NULL") == 1;
    }));
    EXPECT_EQ(doubtful(), std::set<std::string>{"2"}) << "it cannot be applied yet";
    refusing_ = false;
    ASSERT_TRUE(wish(learner_.pool(), id, Wish::retry, "operator", "the table was mended"));
    EXPECT_TRUE(learns({2}));
    EXPECT_EQ(learner_.database().text("SELECT CONCAT(closed_by, ': ', closed_reason) FROM set_aside"),
              "operator: the table was mended");
    refusing_ = true;
    say({merchant(3, "refused")});
    ASSERT_TRUE(eventually([&] { return !doubtful().empty(); }));
    ASSERT_TRUE(wish(learner_.pool(), waiting_id(), Wish::close, "operator", "nobody needs it"));
    EXPECT_TRUE(eventually([&] { return doubtful().empty(); }));
    EXPECT_TRUE(learns({2}));
}

TEST_F(SetAsideTest, AppliesNothingThatSomebodyElseWroteIntoTheTable) {
    const auto consumer = start();
    say({merchant(2, "refused")});
    ASSERT_TRUE(eventually([&] { return !consumer->states()[0].set_aside.empty(); }));
    refusing_ = false;
    auto& database = learner_.database();
    // An invented fact, and a true one with another content, as whoever may write to the tables would wish.
    database.run(
        "INSERT INTO set_aside (producer, seq, at, type, payload, subject_field, subject_id, reason, "
        "set_aside_at, wish, wished_by, wished_reason) SELECT producer, 9, at, type, payload, subject_field, "
        "'9', '', set_aside_at, 'RETRY', 'me', 'mine' FROM set_aside");
    database.run("UPDATE set_aside SET payload = CONCAT(payload, X'1201'), wish = 'RETRY' WHERE seq <> 9");
    EXPECT_TRUE(eventually([&] {
        return database.number(
                   "SELECT COUNT(*) FROM set_aside WHERE reason LIKE 'forged%' AND wish IS NULL") == 2;
    }));
    say({merchant(3, "b")});
    EXPECT_TRUE(learns({3}));
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM set_aside WHERE closed_at IS NULL"), 2);
}

TEST_F(SetAsideTest, StopsWhereNoSubjectCanBeToldOrNothingMayBeMissing) {
    const auto consumer = start({"shanhai.event.v1.PairingDeclared"});
    Event unreadable{"shanhai.event.v1.MerchantRegistered", "\xff\xff"};
    say({merchant(1, "a"), unreadable});
    EXPECT_TRUE(eventually([&] { return consumer->states()[0].stopped; }));
    EXPECT_TRUE(learner_.learnt("catalog").empty()) << "half a frame was applied";
    EXPECT_TRUE(doubtful().empty());
}

TEST_F(SetAsideTest, StopsAtWhatMustNotBeMissing) {
    const auto consumer = start({"shanhai.event.v1.MerchantRegistered"});
    say({merchant(2, "refused")});
    EXPECT_TRUE(eventually([&] { return consumer->states()[0].stopped; }));
    EXPECT_TRUE(doubtful().empty());
}

TEST_F(SetAsideTest, HoldsTheDatabasesTroubleAgainstNoFact) {
    const auto consumer = start();
    say({merchant(1, "read-only")});
    const auto asked = [&] { return learner_.database().number("SELECT COUNT(*) FROM consumed"); };
    ASSERT_TRUE(eventually([&] { return asked() == 1; }));
    // Long enough for some tries: every one ends the same, and none may judge the fact.
    EXPECT_FALSE(eventually([&] { return consumer->states()[0].stopped || !doubtful().empty(); }, 1s));
    EXPECT_TRUE(learner_.learnt("catalog").empty());
}

}  // namespace
}  // namespace shanhai::events
