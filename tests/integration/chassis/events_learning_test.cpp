#include "chassis/events/feed.hpp"
#include "integration/chassis/events_fixture.hpp"
#include "shanhai/event/v1/orders.pb.h"

#include <algorithm>
#include <mutex>
#include <random>

namespace shanhai::events {
namespace {

const std::string stock = "shanhai.event.v1.StockChanged";
constexpr const char* number_kind = "test.Number";

/// A producer that says much that the learner does not want, and a learner that asks for kinds.
class LearningTest : public EventsTest {
protected:
    static Event level_of(std::uint64_t lot, std::int64_t available) {
        event::v1::StockChanged fact;
        fact.set_lot_id(lot);
        fact.set_available(available);
        return Event::of(fact);
    }
    static Event number(int value) { return {number_kind, std::to_string(value)}; }

    void say(const std::vector<Event>& events) {
        const auto said = producer_.pool().transact_blocking([&](database::Session& session) -> Result<Done> {
            publish(session, events);
            return Done{};
        });
        ASSERT_TRUE(said);
        producer_.the_relay().wake();
    }
    /// Between two of them stand three frames that the learner does not want.
    void say_numbers(int first, int last) {
        for (int value = first; value <= last; ++value) {
            say({number(value), {"test.Noise", "x"}});
            for (int i = 0; i < 3; ++i) say({{"test.Noise", "y"}});
        }
    }
    ConsumerOptions options() {
        auto options = learner_.options({producer_.source()}, nobody_);
        options.learns = {{number_kind, Past::every_fact}, {stock, Past::latest}};
        return options;
    }
    std::int64_t position() {
        return learner_.database().number(
            "SELECT COALESCE(MAX(seq), 0) FROM consumed WHERE producer = 'orders'");
    }
    bool knows_all() {
        const auto head = producer_.numbered();
        return eventually([&] { return position() == head; }, 20s);
    }
    bool numbered(std::int64_t frames) {
        return eventually([&] { return producer_.numbered() == frames; });
    }

    RedisOptions nobody_ = [] {
        RedisOptions options;
        options.port = 1;  // So that all is learnt from feeds.
        return options;
    }();
    Producer producer_{"orders", redis_.options()};
};

TEST_F(LearningTest, LearnsItsKindsOnceAndInOrderAndGoesOn) {
    say_numbers(1, 40);
    ASSERT_TRUE(numbered(160));
    const auto consumer = consume(options(), learn);
    EXPECT_TRUE(learner_.learns("orders", 1, 40));
    EXPECT_TRUE(knows_all());
    EXPECT_EQ(consumer->states()[0].seq, 160U);
    say_numbers(41, 45);
    EXPECT_TRUE(learner_.learns("orders", 1, 45));
    ASSERT_TRUE(numbered(180));
    EXPECT_TRUE(knows_all());
    EXPECT_TRUE(eventually([&] { return consumer->age("orders") < 1s; }));
}

TEST_F(LearningTest, GoesOnInTheStreamWhereTheFeedEnded) {
    say_numbers(1, 10);
    ASSERT_TRUE(numbered(40));
    auto hearing = options();
    hearing.redis = redis_.options();
    const auto consumer = consume(hearing, learn);
    EXPECT_TRUE(learner_.learns("orders", 1, 10));
    producer_.serve();  // Whatever was asked of the feed: the stream has what follows.
    say_numbers(11, 20);
    EXPECT_TRUE(learner_.learns("orders", 1, 20));
    ASSERT_TRUE(numbered(80));
    EXPECT_TRUE(knows_all());
    EXPECT_FALSE(consumer->states()[0].stopped);
}

TEST_F(LearningTest, HearsTheFirstAndTheLastOfWhatIsSaidAgainAndAgain) {
    for (int round = 1; round <= 30; ++round) say({level_of(1, round), level_of(2, -round)});
    ASSERT_TRUE(numbered(30));
    std::mutex mutex;
    std::vector<std::pair<std::uint64_t, std::int64_t>> heard;
    const auto consumer = consume(options(), [&](database::Session&, const Frame& frame, const Event& event) {
        event::v1::StockChanged fact;
        if (!event.read(fact)) return;
        const std::lock_guard lock{mutex};
        EXPECT_EQ(frame.seq, static_cast<std::uint64_t>(std::abs(fact.available())));
        heard.emplace_back(fact.lot_id(), fact.available());
    });
    ASSERT_TRUE(knows_all());
    consumer->stop();
    const std::vector<std::pair<std::uint64_t, std::int64_t>> ends{{1, 1}, {2, -1}, {1, 30}, {2, -30}};
    EXPECT_EQ(heard, ends);
}

TEST_F(LearningTest, StopsAtTheFrameThatCannotBeAppliedWhereAHumanCanStepOverIt) {
    say_numbers(1, 20);
    ASSERT_TRUE(numbered(80));
    auto consumer =
        consume(options(), [&](database::Session& session, const Frame& frame, const Event& event) {
            learn(session, frame, event);
            if (event.payload == "13") throw std::runtime_error{"thirteen cannot be"};
        });
    ASSERT_TRUE(eventually([&] { return consumer->states()[0].stopped; }));
    EXPECT_EQ(consumer->states()[0].reason, "frame 49 cannot be applied: thirteen cannot be");
    EXPECT_EQ(position(), 48);
    EXPECT_TRUE(learner_.learns("orders", 1, 12));
    consumer.reset();
    ASSERT_TRUE(skip_frame(learner_.pool(), "orders", 49, "operator", "it was sent by mistake"));
    consumer = consume(options(), learn);
    EXPECT_TRUE(knows_all());
    EXPECT_EQ(learner_.learnt("orders").size(), 19U);
    EXPECT_FALSE(consumer->states()[0].stopped);
}

/// What was left out may be what counts once the last word cannot be applied.
TEST_F(LearningTest, HearsEveryWordWhereTheLastOneIsRefused) {
    for (int round = 1; round <= 13; ++round) say({level_of(1, round)});
    ASSERT_TRUE(numbered(13));
    std::mutex mutex;
    std::vector<std::int64_t> heard;
    auto tolerant = options();
    tolerant.trust_changed = [](database::Session&) {};
    const auto consumer = consume(tolerant, [&](database::Session&, const Frame&, const Event& event) {
        event::v1::StockChanged fact;
        event.read(fact);
        if (fact.available() == 13) throw std::runtime_error{"thirteen cannot be"};
        const std::lock_guard lock{mutex};
        heard.push_back(fact.available());
    });
    ASSERT_TRUE(knows_all());
    EXPECT_TRUE(eventually([&] { return consumer->states()[0].set_aside.size() == 1; }));
    consumer->stop();
    for (std::int64_t level = 2; level <= 12; ++level) {
        EXPECT_NE(std::ranges::find(heard, level), heard.end()) << level << " was left out";
    }
    EXPECT_EQ(heard.back(), 12);
}

/// Whatever moment a copy of us starts at, it believes the position that it finds.
TEST_F(LearningTest, GoesOnAfterEveryRestart) {
    for (int round = 1; round <= 6; ++round) {
        say_numbers(round * 10 - 9, round * 10);
        ASSERT_TRUE(numbered(round * 40));
        const auto consumer = consume(options(), learn);
        EXPECT_TRUE(knows_all());
        EXPECT_FALSE(consumer->states()[0].stopped) << consumer->states()[0].reason;
    }
    EXPECT_TRUE(learner_.learns("orders", 1, 60));
}

TEST_F(LearningTest, TwoCopiesLearnEachFactOnce) {
    say_numbers(1, 60);
    ASSERT_TRUE(numbered(240));
    auto small = options();
    small.frames_max = 3;  // Many transactions for the two to meet in.
    database::Pool second_pool{learner_.database().options()};
    Consumer second{second_pool, small, learn, [] {}};
    const auto first = consume(small, learn);
    second.start();
    EXPECT_TRUE(learner_.learns("orders", 1, 60));
    EXPECT_TRUE(knows_all());
    say_numbers(61, 70);
    EXPECT_TRUE(learner_.learns("orders", 1, 70));
}

TEST_F(LearningTest, LearnsAgainWhatAHumanSetItBackTo) {
    say_numbers(1, 20);
    ASSERT_TRUE(numbered(80));
    const auto consumer = consume(options(), learn);
    ASSERT_TRUE(knows_all());
    learner_.database().run("DELETE FROM learnt WHERE number > 5");
    learner_.database().run("UPDATE consumed SET seq = 20, frame_hash = NULL WHERE producer = 'orders'");
    EXPECT_TRUE(learner_.learns("orders", 1, 20));
    EXPECT_TRUE(knows_all());
}

/// Any history, cut into frames and learnt in any small pieces, leaves the learner with the last word on each
/// subject.
TEST_F(LearningTest, EndsWithTheLastWordOnEverySubject) {
    std::mt19937 random{20261127};
    std::map<std::uint64_t, std::int64_t> last;
    std::int64_t told = 0;
    for (int frame = 0; frame < 120; ++frame) {
        std::vector<Event> events;
        for (auto count = random() % 4 + 1; count > 0; --count) {
            const auto lot = random() % 7 + 1;
            events.push_back(level_of(lot, ++told));
            last[lot] = told;
        }
        say(events);
    }
    ASSERT_TRUE(numbered(120));
    auto small = options();
    small.frames_max = 1 + random() % 7;
    std::mutex mutex;
    std::map<std::uint64_t, std::int64_t> learnt;
    const auto consumer = consume(small, [&](database::Session&, const Frame&, const Event& event) {
        event::v1::StockChanged fact;
        if (!event.read(fact)) return;
        const std::lock_guard lock{mutex};
        learnt[fact.lot_id()] = fact.available();
    });
    ASSERT_TRUE(knows_all());
    consumer->stop();
    EXPECT_EQ(learnt, last);
}

TEST_F(LearningTest, RefusesKindsThatAreNone) {
    http::Client client;
    http::ClientRequest request;
    request.url = producer_.source().feed_url + "/internal/v1/frames/orders?types=a.B:oldest";
    request.headers.emplace_back("Shanhai-Internal-Key", internal_key);
    const auto answer = client.send(request);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 422);
    EXPECT_NE(answer->body.find("validation-failed"), std::string::npos) << answer->body;
}

/// A producer of before does not know the word `types` and answers as if it were not there.
TEST_F(LearningTest, TakesAWholeAnswerFromAProducerThatKnowsNoKinds) {
    say_numbers(1, 2);
    ASSERT_TRUE(numbered(8));
    const auto source = producer_.source();
    FeedTalk talk{"orders", source.feed_url, internal_key, source.keys, {{number_kind, Past::every_fact}}};
    http::Client client;
    auto question = talk.ask(3, Telling::condensed);
    auto as_it_understands = talk.ask(3);
    question.nonce = as_it_understands.nonce;
    auto answer = client.send(as_it_understands.request);
    const auto page = talk.hear(question, answer);
    ASSERT_TRUE(page);
    EXPECT_FALSE(page->stretch.condensed);
    EXPECT_EQ(page->stretch.frames.size(), 5U);
    ASSERT_TRUE(answer);
    answer->body.pop_back();
    EXPECT_EQ(talk.hear(question, answer).error().code(), feed_forged);
}

/// What a condensed page says is proved, each part of it, and it is no answer to another question.
TEST_F(LearningTest, BelievesNoPageThatWasChanged) {
    say_numbers(1, 3);
    ASSERT_TRUE(numbered(12));
    const auto source = producer_.source();
    FeedTalk talk{"orders", source.feed_url, internal_key, source.keys, {{number_kind, Past::every_fact}}};
    FeedTalk other{"orders", source.feed_url, internal_key, source.keys, {{stock, Past::latest}}};
    FeedTalk all{"orders", source.feed_url, internal_key, source.keys};
    http::Client client;
    const auto question = talk.ask(4, Telling::condensed);
    const auto answer = client.send(question.request);
    ASSERT_TRUE(answer && answer->status == 200);
    const auto page = talk.hear(question, answer);
    ASSERT_TRUE(page);
    EXPECT_EQ(page->stretch.frames.size(), 2U);
    EXPECT_EQ(page->stretch.condensed->until, 12U);
    auto same_question = other.ask(4, Telling::condensed);
    same_question.nonce = question.nonce;
    EXPECT_EQ(other.hear(same_question, answer).error().code(), feed_forged);
    auto whole_question = all.ask(4);
    whole_question.nonce = question.nonce;
    EXPECT_EQ(all.hear(whole_question, answer).error().code(), feed_forged);
    for (const auto* header : {"Shanhai-Until", "Shanhai-Until-Hash", "Shanhai-Head", "Shanhai-Last-Hash"}) {
        auto changed = *answer;
        for (auto& [name, value] : changed.headers) {
            if (name == header) value.back() = value.back() == '1' ? '2' : '1';
        }
        EXPECT_EQ(talk.hear(question, changed).error().code(), feed_forged) << header;
    }
    auto cut = *answer;
    cut.body.pop_back();
    EXPECT_EQ(talk.hear(question, cut).error().code(), feed_forged);
}

}  // namespace
}  // namespace shanhai::events
