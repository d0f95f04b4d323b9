#pragma once

#include "chassis/database/pool.hpp"
#include "chassis/events/frame.hpp"
#include "chassis/http/router.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace shanhai::events {

struct RedisOptions {
    std::string address = "127.0.0.1";  ///< Numeric, or the path of a unix socket (begins with '/').
    std::uint16_t port = 6379;
    std::string password;
    std::string tls_ca;  ///< PEM file; with it nothing is said to a Redis that does not prove itself by it.
    /// What the streams' names begin with: installations that share a Redis must differ in it.
    /// Whoever shares one nevertheless touches nothing of the other's: both stop, visibly.
    std::string prefix = "shanhai:";
    std::chrono::milliseconds reply_limit{1000};
};

/// Numbers a service's frames and publishes them, each with its MAC (proof.hpp; the keys are the pool's
/// outbox_keys), as Redis stream "<prefix><producer>", entry ids "<seq>-0". A frame in the outbox that does
/// not bear the service's seal is not numbered, nor is anything after it; a stream that holds what this relay
/// did not write is left alone. Both are told as State::trouble. Any number of relays of one service may run:
/// a lease row, renewed in the transaction that numbers, elects one. Redis may be away, be flushed or answer
/// nonsense; the frames then wait in the feed.
class Relay {
public:
    Relay(database::Pool& pool, std::string producer, RedisOptions redis);
    ~Relay();  ///< Stops its thread; hands the lease back.

    void start();
    void stop();
    /// A frame was committed: look now instead of at the next tick (200 ms). From any thread.
    void wake();

    /// The last number given and the age of the oldest unnumbered frame, for metrics and readiness. The lag
    /// also grows while the database cannot be asked.
    struct State {
        std::uint64_t seq = 0;
        std::chrono::milliseconds lag{0};
        bool leading = false;
        bool redis_up = false;
        std::string trouble;  ///< What somebody must look into; empty when all is well.
    };
    State state() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

/// Mounts GET /internal/v1/frames/<producer>?after=<seq>&limit=<n> on the internal router: the numbered
/// frames after a position, oldest first, as length-prefixed protobuf, at most 1,000 and about 8 MB of them.
/// Its headers say what the reader must know to judge them (see FeedPage in feed.hpp), and carry the MAC of
/// it all. Asks for the secret "internal_feed" (header "Shanhai-Internal-Key"), else 401.
///
/// `behind` is how old what the producer itself has learnt is, when it passes that on: its word covers no
/// more than what it knows. Without it it passes nothing on.
void mount_feed(http::Router& internal, database::Pool& pool, const std::string& producer,
                const std::string& internal_key, std::function<std::chrono::milliseconds()> behind = nullptr);

}  // namespace shanhai::events
