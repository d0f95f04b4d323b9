#pragma once

#include "chassis/events/consumer.hpp"
#include "chassis/events/relay.hpp"
#include "chassis/http/client.hpp"
#include "chassis/http/server.hpp"
#include "chassis/observe/health.hpp"
#include "support/async.hpp"
#include "support/database.hpp"
#include "support/servers.hpp"

#include <gtest/gtest.h>
#include <algorithm>
#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <deque>
#include <mutex>
#include <numeric>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace shanhai::events {

using namespace std::chrono_literals;
using support::eventually;

inline constexpr const char* internal_key = "key of the tests";

/// Serves a router on a loopback port while it lives.
class Served {
public:
    explicit Served(const http::Router& router, std::uint16_t port = 0) {
        http::ServerOptions options;
        options.port = port;
        options.access_log = false;
        server_.emplace(io_, options, router);
        thread_ = std::thread{[this] { io_.run(); }};
    }
    ~Served() {
        boost::asio::post(io_, [this] { io_.stop(); });
        thread_.join();
    }
    Served(const Served&) = delete;
    Served& operator=(const Served&) = delete;
    std::uint16_t port() const { return server_->port(); }

private:
    /// Kept to the end: a pool's thread that has just handed an answer back may still be inside it.
    static boost::asio::io_context& kept() {
        static auto& all = *new std::deque<boost::asio::io_context>;
        static std::mutex mutex;
        const std::lock_guard lock{mutex};
        return all.emplace_back(1);
    }

    boost::asio::io_context& io_ = kept();
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> alive_{io_.get_executor()};
    std::optional<http::Server> server_;
    std::thread thread_;
};

/// What /readyz answers with these checks: its status, and its text; status 0 when nobody answers.
inline std::pair<int, std::string> readiness_of(observe::Health& health) {
    http::Router router;
    health.mount(router);
    const Served served{router};
    http::Client client;
    http::ClientRequest request;
    request.url = "http://127.0.0.1:" + std::to_string(served.port()) + "/readyz";
    const auto answer = client.send(request);
    return answer ? std::pair{answer->status, answer->body} : std::pair{0, std::string{}};
}

/// A service that says numbers: its database, its relay and its feed.
class Producer {
public:
    explicit Producer(const std::string& name, const RedisOptions& redis)
        : name_{name}, redis_{redis}, pool_{database_.options()} {
        mount_feed(router_, pool_, name_, internal_key,
                   [this] { return std::chrono::milliseconds{behind_.load()}; });
        serve();
        relay();
    }

    /// One transaction that says these numbers.
    void say(const std::vector<int>& numbers) {
        std::vector<Event> events;
        for (const auto number : numbers) events.push_back({"test.Number", std::to_string(number)});
        auto work = [&events](database::Session& session) -> Result<Done> {
            publish(session, events);
            return Done{};
        };
        if (!pool_.transact_blocking(work)) throw std::runtime_error{"a fact was not stored"};
        if (relay_) relay_->wake();
    }
    void say_all(int first, int last) {
        for (int number = first; number <= last; ++number) say({number});
    }

    void serve() { served_.emplace(router_, port_), port_ = served_->port(); }
    void relay() {
        relay_.emplace(pool_, name_, redis_);
        relay_->start();
    }
    /// As when its process is gone.
    void vanish() {
        relay_.reset();
        served_.reset();
    }
    void stop_relay() { relay_.reset(); }
    /// How old is by now what it has learnt itself and passes on.
    void fall_behind(std::chrono::milliseconds age) { behind_ = age.count(); }

    Relay& the_relay() { return *relay_; }
    Source source() const {
        return {name_, "http://127.0.0.1:" + std::to_string(port_), support::fact_keys()};
    }
    support::Database& database() { return database_; }
    database::Pool& pool() { return pool_; }
    std::int64_t numbered() { return database_.number("SELECT COUNT(*) FROM outbox WHERE seq IS NOT NULL"); }

private:
    std::atomic<std::int64_t> behind_ = 0;
    std::string name_;
    RedisOptions redis_;
    support::Database database_{database::Schema{}};
    database::Pool pool_;
    http::Router router_;
    std::uint16_t port_ = 0;
    std::optional<Served> served_;
    std::optional<Relay> relay_;
};

/// The consuming service's table: every application leaves a row, so that a second one would show.
inline database::Schema learner_schema() {
    return {
        {"0001_learnt",
         "CREATE TABLE learnt (id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, producer VARCHAR(64) NOT NULL,"
         " seq BIGINT UNSIGNED NOT NULL, number INT NOT NULL, KEY (producer, id)) ENGINE = InnoDB;\n"}};
}

inline void learn(database::Session& session, const Frame& frame, const Event& event) {
    if (event.type != "test.Number") return;
    session.execute("INSERT INTO learnt (producer, seq, number) VALUES (?, ?, ?)", frame.producer, frame.seq,
                    std::stoi(event.payload));
}

/// The consuming service: its database, and copies of its process as the test starts them.
class Learner {
public:
    Learner() : pool_{database_.options()} {}

    ConsumerOptions options(const std::vector<Source>& sources, const RedisOptions& redis) const {
        ConsumerOptions options;
        options.name = "learner";
        options.sources = sources;
        options.redis = redis;
        options.internal_key = internal_key;
        options.feed_every = 500ms;
        options.retry_every = 500ms;
        return options;
    }
    std::vector<int> learnt(const std::string& producer) {
        std::vector<int> numbers;
        auto work = [&](database::Session& session) -> Result<Done> {
            numbers.clear();
            auto rows = session.query("SELECT number FROM learnt WHERE producer = ? ORDER BY id", producer);
            while (rows.next()) numbers.push_back(static_cast<int>(rows.integer(0)));
            return Done{};
        };
        if (!pool_.transact_blocking(work)) throw std::runtime_error{"cannot read what was learnt"};
        return numbers;
    }
    /// Whether exactly first … last were learnt, in order, each once, within the limit.
    bool learns(const std::string& producer, int first, int last, std::chrono::milliseconds limit = 20s) {
        std::vector<int> expected(static_cast<std::size_t>(last - first + 1));
        std::iota(expected.begin(), expected.end(), first);
        return eventually([&] { return learnt(producer).size() >= expected.size(); }, limit) &&
               learnt(producer) == expected;
    }
    support::Database& database() { return database_; }
    database::Pool& pool() { return pool_; }

private:
    support::Database database_{learner_schema()};
    database::Pool pool_;
};

class EventsTest : public testing::Test {
protected:
    std::unique_ptr<Consumer> consume(const std::vector<Source>& sources) {
        return consume(learner_.options(sources, redis_.options()), learn);
    }
    /// Takes facts together where it can, as services do.
    std::unique_ptr<Consumer> consume(ConsumerOptions options, Consumer::Apply apply) {
        options.apply_together = [apply](database::Session& session, std::span<const Told> told) {
            for (const auto& [frame, event] : told) apply(session, frame, event);
        };
        auto consumer = std::make_unique<Consumer>(learner_.pool(), std::move(options), std::move(apply),
                                                   [this] { ++refreshed_; });
        consumer->start();
        return consumer;
    }

    support::RedisServer redis_;
    Learner learner_;
    std::atomic<int> refreshed_ = 0;
};

}  // namespace shanhai::events
