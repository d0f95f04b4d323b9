#include "integration/chassis/events_fixture.hpp"
#include "support/proxy.hpp"

#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cstdlib>

extern char** environ;

namespace shanhai::events {
namespace {

TEST_F(EventsTest, AFlushedRedisInMidFlowLosesAndDoublesNothing) {
    Producer producer{"orders", redis_.options()};
    const auto consumer = consume({producer.source()});
    std::thread writer{[&] { producer.say_all(1, 1500); }};
    for (int i = 0; i < 10; ++i) {
        const auto until = producer.numbered() + 50;
        EXPECT_TRUE(eventually([&] { return producer.numbered() >= std::min<std::int64_t>(until, 1500); }));
        redis_.flushall();
    }
    writer.join();
    EXPECT_TRUE(learner_.learns("orders", 1, 1500));
}

TEST_F(EventsTest, FactsArriveWhileRedisIsDownAndTheStreamIsWholeAgainAfterwards) {
    Producer producer{"orders", redis_.options()};
    const auto consumer = consume({producer.source()});
    producer.say_all(1, 50);
    ASSERT_TRUE(learner_.learns("orders", 1, 50));
    redis_.kill9();
    producer.say_all(51, 100);
    EXPECT_TRUE(learner_.learns("orders", 1, 100));
    EXPECT_TRUE(eventually([&] { return !producer.the_relay().state().redis_up; }));
    redis_.start();
    producer.say_all(101, 150);
    EXPECT_TRUE(learner_.learns("orders", 1, 150));
    EXPECT_TRUE(eventually([&] { return redis_.command({"XLEN", "shanhai:orders"}) == "150"; }));
    EXPECT_TRUE(eventually([&] { return producer.the_relay().state().redis_up; }));
}

TEST_F(EventsTest, BrokenDatabaseConnectionsInMidFlowLoseAndDoubleNothing) {
    Producer producer{"orders", redis_.options()};
    const auto consumer = consume({producer.source()});
    std::thread saboteur{[&] {
        for (int i = 0; i < 15; ++i) {
            const auto until = learner_.database().number("SELECT COUNT(*) FROM learnt") + 20;
            eventually([&] { return learner_.database().number("SELECT COUNT(*) FROM learnt") >= until; },
                       300ms);
            learner_.database().kill_other_connections();
        }
    }};
    producer.say_all(1, 800);
    saboteur.join();
    EXPECT_TRUE(learner_.learns("orders", 1, 800));
}

TEST_F(EventsTest, ARelayThatCannotAskItsDatabaseReportsAGrowingLag) {
    support::Database database{database::Schema{}};
    support::Proxy proxy{database.options().socket};
    auto options = database.options();
    options.socket.clear();
    options.port = proxy.port();
    database::Pool pool{options};
    Relay relay{pool, "orders", redis_.options()};
    relay.start();
    ASSERT_TRUE(eventually([&] { return relay.state().redis_up; }));
    EXPECT_EQ(relay.state().lag, 0ms);
    proxy.refuse(true);
    proxy.cut_all();
    EXPECT_TRUE(eventually([&] { return relay.state().lag > 500ms; }));
    proxy.refuse(false);
    EXPECT_TRUE(eventually([&] { return relay.state().lag == 0ms; }));
}

/// A producer that takes questions and never answers.
class SilentProducer {
public:
    SilentProducer() {
        if (listener_ < 0 || ::listen(listener_, 64) != 0) throw std::runtime_error{"cannot listen"};
    }
    ~SilentProducer() {
        forget();
        ::close(listener_);
    }
    SilentProducer(const SilentProducer&) = delete;
    SilentProducer& operator=(const SilentProducer&) = delete;

    Source source(const std::string& name) const {
        sockaddr_in address{};
        socklen_t length = sizeof(address);
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length);
        return {name, "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)), support::fact_keys()};
    }
    /// Hears no question that was asked before.
    void turn_away() {
        while (has_news(listener_, 0)) ::close(::accept(listener_, nullptr, nullptr));
    }
    /// Waits for the first question that was not heard yet.
    bool is_asked() {
        forget();
        question_ = has_news(listener_, 10'000) ? ::accept(listener_, nullptr, nullptr) : -1;
        char bytes[4096];
        return question_ >= 0 && has_news(question_, 10'000) && ::recv(question_, bytes, sizeof bytes, 0) > 0;
    }
    /// Whether whoever asked last still waits for the answer.
    bool is_waited_for() const { return question_ >= 0 && !has_news(question_, 0); }

private:
    static bool has_news(int descriptor, int limit_ms) {
        pollfd one{descriptor, POLLIN, 0};
        return ::poll(&one, 1, limit_ms) == 1;
    }
    void forget() {
        if (question_ >= 0) ::close(question_);
        question_ = -1;
    }

    int listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int question_ = -1;
};

TEST_F(EventsTest, AFactArrivesWhileAnotherProducerIsStillWaitedFor) {
    SilentProducer silent;
    Producer producer{"orders", redis_.options()};
    const auto consumer = consume({silent.source("identity"), producer.source(), silent.source("catalog")});
    producer.say({1});
    ASSERT_TRUE(learner_.learns("orders", 1, 1));
    silent.turn_away();
    ASSERT_TRUE(silent.is_asked());
    producer.say({2});
    EXPECT_TRUE(learner_.learns("orders", 1, 2));
    EXPECT_TRUE(silent.is_waited_for());
}

TEST_F(EventsTest, AFeedIsHeardWhileAnotherProducerIsStillWaitedFor) {
    SilentProducer silent;
    Producer producer{"orders", redis_.options()};
    producer.say_all(1, 3000);
    ASSERT_TRUE(eventually([&] { return producer.numbered() == 3000; }));
    redis_.flushall();
    const auto consumer = consume({silent.source("identity"), producer.source()});
    ASSERT_TRUE(silent.is_asked());
    EXPECT_TRUE(eventually([&] { return consumer->states()[1].seq >= 1000; }));
    EXPECT_TRUE(silent.is_waited_for());
    EXPECT_TRUE(learner_.learns("orders", 1, 3000));
    EXPECT_GE(consumer->age("identity"), 24h);
}

/// This very program in another process, running one of the disabled tests below, to be killed.
class Victim {
public:
    Victim(const std::string& test, const std::vector<std::string>& variables) {
        const std::string filter = "--gtest_filter=Victim.DISABLED_" + test;
        std::string program = "/proc/self/exe";
        std::string also = "--gtest_also_run_disabled_tests";
        std::vector<char*> arguments{program.data(), const_cast<char*>(filter.c_str()), also.data(), nullptr};
        std::vector<char*> environment;
        for (char** variable = environ; *variable != nullptr; ++variable) environment.push_back(*variable);
        for (const auto& variable : variables) environment.push_back(const_cast<char*>(variable.c_str()));
        environment.push_back(nullptr);
        const auto error =
            ::posix_spawn(&process_, program.c_str(), nullptr, nullptr, arguments.data(), environment.data());
        if (error != 0) throw std::runtime_error{"cannot start a victim"};
    }
    ~Victim() { kill9(); }
    Victim(const Victim&) = delete;
    Victim& operator=(const Victim&) = delete;

    void kill9() {
        if (process_ == 0) return;
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
        process_ = 0;
    }

private:
    pid_t process_ = 0;
};

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    if (value == nullptr) throw std::runtime_error{"only a Victim runs this"};
    return value;
}

database::PoolOptions victims_database() {
    database::PoolOptions options;
    options.socket = support::shared_server("SHANHAI_TEST_SQL_SOCKET");
    options.user = "root";
    options.outbox_keys = support::fact_keys();
    options.schema = variable("VICTIM_SCHEMA");
    return options;
}

RedisOptions victims_redis() {
    RedisOptions options;
    options.port = static_cast<std::uint16_t>(std::stoi(variable("VICTIM_REDIS")));
    return options;
}

void wait_to_be_killed() {
    for (;;) ::pause();
}

TEST(Victim, DISABLED_NumbersFrames) {
    database::Pool pool{victims_database()};
    Relay relay{pool, "orders", victims_redis()};
    relay.start();
    wait_to_be_killed();
}

TEST(Victim, DISABLED_AppliesFrames) {
    database::Pool pool{victims_database()};
    ConsumerOptions options;
    options.name = "learner";
    options.sources = {{"orders", variable("VICTIM_FEED"), support::fact_keys()}};
    options.redis = victims_redis();
    options.internal_key = internal_key;
    const auto apply = [](database::Session& session, const Frame& frame, const Event& event) {
        learn(session, frame, event);
        if (event.payload == "5") {
            session.run("DO RELEASE_LOCK('nobody'), GET_LOCK('victim_is_between_effect_and_position', 0)");
            wait_to_be_killed();
        }
    };
    Consumer consumer{pool, options, apply, [] {}};
    consumer.start();
    wait_to_be_killed();
}

TEST_F(EventsTest, ARelayKilledBetweenNumberingAndPublishingIsContinuedByAnother) {
    Producer producer{"orders", redis_.options()};
    producer.stop_relay();
    producer.say_all(1, 100);
    // Its Redis refuses connections, so that it never comes to publishing.
    Victim victim{"NumbersFrames",
                  {"VICTIM_SCHEMA=" + producer.database().options().schema,
                   "VICTIM_REDIS=" + std::to_string(support::free_port())}};
    ASSERT_TRUE(eventually([&] { return producer.numbered() == 100; }));
    victim.kill9();
    EXPECT_EQ(redis_.command({"EXISTS", "shanhai:orders"}), "0");
    producer.say_all(101, 150);
    producer.relay();
    const auto consumer = consume({producer.source()});
    EXPECT_TRUE(learner_.learns("orders", 1, 150));
    EXPECT_TRUE(eventually([&] { return redis_.command({"XLEN", "shanhai:orders"}) == "150"; }));
}

TEST_F(EventsTest, AConsumerKilledBetweenEffectAndPositionAppliesItsFramesOnce) {
    Producer producer{"orders", redis_.options()};
    producer.say_all(1, 20);
    ASSERT_TRUE(eventually([&] { return producer.numbered() == 20; }));
    Victim victim{
        "AppliesFrames",
        {"VICTIM_SCHEMA=" + learner_.database().options().schema,
         "VICTIM_REDIS=" + std::to_string(redis_.port()), "VICTIM_FEED=" + producer.source().feed_url}};
    const auto between = [&] {
        return learner_.database().number(
                   "SELECT COALESCE(IS_USED_LOCK('victim_is_between_effect_and_position'), 0)") != 0;
    };
    ASSERT_TRUE(eventually(between));
    victim.kill9();
    const auto consumer = consume({producer.source()});
    EXPECT_TRUE(learner_.learns("orders", 1, 20));
}

TEST_F(EventsTest, ProcessesKilledAtAnyMomentLoseAndDoubleNothing) {
    Producer producer{"orders", redis_.options()};
    producer.stop_relay();
    std::thread writer{[&] { producer.say_all(1, 1000); }};
    for (int round = 1; round <= 3; ++round) {
        Victim relay{"NumbersFrames",
                     {"VICTIM_SCHEMA=" + producer.database().options().schema,
                      "VICTIM_REDIS=" + std::to_string(redis_.port())}};
        // The lease of the one that was killed must lapse first.
        EXPECT_TRUE(eventually([&] { return producer.numbered() >= 100 * round; }));
        relay.kill9();
    }
    writer.join();
    producer.relay();
    const auto consumer = consume({producer.source()});
    EXPECT_TRUE(learner_.learns("orders", 1, 1000));
}

}  // namespace
}  // namespace shanhai::events
