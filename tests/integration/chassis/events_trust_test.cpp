#include "chassis/events/findings.hpp"
#include "chassis/events/outbox.hpp"
#include "chassis/events/proof.hpp"
#include "chassis/events/stream_writer.hpp"
#include "chassis/http/client.hpp"
#include "chassis/security/crypto.hpp"
#include "integration/chassis/events_fixture.hpp"
#include "support/certificate.hpp"

#include <hiredis/hiredis.h>
#include <limits>

// Who shares a database or a Redis with a service, or holds a password of theirs, but not the secret of its
// facts.

namespace shanhai::events {
namespace {

std::string hex_of(const std::string& bytes) { return "0x" + security::hex(bytes); }

TEST_F(EventsTest, AForgedRowInTheOutboxIsNeverToldAndStopsTheRelayVisibly) {
    const auto bytes = encode_frame(now(), {{"test.Number", "666"}});
    const auto guess = seal(security::KeyRing{"a guess"}, bytes);
    Producer producer{"orders", redis_.options()};
    const auto consumer = consume({producer.source()});
    int said = 0;
    for (const auto& seal_sql : {std::string{"NULL"}, hex_of(guess)}) {
        producer.say({++said});
        ASSERT_TRUE(learner_.learns("orders", 1, said));
        producer.database().run("INSERT INTO outbox (at, bytes, frame, seal) VALUES (UTC_TIMESTAMP(6), " +
                                std::to_string(bytes.size()) + ", " + hex_of(bytes) + ", " + seal_sql + ")");
        ASSERT_TRUE(eventually([&] { return !producer.the_relay().state().trouble.empty(); }));
        producer.say({++said});
        observe::Health health;
        report_relay(health, "orders", producer.the_relay());
        const auto [status, text] = readiness_of(health);
        EXPECT_EQ(status, 503);
        EXPECT_NE(text.find("outbox's row"), std::string::npos) << text;
        EXPECT_EQ(producer.numbered(), said - 1);
        producer.database().run("DELETE FROM outbox WHERE frame = " + hex_of(bytes));
        EXPECT_TRUE(learner_.learns("orders", 1, said));
        EXPECT_TRUE(eventually([&] { return producer.the_relay().state().trouble.empty(); }));
    }
}

TEST_F(EventsTest, AFrameThatWasChangedInTheOutboxIsNotServed) {
    Producer producer{"orders", redis_.options()};
    producer.say_all(1, 3);
    ASSERT_TRUE(eventually([&] { return redis_.command({"XLEN", "shanhai:orders"}) == "3"; }));
    const auto other = encode_frame(now(), {{"test.Number", "9"}});
    producer.database().run("UPDATE outbox SET frame = " + hex_of(other) + " WHERE seq = 2");
    redis_.flushall();
    const auto consumer = consume({producer.source()});
    EXPECT_TRUE(eventually([&] { return consumer->states()[0].forged; }));
    EXPECT_NE(consumer->states()[0].reason.find("outbox"), std::string::npos);
    EXPECT_TRUE(learner_.learnt("orders").empty());
}

TEST_F(EventsTest, AProducerThatTellsAnotherPastStopsItsConsumers) {
    Producer producer{"orders", redis_.options()};
    const auto consumer = consume({producer.source()});
    producer.say_all(1, 3);
    ASSERT_TRUE(learner_.learns("orders", 1, 3));
    // As after a backup was put back and the service went on: the same number, sealed with its own secret.
    const auto other = encode_frame(now(), {{"test.Number", "9"}});
    producer.database().run("UPDATE outbox SET frame = " + hex_of(other) +
                            ", seal = " + hex_of(seal(support::fact_keys(), other)) + " WHERE seq = 3");
    ASSERT_TRUE(eventually([&] { return consumer->states()[0].forged; }));
    EXPECT_NE(consumer->states()[0].reason.find("another content of frame 3"), std::string::npos);
    EXPECT_FALSE(skip_frame(learner_.pool(), "orders", 4, "operator", "no frame is at fault"));
}

TEST_F(EventsTest, ANumberThatSomebodyPromisedToRedisStopsTheRelayVisibly) {
    Producer producer{"orders", redis_.options()};
    producer.say_all(1, 3);
    ASSERT_TRUE(eventually([&] { return redis_.command({"XLEN", "shanhai:orders"}) == "3"; }));
    redis_.command({"XSETID", "shanhai:orders", "99999999999999-0"});
    producer.say_all(4, 5);
    ASSERT_TRUE(eventually([&] { return !producer.the_relay().state().trouble.empty(); }));
    EXPECT_NE(producer.the_relay().state().trouble.find("has not given"), std::string::npos);
    ASSERT_TRUE(delete_stream(redis_.options(), "orders"));
    EXPECT_TRUE(eventually([&] { return redis_.command({"XLEN", "shanhai:orders"}) == "5"; }));
    EXPECT_TRUE(eventually([&] { return producer.the_relay().state().trouble.empty(); }));
}

TEST_F(EventsTest, AStopThatChangesItsKindCanBeEndedAsItsKindIs) {
    Producer producer{"orders", redis_.options()};
    const auto options = learner_.options({producer.source()}, redis_.options());
    const auto consumer =
        consume(options, [](database::Session& session, const Frame& frame, const Event& event) {
            if (event.payload == "4") throw std::runtime_error{"not this one"};
            learn(session, frame, event);
        });
    producer.say_all(1, 3);
    ASSERT_TRUE(learner_.learns("orders", 1, 3));
    redis_.command({"XADD", "shanhai:orders", "4-0", "f", "forged"});
    ASSERT_TRUE(eventually([&] { return consumer->states()[0].forged; }));
    EXPECT_FALSE(skip_frame(learner_.pool(), "orders", 4, "operator", "it is forged"));
    producer.say_all(4, 5);
    ASSERT_TRUE(delete_stream(redis_.options(), "orders"));
    ASSERT_TRUE(eventually([&] {
        const auto state = consumer->states()[0];
        return state.stopped && !state.forged;
    }));
    const auto skipped = [&] {
        return static_cast<bool>(skip_frame(learner_.pool(), "orders", 4, "operator", "seen"));
    };
    EXPECT_TRUE(eventually(skipped));
    EXPECT_TRUE(eventually([&] { return learner_.learnt("orders") == std::vector<int>({1, 2, 3, 5}); }));
}

TEST_F(EventsTest, SealsAnOutboxOfBeforeAndAfterAChangeOfKeys) {
    Producer producer{"orders", redis_.options()};
    producer.say_all(1, 3);
    ASSERT_TRUE(eventually([&] { return producer.numbered() == 3; }));
    producer.database().run("UPDATE outbox SET seal = NULL WHERE seq = 1");
    const auto seal_all = [&](database::Pool& pool) {
        Sealing sealing;
        auto work = [&](database::Session& session) -> Result<Done> {
            sealing = seal_frames(session, std::numeric_limits<std::uint64_t>::max(), oldest_sealed(session));
            return Done{};
        };
        EXPECT_TRUE(pool.transact_blocking(work));
        return sealing;
    };
    EXPECT_EQ(seal_all(producer.pool()).sealed, 1U);
    // What comes without a seal after others that have one is no leftover of an upgrade.
    producer.database().run("CREATE TABLE kept SELECT id, seal FROM outbox");
    producer.database().run("UPDATE outbox SET seal = NULL WHERE seq = 3");
    const auto put_in = seal_all(producer.pool());
    EXPECT_EQ(put_in.refused_id, 3U);
    EXPECT_EQ(put_in.sealed, 0U);
    producer.database().run("UPDATE outbox JOIN kept USING (id) SET outbox.seal = kept.seal");
    auto options = producer.database().options();
    options.outbox_keys = security::KeyRing{"the next one"};
    {
        database::Pool stranger{options};
        const auto refused = seal_all(stranger);
        EXPECT_NE(refused.refused_id, 0U) << "a wrong seal is no missing one";
    }
    options.outbox_keys = security::KeyRing{"the next one", "the key that seals the facts of tests"};
    {
        database::Pool changing{options};
        EXPECT_EQ(seal_all(changing).resealed, 3U);
        EXPECT_EQ(seal_all(changing).resealed, 0U);
    }
}

TEST_F(EventsTest, GoesOnThroughAChangeOfTheProducersKey) {
    const security::KeyRing changing{"the next one", "the key that seals the facts of tests"};
    Producer producer{"orders", redis_.options()};
    producer.say_all(1, 3);
    producer.vanish();
    auto source = producer.source();
    source.keys = changing;
    producer.serve();
    producer.relay();
    const auto consumer = consume({source});
    ASSERT_TRUE(learner_.learns("orders", 1, 3));
    // The same process with the new key, which accepts what the old one sealed.
    auto options = producer.database().options();
    options.outbox_keys = changing;
    producer.vanish();
    database::Pool pool{options};
    http::Router router;
    mount_feed(router, pool, "orders", internal_key);
    const auto port = std::stoi(source.feed_url.substr(source.feed_url.rfind(':') + 1));
    const Served served{router, static_cast<std::uint16_t>(port)};
    Relay relay{pool, "orders", redis_.options()};
    relay.start();
    auto say = [](database::Session& session) -> Result<Done> {
        publish(session, {{"test.Number", "4"}});
        return Done{};
    };
    ASSERT_TRUE(pool.transact_blocking(say));
    EXPECT_TRUE(learner_.learns("orders", 1, 4));
    EXPECT_FALSE(consumer->states()[0].stopped);
    EXPECT_EQ(relay.state().trouble, "");
}

/// Who passes on what it learns knows no more than it has learnt, and nor do those who learn of it.
TEST_F(EventsTest, WhatIsPassedOnIsAsOldAsWhatItWasLearntFrom) {
    using namespace std::chrono_literals;
    Producer producer{"orders", redis_.options()};
    producer.say_all(1, 3);
    producer.fall_behind(10min);
    const auto consumer = consume({producer.source()});
    ASSERT_TRUE(learner_.learns("orders", 1, 3));
    EXPECT_TRUE(eventually([&] { return consumer->age("orders") < 11min; }));
    EXPECT_GE(consumer->age("orders"), 10min);
    producer.fall_behind(0ms);
    EXPECT_TRUE(eventually([&] { return consumer->age("orders") < 1min; }));
}

TEST_F(EventsTest, TwoPlatformsOnOneRedisLiveSideBySideUnderTwoPrefixes) {
    auto theirs = redis_.options();
    theirs.prefix = "other:";
    Producer ours{"orders", redis_.options()};
    Producer other{"orders", theirs};
    Learner other_learner;
    const auto consumer = consume({ours.source()});
    Consumer other_consumer{other_learner.pool(), other_learner.options({other.source()}, theirs), learn,
                            [] {}};
    other_consumer.start();
    ours.say_all(1, 50);
    other.say_all(101, 180);
    EXPECT_TRUE(learner_.learns("orders", 1, 50));
    EXPECT_TRUE(other_learner.learns("orders", 101, 180));
    EXPECT_TRUE(eventually([&] { return redis_.command({"XLEN", "shanhai:orders"}) == "50"; }));
    EXPECT_TRUE(eventually([&] { return redis_.command({"XLEN", "other:orders"}) == "80"; }));
}

TEST_F(EventsTest, TwoPlatformsUnderOnePrefixTouchNothingOfEachOtherAndSaySo) {
    Producer ours{"orders", redis_.options()};
    ours.say_all(1, 20);
    ASSERT_TRUE(eventually([&] { return redis_.command({"XLEN", "shanhai:orders"}) == "20"; }));
    Producer other{"orders", redis_.options()};
    other.say_all(101, 110);
    ASSERT_TRUE(
        eventually([&] { return other.numbered() == 10; }));  // So that the feed has them all at once.
    const auto consumer = consume({other.source()});
    ASSERT_TRUE(eventually([&] { return !other.the_relay().state().trouble.empty(); }));
    EXPECT_NE(other.the_relay().state().trouble.find("shanhai:orders"), std::string::npos);
    // The feed is told apart; only speed is lost until somebody else's entry is met.
    EXPECT_TRUE(learner_.learns("orders", 101, 110));
    EXPECT_TRUE(eventually([&] { return consumer->states()[0].forged; }));
    ours.say_all(21, 25);
    EXPECT_TRUE(eventually([&] { return redis_.command({"XLEN", "shanhai:orders"}) == "25"; }));
    EXPECT_EQ(ours.the_relay().state().trouble, "");
    // The first one is gone for good: its stream is deleted by a human, and the second goes on by itself.
    ours.vanish();
    ASSERT_TRUE(delete_stream(redis_.options(), "orders"));
    other.say_all(111, 112);
    EXPECT_TRUE(learner_.learns("orders", 101, 112));
    EXPECT_TRUE(eventually([&] { return redis_.command({"XLEN", "shanhai:orders"}) == "12"; }));
    EXPECT_TRUE(eventually([&] { return other.the_relay().state().trouble.empty(); }));
}

TEST_F(EventsTest, SpeaksToARedisThatAsksForAPassword) {
    redis_.command({"CONFIG", "SET", "requirepass", "open sesame"});
    auto known = redis_.options();
    known.password = "open sesame";
    Producer producer{"orders", known};
    const auto consumer = consume(learner_.options({producer.source()}, known), learn);
    producer.say_all(1, 10);
    EXPECT_TRUE(learner_.learns("orders", 1, 10));
    EXPECT_TRUE(eventually([&] { return producer.the_relay().state().redis_up; }));
    RedisLink link{known};
    ASSERT_TRUE(link.connect());
    EXPECT_TRUE(delete_stream(known, "orders"));
    auto unknown = redis_.options();
    unknown.password = "open barley";
    RedisLink refused{unknown};
    EXPECT_FALSE(refused.connect());
    EXPECT_EQ(refused.trouble(), "the password was refused");
    EXPECT_FALSE(delete_stream(unknown, "orders"));
    // Without Redis facts only take longer.
    producer.stop_relay();
    Relay relay{producer.pool(), "orders", unknown};
    relay.start();
    producer.say_all(11, 12);
    EXPECT_TRUE(learner_.learns("orders", 1, 12));
    EXPECT_FALSE(relay.state().redis_up);
}

/// A Redis that speaks TLS on a port of its own, and what it takes to believe it.
class RedisOverTls : public EventsTest {
protected:
    RedisOptions options_for(const support::Certificate& trusted) const {
        RedisOptions options;
        options.port = tls_port_;
        options.tls_ca = trusted.certificate_file();
        return options;
    }

    static std::string why_refused(const RedisOptions& options) {
        RedisLink link{options};
        return link.connect() ? "" : link.trouble();
    }

    support::Certificate certificate_;
    std::uint16_t tls_port_ = support::free_port();
    support::RedisServer safe_{{"--tls-port", std::to_string(tls_port_), "--tls-cert-file",
                                certificate_.certificate_file(), "--tls-key-file", certificate_.key_file(),
                                "--tls-auth-clients", "no"}};
};

TEST_F(RedisOverTls, CarriesFactsOfEverySize) {
    const auto options = options_for(certificate_);
    Producer producer{"orders", options};
    const auto consumer = consume(learner_.options({producer.source()}, options), learn);
    producer.say_all(1, 500);
    EXPECT_TRUE(learner_.learns("orders", 1, 500));
    RedisLink link{options};
    ASSERT_TRUE(link.connect()) << link.trouble();
    const std::string large(5'000'000, 'x');
    ASSERT_TRUE(link.command({"SET", "large", large}));
    const auto reply = link.command({"GET", "large"});
    ASSERT_TRUE(reply);
    EXPECT_EQ(std::string(reply->str, reply->len), large);
    // A Redis that goes and comes back is found again.
    safe_.restart();
    EXPECT_FALSE(link.command({"PING"}));
    producer.say_all(501, 510);
    EXPECT_TRUE(learner_.learns("orders", 1, 510));
    EXPECT_TRUE(eventually([&] { return producer.the_relay().state().redis_up; }));
}

TEST_F(RedisOverTls, SaysNothingToWhomNobodyVouchesFor) {
    const support::Certificate another;
    EXPECT_NE(why_refused(options_for(another)).find("certificate verify failed"), std::string::npos)
        << why_refused(options_for(another));
    auto clear = options_for(certificate_);
    clear.port = safe_.port();  // Where the same server speaks in clear text: it answers no hello.
    EXPECT_TRUE(why_refused(clear).starts_with("TLS: ")) << why_refused(clear);
    auto nowhere = options_for(certificate_);
    nowhere.tls_ca = "no-such-file.pem";
    EXPECT_TRUE(why_refused(nowhere).starts_with("TLS: ")) << why_refused(nowhere);
    auto otherwise_named = options_for(certificate_);
    otherwise_named.address = "127.0.0.2";
    EXPECT_TRUE(why_refused(otherwise_named) != "");
}

TEST_F(RedisOverTls, IsInterruptedWhileItWaits) {
    RedisLink link{options_for(certificate_)};
    ASSERT_TRUE(link.connect()) << link.trouble();
    std::jthread waiting{[&] { EXPECT_FALSE(link.command({"BLPOP", "nothing", "0"}, 30s)); }};
    ASSERT_TRUE(eventually([&] {
        return safe_.command({"CLIENT", "LIST"}).find("cmd=blpop") != std::string::npos;
    }));
    const auto before = std::chrono::steady_clock::now();
    link.interrupt();
    waiting.join();
    EXPECT_LT(std::chrono::steady_clock::now() - before, 5s);
}

TEST_F(EventsTest, APositionThatWasSetBackOrDeletedIsNoticedByTheRunningProcess) {
    Producer producer{"orders", redis_.options()};
    const auto consumer = consume({producer.source()});
    producer.say_all(1, 5);
    ASSERT_TRUE(learner_.learns("orders", 1, 5));
    learner_.database().run("UPDATE consumed SET seq = 3, frame_hash = NULL");
    const auto again = [&](const std::vector<int>& numbers) {
        return eventually([&] { return learner_.learnt("orders") == numbers; });
    };
    EXPECT_TRUE(again({1, 2, 3, 4, 5, 4, 5}));
    learner_.database().run("DELETE FROM consumed");
    EXPECT_TRUE(again({1, 2, 3, 4, 5, 4, 5, 1, 2, 3, 4, 5}));
    producer.say({6});
    EXPECT_TRUE(again({1, 2, 3, 4, 5, 4, 5, 1, 2, 3, 4, 5, 6}));
    EXPECT_FALSE(consumer->states()[0].stopped);
}

}  // namespace
}  // namespace shanhai::events
