#include "chassis/events/findings.hpp"
#include "chassis/events/outbox.hpp"
#include "chassis/events/proof.hpp"
#include "chassis/events/stream_writer.hpp"
#include "chassis/http/client.hpp"
#include "chassis/http/parameters.hpp"
#include "chassis/security/crypto.hpp"
#include "integration/chassis/events_fixture.hpp"
#include "support/fact_types.hpp"

#include <google/protobuf/descriptor.h>
#include <functional>
#include <mutex>
#include "shanhai/event/v1/subject.pb.h"

namespace shanhai::events {
namespace {

/// What the consumer under test keeps: each event's type and payload, in the order of their application.
database::Schema keeper_schema() {
    return {{"0001_kept",
             "CREATE TABLE kept (id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, type VARCHAR(100) NOT NULL,"
             " payload BLOB NOT NULL) ENGINE = InnoDB;\n"}};
}

void keep(database::Session& session, const Frame&, const Event& event) {
    session.execute("INSERT INTO kept (type, payload) VALUES (?, ?)", event.type,
                    database::Literal::bytes(event.payload));
}

using Told = std::vector<std::pair<std::string, std::string>>;

/// Somebody who may do everything with Redis or with the network, but has no key; and a consumer to deceive.
class ForgeryTest : public testing::Test {
protected:
    std::unique_ptr<Consumer> consume(const Source& source) {
        ConsumerOptions options;
        options.name = "keeper";
        options.sources = {source};
        options.redis = redis_.options();
        options.internal_key = internal_key;
        options.feed_every = 100ms;
        options.retry_every = 100ms;
        auto consumer = std::make_unique<Consumer>(pool_, options, keep, [] {});
        consumer->start();
        return consumer;
    }

    Told kept() {
        Told told;
        auto work = [&](database::Session& session) -> Result<Done> {
            told.clear();
            auto rows = session.query("SELECT type, payload FROM kept ORDER BY id");
            while (rows.next()) told.emplace_back(rows.text(0), rows.text(1));
            return Done{};
        };
        if (!pool_.transact_blocking(work)) throw std::runtime_error{"cannot read what was kept"};
        return told;
    }

    static Event fact(const google::protobuf::Descriptor& type, int number) {
        const auto message = support::sample_fact(type, number);
        return {type.full_name(), message->SerializeAsString()};
    }

    /// What /readyz answers: its status, and its text.
    static std::pair<int, std::string> readiness(const Consumer& consumer) {
        observe::Health health;
        report_consumer(health, "keeper", consumer);
        return readiness_of(health);
    }

    void expect_named(const Consumer& consumer, const std::string& number) {
        const auto [status, text] = readiness(consumer);
        EXPECT_EQ(status, 503);
        EXPECT_NE(text.find(" of orders: "), std::string::npos) << text;
        EXPECT_NE(text.find(number), std::string::npos) << text;
    }

    support::RedisServer redis_;
    support::Database database_{keeper_schema()};
    database::Pool pool_{database_.options()};
};

/// The producer `orders`, without a relay: the test numbers, and the attacker publishes.
class Outbox {
public:
    explicit Outbox(const RedisOptions& redis) : producer_{"orders", redis} { producer_.stop_relay(); }

    void say(const Event& event) {
        auto work = [&event](database::Session& session) -> Result<Done> {
            publish(session, {event});
            number_frames(session, "the test");
            return Done{};
        };
        if (!producer_.pool().transact_blocking(work)) throw std::runtime_error{"a fact was not stored"};
        told_.emplace_back(event.type, event.payload);
    }
    std::string epoch() { return producer_.database().text("SELECT epoch FROM relay"); }
    std::uint64_t next() const { return told_.size() + 1; }
    const Told& told() const { return told_; }
    Source source() const { return producer_.source(); }

private:
    Producer producer_;
    Told told_;
};

/// An entry as a relay would write it for that frame and origin.
RedisLink::Words entry(std::uint64_t id, const Origin& origin, const RawFrame& frame) {
    return {"XADD",      "shanhai:orders", std::to_string(id) + "-0",
            epoch_field, origin.epoch,     frame_field,
            frame.bytes, mac_field,        frame.mac};
}

RawFrame as_told(const Origin& origin, std::uint64_t seq, const Event& event,
                 const security::KeyRing& keys = support::fact_keys()) {
    RawFrame frame{seq, encode_frame(now(), {event})};
    frame.mac = prove(keys, origin, frame);
    return frame;
}

/// All that somebody without the key can make of what went over the wire, put under the next number.
std::vector<std::pair<std::string, RedisLink::Words>> forgeries(const std::string& epoch, std::uint64_t next,
                                                                const Event& last, const Event& coming,
                                                                const Event& later, const Event& wished) {
    const Origin us{"orders", epoch};
    const Origin earlier_life{"orders", "another life"};
    const auto true_one = as_told(us, next, coming);
    auto truncated = true_one;
    truncated.bytes.pop_back();
    auto flipped = true_one;
    flipped.bytes.back() = static_cast<char>(flipped.bytes.back() ^ 1);
    auto bare = entry(next, us, true_one);
    bare.resize(bare.size() - 2);
    auto cut_mac = true_one;
    cut_mac.mac.resize(16);
    return {
        {"forged", entry(next, us, as_told(us, next, wished, security::KeyRing{"a guess"}))},
        {"replayed", entry(next, us, as_told(us, next - 1, last))},
        {"reordered", entry(next, us, as_told(us, next + 1, later))},
        {"truncated", entry(next, us, truncated)},
        {"flipped", entry(next, us, flipped)},
        {"without a MAC", bare},
        {"with half a MAC", entry(next, us, cut_mac)},
        {"of another producer", entry(next, us, as_told({"catalog", epoch}, next, wished))},
        {"of another life", entry(next, earlier_life, as_told(earlier_life, next, wished))},
        {"unreadable", {"XADD", "shanhai:orders", std::to_string(next) + "-0", "rubbish", "rubbish"}},
    };
}

class ForgedStream : public ForgeryTest, public testing::WithParamInterface<std::size_t> {
protected:
    /// Puts it where the next frame belongs; the true one is said afterwards. Nothing may come of the first,
    /// and the second must not be lost.
    void try_one(Outbox& outbox, const Consumer& consumer, const std::string& name,
                 const RedisLink::Words& words, const Event& coming) {
        const auto number = std::to_string(outbox.next());
        ASSERT_TRUE(attacker_.connected() || attacker_.connect());
        const auto added = attacker_.command(words);
        ASSERT_TRUE(added) << name;
        ASSERT_TRUE(eventually([&] { return consumer.states()[0].forged; }, 5s)) << name;
        EXPECT_NE(consumer.states()[0].reason.find(number + "-0"), std::string::npos)
            << name << ": " << consumer.states()[0].reason;
        const auto before = outbox.told();
        outbox.say(coming);
        EXPECT_EQ(kept(), before) << name;
        ASSERT_TRUE(delete_stream(redis_.options(), "orders"));
        EXPECT_TRUE(eventually([&] { return !consumer.states()[0].stopped; }, 5s)) << name;
        EXPECT_TRUE(eventually([&] { return kept() == outbox.told(); }, 5s)) << name;
    }

    RedisLink attacker_{redis_.options()};
};

TEST_P(ForgedStream, ChangesNothingStopsItsConsumerAndLosesNoFact) {
    const auto& type = *support::fact_types().at(GetParam());
    Outbox outbox{redis_.options()};
    outbox.say(fact(type, 1));
    const auto consumer = consume(outbox.source());
    ASSERT_TRUE(eventually([&] { return kept() == outbox.told(); }));
    const auto epoch = outbox.epoch();
    const auto kinds = forgeries(epoch, 2, fact(type, 1), fact(type, 2), fact(type, 3), fact(type, 4)).size();
    for (std::size_t kind = 0; kind < kinds; ++kind) {
        const auto next = static_cast<int>(outbox.next());
        const auto [name, words] = forgeries(epoch, outbox.next(), fact(type, next - 1), fact(type, next),
                                             fact(type, next + 1), fact(type, 1'000'000))
                                       .at(kind);
        try_one(outbox, *consumer, type.full_name() + " " + name, words, fact(type, next));
    }
    // As told by /readyz, once more.
    const Origin us{"orders", epoch};
    attacker_.command(
        entry(outbox.next(), us, as_told(us, outbox.next(), fact(type, 7), security::KeyRing{"x"})));
    ASSERT_TRUE(eventually([&] { return consumer->states()[0].forged; }));
    expect_named(*consumer, std::to_string(outbox.next()) + "-0 bears no good MAC");
}

INSTANTIATE_TEST_SUITE_P(EveryFact, ForgedStream,
                         testing::Range(std::size_t{0}, support::fact_types().size()),
                         [](const auto& one) { return support::fact_types().at(one.param)->name(); });

/// A feed as the network may change it: tells true pages until it is told how to lie.
class LyingFeed {
public:
    struct Page {
        PageClaims claims;
        std::vector<RawFrame> frames;
        security::KeyRing keys = support::fact_keys();
        std::function<void(http::Response&)> tamper = [](http::Response&) {};
    };
    using Lie = std::function<void(Page&)>;

    LyingFeed() {
        router_.on_quick(http::Method::get, "/internal/v1/frames/orders{?after,limit,nonce}",
                         [this](const http::Request& request) { return answer(request); });
    }
    void say(const Event& event) {
        const std::lock_guard lock{mutex_};
        frames_.push_back({frames_.size() + 1, encode_frame(now(), {event})});
        told_.emplace_back(event.type, event.payload);
    }
    void lie(Lie lie) {
        const std::lock_guard lock{mutex_};
        lie_ = std::move(lie);
    }
    Told told() const { return told_; }
    Source source() const {
        return {"orders", "http://127.0.0.1:" + std::to_string(served_.port()), support::fact_keys()};
    }

private:
    http::Response answer(const http::Request& request) {
        const std::lock_guard lock{mutex_};
        http::Parameters parameters{request};
        const auto after = static_cast<std::uint64_t>(parameters.integer("after", 0, 1'000'000));
        (void)parameters.complaints();
        Page page;
        page.claims = {"orders",
                       std::string{parameters.untyped("nonce")},
                       std::to_string(after),
                       std::to_string(frames_.size()),
                       "this life",
                       "0",
                       ""};
        if (after > 0) page.claims.last_hash = security::hex(security::sha256(frames_.at(after - 1).bytes));
        page.frames = {frames_.begin() + static_cast<std::ptrdiff_t>(after), frames_.end()};
        if (lie_) lie_(page);
        http::Response response;
        response.body = encode_feed(page.frames);
        response.headers = {{"Shanhai-Head", page.claims.head},
                            {"Shanhai-Epoch", page.claims.epoch},
                            {"Shanhai-Lag-Milliseconds", page.claims.lag},
                            {"Shanhai-Last-Hash", page.claims.last_hash},
                            {"Shanhai-Mac", security::hex(prove(page.keys, page.claims, response.body))}};
        page.tamper(response);
        return response;
    }

    std::mutex mutex_;
    std::vector<RawFrame> frames_;
    Told told_;
    Lie lie_;
    http::Router router_;
    Served served_{router_};
};

std::vector<std::pair<std::string, LyingFeed::Lie>> lies(const Event& wished) {
    using Page = LyingFeed::Page;
    const auto tamper = [](std::function<void(http::Response&)> how) {
        return [how = std::move(how)](Page& page) { page.tamper = how; };
    };
    return {
        {"forged",
         [wished](Page& page) {
             page.frames.back().bytes = encode_frame(now(), {wished});
             page.keys = security::KeyRing{"a guess"};
         }},
        {"replayed", [](Page& page) { page.claims.nonce = "of an older question"; }},
        {"reordered",
         [](Page& page) {
             std::swap(page.frames.front(), page.frames.back());
             page.frames.front().seq = page.frames.back().seq - 1;
             page.keys = security::KeyRing{"a guess"};
         }},
        {"truncated", tamper([](http::Response& response) { response.body.pop_back(); })},
        {"flipped", tamper([](http::Response& response) {
             response.body.back() = static_cast<char>(response.body.back() ^ 1);
         })},
        {"without a MAC", tamper([](http::Response& response) { response.headers.pop_back(); })},
        {"a head that hides facts", tamper([](http::Response& response) {
             response.headers.front().second = "1";
             response.body.clear();
         })},
        {"of another producer", [](Page& page) { page.claims.producer = "catalog"; }},
        {"of another life", [](Page& page) { page.claims.epoch = "another life"; }},
        {"set back", [](Page& page) { page.claims.head = "0", page.frames.clear(); }},
        {"another past",
         [](Page& page) { page.claims.last_hash = security::hex(security::sha256("other")); }},
        {"a gap", [](Page& page) { page.frames.erase(page.frames.begin()); }},
    };
}

class ForgedFeed : public ForgeryTest, public testing::WithParamInterface<std::size_t> {};

TEST_P(ForgedFeed, ChangesNothingStopsItsConsumerAndLosesNoFact) {
    const auto& type = *support::fact_types().at(GetParam());
    LyingFeed feed;
    feed.say(fact(type, 1));
    const auto consumer = consume(feed.source());
    ASSERT_TRUE(eventually([&] { return kept() == feed.told(); }));
    int number = 1;
    for (const auto& [what, lie] : lies(fact(type, 1'000'000))) {
        const auto name = type.full_name() + " " + what;
        const auto before = feed.told();
        feed.lie(lie);
        // Stopped first: a lie about an empty page may be the first thing that is heard.
        feed.say(fact(type, ++number));
        feed.say(fact(type, ++number));
        ASSERT_TRUE(eventually([&] { return consumer->states()[0].forged; }, 5s)) << name;
        EXPECT_EQ(kept(), before) << name;
        expect_named(*consumer, std::to_string(before.size()));
        feed.lie({});
        EXPECT_TRUE(eventually([&] { return !consumer->states()[0].stopped; }, 5s)) << name;
        EXPECT_TRUE(eventually([&] { return kept() == feed.told(); }, 5s)) << name;
    }
}

INSTANTIATE_TEST_SUITE_P(EveryFact, ForgedFeed, testing::Range(std::size_t{0}, support::fact_types().size()),
                         [](const auto& one) { return support::fact_types().at(one.param)->name(); });

TEST(FactTypes, AreAllThereIsButPartsAndEnvelopes) {
    std::vector<std::string> others;
    const auto facts = support::fact_types();
    for (const auto* type : support::event_messages()) {
        if (std::ranges::find(facts, type) == facts.end()) others.push_back(type->name());
    }
    // A new message is a fact and says what it is about, or is named here.
    EXPECT_EQ(others, (std::vector<std::string>{"AwaitedOffice", "Bounds", "BundleComponent", "Certification",
                                                "CertificationStep", "CertificationsHandedOver", "Event",
                                                "Frame", "NumberedFrame", "OrderLine"}));
    for (const auto* type : facts) {
        const auto& field = type->options().GetExtension(event::v1::subject);
        EXPECT_NE(type->FindFieldByName(field), nullptr) << type->name() << " has no field " << field;
    }
}

}  // namespace
}  // namespace shanhai::events
