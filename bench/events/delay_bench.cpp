// How long a fact is on its way while other producers are silent: their ports are open, and nobody answers.
// For bench/events/run.

#include "producer.hpp"

#include "chassis/events/consumer.hpp"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <condition_variable>
#include <iostream>
#include <mutex>
#include <thread>

namespace shanhai::events {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int facts = 400;

/// Milliseconds from the commit of each fact until it was applied.
std::vector<double> ways(const std::string& socket, const RedisOptions& redis, std::size_t silent_producers) {
    const auto name = std::to_string(silent_producers);
    database::Pool producer{options_of(socket, "producer" + name)};
    database::Pool learner{options_of(socket, "learner" + name)};
    migrate(producer);
    migrate(learner);
    auto stream = redis;
    stream.prefix = "bench" + name;
    Relay relay{producer, "orders", stream};
    relay.start();
    const Feed feed{producer};

    boost::asio::io_context nobody;
    std::vector<boost::asio::ip::tcp::acceptor> doors;
    ConsumerOptions options;
    options.name = "bench";
    options.internal_key = feed_key;
    options.redis = stream;
    const auto keys = producer.options().outbox_keys;
    for (std::size_t i = 0; i < silent_producers; ++i) {
        const boost::asio::ip::tcp::endpoint here{boost::asio::ip::make_address("127.0.0.1"), 0};
        doors.emplace_back(nobody, here);
        const auto port = std::to_string(doors.back().local_endpoint().port());
        options.sources.push_back({"silent" + std::to_string(i), "http://127.0.0.1:" + port, keys});
    }
    options.sources.push_back({"orders", feed.url(), keys});

    std::mutex mutex;
    std::condition_variable applied;
    int seen = 0;
    Consumer consumer{learner, options,
                      [&](database::Session&, const Frame&, const Event&) {
                          const std::lock_guard lock{mutex};
                          ++seen;
                          applied.notify_all();
                      },
                      [] {}};
    consumer.start();
    std::vector<double> took;
    for (int fact = 1; fact <= facts; ++fact) {
        const auto said = producer.transact_blocking([&](database::Session& session) -> Result<Done> {
            publish(session, {{"bench.Fact", std::to_string(fact)}});
            return Done{};
        });
        if (!said) throw std::runtime_error{said.error().message()};
        const auto begin = Clock::now();
        relay.wake();
        std::unique_lock lock{mutex};
        applied.wait(lock, [&] { return seen >= fact; });
        took.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
        lock.unlock();
        std::this_thread::sleep_for(
            std::chrono::milliseconds{7});  // So that they meet every moment of a heartbeat.
    }
    consumer.stop();
    relay.stop();
    std::ranges::sort(took);
    return took;
}

}  // namespace
}  // namespace shanhai::events

int main(int argc, char** argv) try {
    using namespace shanhai::events;
    if (argc != 3) {
        std::cerr << "usage: delay_bench SOCKET REDIS_PORT\n";
        return 2;
    }
    RedisOptions redis;
    redis.port = static_cast<std::uint16_t>(std::stoul(argv[2]));
    for (const std::size_t silent : {0U, 3U}) {
        const auto took = ways(argv[1], redis, silent);
        std::cout << "a fact's way with " << silent << " silent producers: p50 " << took[took.size() / 2]
                  << " ms, p99 " << took[took.size() * 99 / 100] << " ms, longest " << took.back() << " ms\n";
    }
    return 0;
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
