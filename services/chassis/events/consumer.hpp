#pragma once

#include "chassis/database/pool.hpp"
#include "chassis/events/frame.hpp"
#include "chassis/events/relay.hpp"
#include "chassis/events/wanted.hpp"
#include "chassis/security/key_ring.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace shanhai::events {

/// Where a consumer learns the facts of one producer.
struct Source {
    std::string producer;
    std::string feed_url;    ///< "http://127.0.0.1:8081", the internal address of the producing service.
    security::KeyRing keys;  ///< The producer's: nothing that they do not prove is believed.
};

struct ConsumerOptions {
    std::string name;  ///< The consuming service.
    std::vector<Source> sources;
    RedisOptions redis;
    std::string internal_key;  ///< The secret "internal_feed".
    /// Asks the feeds for these facts only, so that a new service need not hear all that was ever said.
    /// Empty: for all there are.
    std::vector<Wanted> learns;
    std::size_t frames_max = 256;  ///< Applied in one transaction.
    /// How often every producer is asked for its head, however busy its stream is: the heartbeat.
    std::chrono::milliseconds feed_every{5000};
    /// How often a producer that was stopped is tried again, in case somebody repaired or skipped the frame.
    std::chrono::milliseconds retry_every{30000};
    /// Makes copies in memory be read again; called in the transaction in which a fact is set aside or taken
    /// back (set_aside.hpp). A service without it trusts everything, so its consumption stops at the first
    /// refusal.
    std::function<void(database::Session&)> trust_changed;
    /// Applies facts in order as `apply` would one by one, for less. Where one of them makes no sense nothing
    /// counts of what it did, and they are applied one by one. Empty: always so.
    std::function<void(database::Session&, std::span<const Told>)> apply_together{};
    /// Full names of facts that are never set aside, because what follows them would be wrong without them.
    std::vector<std::string> never_set_aside;
};

/// Applies the frames of other services exactly once: the position `consumed(producer, seq)` commits with
/// the effect. Reads Redis streams while they are whole and the producer's feed where they are not. One
/// thread applies; another one asks the feeds, all at once: a producer that is silent delays nobody else's
/// facts. A fact that cannot be applied is set aside for what it is about (set_aside.hpp), visibly, and the
/// rest goes on; where that cannot be told it stops that producer's consumption. It is never skipped. So does
/// whatever the producer's keys do not prove, in the stream or in the feed, and another content under a
/// number that was applied. A stream that somebody else wrote to is not read until the foreign entry is gone
/// from it (`shanhai events resume` deletes the stream); then the feed's word is taken by itself.
class Consumer {
public:
    /// Applies one event inside the transaction. Unknown types are for somebody else: ignore them.
    /// Throw to say «cannot be applied».
    using Apply = std::function<void(database::Session&, const Frame&, const Event&)>;
    /// Called after each commit (and once at start), on the consumer's thread: refresh what is in memory.
    /// Another copy of this service may have done the applying. When it throws it is called again a second
    /// later.
    using Applied = std::function<void()>;

    Consumer(database::Pool& pool, ConsumerOptions options, Apply apply, Applied applied);
    ~Consumer();

    void start();
    /// Returns within about a second and a half, whatever Redis and its network do, and does not wait for
    /// producers.
    void stop();

    /// The age of what was never known at all.
    static constexpr std::chrono::milliseconds age_of_nothing = std::chrono::hours{24 * 365};

    struct State {
        std::string producer;
        std::uint64_t seq = 0;  ///< The last frame that was applied.
        /// How long ago we knew everything that the producer had said: only the producer itself can tell, by
        /// its feed, so it grows while the producer is down, even if the stream was read to its end.
        std::chrono::milliseconds age{0};
        bool stopped = false;                ///< On a frame that cannot be applied.
        std::vector<std::string> set_aside;  ///< The facts that wait, in words.
        bool forged = false;  ///< Stopped because somebody else than the producer spoke in its name.
        std::string reason;
    };
    std::vector<State> states() const;
    /// Throws std::logic_error for a producer that is not among the sources.
    std::chrono::milliseconds age(std::string_view producer) const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

/// Steps over frame `seq`, the one at which the service that `pool` belongs to stopped consuming `producer`,
/// and records who did it and why in `skipped_frame`. For a human, through `shanhai events skip`. Fails with
/// `unknown-producer`, `not-stopped-there` or, without a name and a reason, `validation-failed`.
Result<Done> skip_frame(database::Pool& pool, const std::string& producer, std::uint64_t seq,
                        const std::string& who, const std::string& reason);

}  // namespace shanhai::events
