#include "chassis/http/client.hpp"
#include "integration/chassis/events_fixture.hpp"

#include <sys/socket.h>
#include <cstdio>
#include <future>
#include <latch>

namespace shanhai::events {
namespace {

TEST_F(EventsTest, DeliversEveryFactOnceAndInOrder) {
    Producer producer{"orders", redis_.options()};
    const auto consumer = consume({producer.source()});
    producer.say_all(1, 200);
    EXPECT_TRUE(learner_.learns("orders", 1, 200));
    EXPECT_GT(refreshed_, 1);
    EXPECT_EQ(redis_.command({"XLEN", "shanhai:orders"}), "200");
    EXPECT_TRUE(eventually([&] { return consumer->states()[0].seq == 200; }));
}

TEST_F(EventsTest, PutsAllFactsOfATransactionIntoOneFrame) {
    Producer producer{"orders", redis_.options()};
    producer.say({1, 2, 3});
    producer.say({});
    const auto consumer = consume({producer.source()});
    EXPECT_TRUE(learner_.learns("orders", 1, 3));
    EXPECT_EQ(producer.database().number("SELECT COUNT(*) FROM outbox"), 1);
}

TEST_F(EventsTest, GivesANewcomerEverythingFromTheFeed) {
    Producer producer{"orders", redis_.options()};
    producer.say_all(1, 50);
    ASSERT_TRUE(eventually([&] { return producer.numbered() == 50; }));
    redis_.flushall();
    const auto consumer = consume({producer.source()});
    EXPECT_TRUE(learner_.learns("orders", 1, 50));
}

TEST_F(EventsTest, ARestartedConsumerGoesOnWhereItStopped) {
    Producer producer{"orders", redis_.options()};
    auto consumer = consume({producer.source()});
    producer.say_all(1, 20);
    ASSERT_TRUE(learner_.learns("orders", 1, 20));
    consumer.reset();
    producer.say_all(21, 40);
    consumer = consume({producer.source()});
    EXPECT_TRUE(learner_.learns("orders", 1, 40));
}

TEST_F(EventsTest, NumbersATransactionThatCommitsLaterAfterOthersWhateverItsId) {
    Producer producer{"orders", redis_.options()};
    const auto consumer = consume({producer.source()});
    std::latch written{1};
    std::promise<void> go;
    std::thread slow{[&] {
        auto work = [&](database::Session& session) -> Result<Done> {
            publish(session, {{"test.Number", "2"}});
            written.count_down();
            go.get_future().wait();
            return Done{};
        };
        EXPECT_TRUE(producer.pool().transact_blocking(work));
        producer.the_relay().wake();
    }};
    written.wait();
    producer.say({1});
    const bool first = learner_.learns("orders", 1, 1);
    go.set_value();
    slow.join();
    EXPECT_TRUE(first);
    EXPECT_TRUE(learner_.learns("orders", 1, 2));
    EXPECT_EQ(producer.database().text("SELECT GROUP_CONCAT(seq ORDER BY id) FROM outbox"), "2,1");
}

TEST_F(EventsTest, TwoRelaysNumberGaplesslyAndPublishEverything) {
    Producer producer{"orders", redis_.options()};
    database::Pool second_pool{producer.database().options()};
    Relay second{second_pool, "orders", redis_.options()};
    second.start();
    std::vector<std::thread> writers;
    for (int writer = 0; writer < 4; ++writer) {
        writers.emplace_back([&, writer] {
            for (int i = 0; i < 100; ++i) {
                producer.say({writer * 100 + i});
                second.wake();
            }
        });
    }
    for (auto& writer : writers) writer.join();
    ASSERT_TRUE(eventually([&] { return producer.numbered() == 400; }));
    EXPECT_EQ(producer.database().number("SELECT MAX(seq) FROM outbox"), 400);
    EXPECT_TRUE(eventually([&] { return redis_.command({"XLEN", "shanhai:orders"}) == "400"; }));
}

TEST_F(EventsTest, AnotherRelayTakesOverWhenTheLeaderHandsBackItsLease) {
    Producer producer{"orders", redis_.options()};
    database::Pool second_pool{producer.database().options()};
    Relay second{second_pool, "orders", redis_.options()};
    producer.say({1});
    ASSERT_TRUE(eventually([&] { return producer.the_relay().state().leading; }));
    second.start();
    producer.stop_relay();
    producer.say({2});
    EXPECT_TRUE(eventually([&] { return second.state().leading && second.state().seq == 2; }, 2s));
}

TEST_F(EventsTest, TwoCopiesOfAServiceApplyOnceAndBothHearOfIt) {
    Producer producer{"orders", redis_.options()};
    std::atomic<int> first_refreshed = 0;
    std::atomic<int> second_refreshed = 0;
    database::Pool second_pool{learner_.database().options()};
    const auto options = learner_.options({producer.source()}, redis_.options());
    Consumer first{learner_.pool(), options, learn, [&] { ++first_refreshed; }};
    Consumer second{second_pool, options, learn, [&] { ++second_refreshed; }};
    first.start();
    second.start();
    producer.say_all(1, 300);
    EXPECT_TRUE(learner_.learns("orders", 1, 300));
    const auto caught_up = [&] { return first.states()[0].seq == 300 && second.states()[0].seq == 300; };
    EXPECT_TRUE(eventually(caught_up));
    // A copy that began late may have found everything there: one fact more is heard of by both, whoever
    // applies it.
    const int first_before = first_refreshed;
    const int second_before = second_refreshed;
    producer.say({301});
    EXPECT_TRUE(learner_.learns("orders", 1, 301));
    EXPECT_TRUE(
        eventually([&] { return first_refreshed > first_before && second_refreshed > second_before; }));
}

/// Refuses number 13 while told to.
class PoisonTest : public EventsTest {
protected:
    Consumer::Apply apply() {
        return [this](database::Session& session, const Frame& frame, const Event& event) {
            learn(session, frame, event);
            if (event.payload == "13" && poisonous_) throw std::runtime_error{"thirteen cannot be"};
        };
    }
    std::string reason() {
        return learner_.database().text(
            "SELECT COALESCE(MAX(stopped_reason), '') FROM consumed WHERE producer = 'orders'");
    }

    std::atomic<bool> poisonous_ = true;
};

TEST_F(PoisonTest, StopsVisiblyAtTheFrameAndLetsOtherProducersGoOn) {
    Producer orders{"orders", redis_.options()};
    Producer catalog{"catalog", redis_.options()};
    const auto consumer =
        consume(learner_.options({orders.source(), catalog.source()}, redis_.options()), apply());
    ASSERT_TRUE(eventually([&] { return consumer->age("orders") < 1s; }));
    orders.say_all(1, 20);
    ASSERT_TRUE(eventually([&] { return consumer->states()[0].stopped && consumer->states()[0].seq == 12; }));
    EXPECT_EQ(consumer->states()[0].reason, "frame 13 cannot be applied: thirteen cannot be");
    EXPECT_TRUE(eventually([&] { return reason() == "frame 13 cannot be applied: thirteen cannot be"; }));
    EXPECT_TRUE(learner_.learns("orders", 1, 12));
    catalog.say_all(1, 10);
    EXPECT_TRUE(learner_.learns("catalog", 1, 10));
    EXPECT_TRUE(eventually([&] { return consumer->age("orders") > 2s && consumer->age("catalog") < 1s; }));
}

TEST_F(PoisonTest, GoesOnByItselfOnceTheFrameCanBeApplied) {
    Producer producer{"orders", redis_.options()};
    producer.say_all(1, 20);
    const auto consumer = consume(learner_.options({producer.source()}, redis_.options()), apply());
    ASSERT_TRUE(eventually([&] { return consumer->states()[0].stopped; }));
    poisonous_ = false;
    EXPECT_TRUE(learner_.learns("orders", 1, 20));
    EXPECT_TRUE(eventually([&] { return !consumer->states()[0].stopped; }));
    EXPECT_EQ(reason(), "");
}

TEST_F(PoisonTest, AHumanStepsOverTheFrameAndIsRecorded) {
    Producer producer{"orders", redis_.options()};
    producer.say_all(1, 20);
    const auto consumer = consume(learner_.options({producer.source()}, redis_.options()), apply());
    ASSERT_TRUE(eventually([&] { return reason() != ""; }));
    const auto elsewhere = skip_frame(learner_.pool(), "orders", 14, "operator", "wrong one");
    ASSERT_FALSE(elsewhere);
    EXPECT_EQ(elsewhere.error().code(), "not-stopped-there");
    EXPECT_FALSE(skip_frame(learner_.pool(), "orders", 13, "operator", ""));
    EXPECT_FALSE(skip_frame(learner_.pool(), "nobody", 13, "operator", "because"));
    ASSERT_TRUE(skip_frame(learner_.pool(), "orders", 13, "operator", "it was sent by mistake"));
    EXPECT_TRUE(eventually([&] { return learner_.learnt("orders").size() == 19; }));
    EXPECT_TRUE(eventually([&] { return !consumer->states()[0].stopped; }));
    EXPECT_EQ(learner_.database().text("SELECT CONCAT(seq, who, reason) FROM skipped_frame"),
              "13operatorit was sent by mistake");
}

TEST_F(EventsTest, AgesWhileTheProducerIsDownAlthoughRedisIsReadToTheEnd) {
    Producer producer{"orders", redis_.options()};
    const auto consumer = consume({producer.source()});
    EXPECT_GE(consumer->age("orders"), 24h);
    producer.say_all(1, 5);
    ASSERT_TRUE(eventually([&] { return consumer->age("orders") < 400ms; }));
    producer.vanish();
    EXPECT_TRUE(eventually([&] { return consumer->age("orders") > 2s; }));
    producer.serve();
    producer.relay();
    EXPECT_TRUE(eventually([&] { return consumer->age("orders") < 1s; }));
    EXPECT_THROW(consumer->age("nobody"), std::logic_error);
}

TEST_F(EventsTest, AgesWhileTheProducersRelayIsStuck) {
    Producer producer{"orders", redis_.options()};
    const auto consumer = consume({producer.source()});
    ASSERT_TRUE(eventually([&] { return consumer->age("orders") < 1s; }));
    producer.stop_relay();
    producer.say({1});
    EXPECT_TRUE(eventually([&] { return consumer->age("orders") > 2s; }));
}

TEST_F(EventsTest, RemembersItsAgeOverARestart) {
    Producer producer{"orders", redis_.options()};
    auto consumer = consume({producer.source()});
    const auto remembered = [&] {
        return learner_.database().number("SELECT COUNT(fresh_at) FROM consumed") == 1;
    };
    ASSERT_TRUE(eventually(remembered));
    consumer.reset();
    producer.vanish();
    consumer = consume({producer.source()});
    EXPECT_TRUE(eventually([&] { return consumer->age("orders") < 1min; }));
}

TEST_F(EventsTest, StopsVisiblyWhenTheProducersDatabaseWasMadeAnew) {
    Producer producer{"orders", redis_.options()};
    producer.say_all(1, 3);
    const auto consumer = consume({producer.source()});
    ASSERT_TRUE(learner_.learns("orders", 1, 3));
    producer.database().run("UPDATE relay SET epoch = 'another life'");
    EXPECT_TRUE(eventually([&] { return consumer->states()[0].stopped; }));
    EXPECT_NE(consumer->states()[0].reason.find("made anew"), std::string::npos);
}

TEST_F(EventsTest, TheFeedAsksForTheKeyAndBoundsItsAnswers) {
    Producer producer{"orders", redis_.options()};
    producer.say_all(1, 30);
    ASSERT_TRUE(eventually([&] { return producer.numbered() == 30; }));
    http::Client client;
    http::ClientRequest request;
    request.url = producer.source().feed_url + "/internal/v1/frames/orders?after=10&limit=5";
    for (const auto* key : {"", "wrong"}) {
        request.headers = {{"Shanhai-Internal-Key", key}};
        const auto refused = client.send(request);
        ASSERT_TRUE(refused);
        EXPECT_EQ(refused->status, 401);
    }
    request.headers = {{"Shanhai-Internal-Key", internal_key}};
    const auto answer = client.send(request);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->header("Shanhai-Head"), "30");
    request.url += "x";
    EXPECT_EQ(client.send(request)->status, 422);
}

TEST_F(EventsTest, StopsSoonAlthoughTheProducerAndRedisHang) {
    // Two ports that take connections and never answer.
    const int deaf = ::socket(AF_INET, SOCK_STREAM, 0);
    ASSERT_EQ(::listen(deaf, 16), 0);
    sockaddr_in address{};
    socklen_t length = sizeof(address);
    ASSERT_EQ(::getsockname(deaf, reinterpret_cast<sockaddr*>(&address), &length), 0);
    const auto port = ntohs(address.sin_port);
    auto redis = redis_.options();
    redis.port = port;
    const std::vector<Source> sources{
        {"orders", "http://127.0.0.1:" + std::to_string(port), support::fact_keys()}};
    const auto consumer = consume(learner_.options(sources, redis), learn);
    ASSERT_TRUE(eventually([&] { return refreshed_ > 0; }));
    const auto begin = std::chrono::steady_clock::now();
    consumer->stop();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s);
    ::close(deaf);
}

TEST_F(EventsTest, MovesTheLongestFramesAndRefusesLongerOnes) {
    Producer producer{"orders", redis_.options()};
    const auto say = [&](std::size_t length) {
        auto work = [&](database::Session& session) -> Result<Done> {
            publish(session, {{"test.Ballast", std::string(length, '\xff')}, {"test.Number", "1"}});
            return Done{};
        };
        return static_cast<bool>(producer.pool().transact_blocking(work));
    };
    EXPECT_FALSE(say(frame_bytes_max));
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(say(frame_bytes_max - 100));
    producer.the_relay().wake();
    ASSERT_TRUE(eventually([&] { return redis_.command({"XLEN", "shanhai:orders"}) == "5"; }));
    redis_.flushall();
    const auto consumer = consume({producer.source()});
    // Eight megabytes a page take their time on a busy machine.
    EXPECT_TRUE(eventually([&] { return learner_.learnt("orders").size() == 5; }, 60s));
}

TEST_F(EventsTest, MovesTenThousandFramesInSeconds) {
    constexpr int frames = 10'000;
    Producer producer{"orders", redis_.options()};
    producer.stop_relay();
    auto fill = [](database::Session& session) -> Result<Done> {
        for (int number = 1; number <= frames; ++number)
            publish(session, {{"test.Number", std::to_string(number)}});
        return Done{};
    };
    ASSERT_TRUE(producer.pool().transact_blocking(fill));
    const auto begin = std::chrono::steady_clock::now();
    producer.relay();
    ASSERT_TRUE(eventually([&] { return producer.the_relay().state().seq == frames; }, 60s));
    const auto numbered = std::chrono::steady_clock::now();
    const auto consumer = consume({producer.source()});
    ASSERT_TRUE(eventually([&] { return consumer->states()[0].seq == frames; }, 60s));
    const std::chrono::duration<double> numbering = numbered - begin;
    const std::chrono::duration<double> applying = std::chrono::steady_clock::now() - numbered;
    EXPECT_TRUE(learner_.learns("orders", 1, frames));
    std::printf("%.0f frames a second numbered and published, %.0f applied with an insert each\n",
                frames / numbering.count(), frames / applying.count());
    EXPECT_LT(numbering + applying, 60s);
}

}  // namespace
}  // namespace shanhai::events
