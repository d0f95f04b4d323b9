#include "chassis/events/relay.hpp"

#include "chassis/events/bell.hpp"
#include "chassis/events/outbox.hpp"
#include "chassis/events/stream_writer.hpp"
#include "chassis/guarded.hpp"
#include "chassis/observe/log.hpp"
#include "chassis/observe/metrics.hpp"
#include "chassis/security/crypto.hpp"

#include <mutex>
#include <thread>

namespace shanhai::events {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds tick{200};
/// Between attempts while the database is away.
constexpr std::chrono::milliseconds database_pause{1000};
/// After a Redis that was away or flushed, so many of the latest frames are put back; the feed has the rest.
constexpr std::uint64_t republished_max = 10'000;
constexpr std::size_t published_at_once = 1000;

/// What the relay's thread says and others ask; the metrics keep it alive.
class Reported {
public:
    Relay::State state() const {
        const std::lock_guard lock{mutex_};
        auto now = state_;
        // Nothing was heard from the database since: what waited then may be waiting still.
        if (silent_since_) now.lag += elapsed(*silent_since_);
        return now;
    }
    void set(Relay::State state) {
        const std::lock_guard lock{mutex_};
        state_ = state;
        silent_since_.reset();
    }
    void database_is_silent() {
        const std::lock_guard lock{mutex_};
        state_.leading = false;
        if (!silent_since_) silent_since_ = Clock::now();
    }

private:
    static std::chrono::milliseconds elapsed(Clock::time_point since) {
        return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - since);
    }

    mutable std::mutex mutex_;
    Relay::State state_;
    std::optional<Clock::time_point> silent_since_;
};

}  // namespace

class Relay::Impl {
public:
    Impl(database::Pool& pool, std::string producer, RedisOptions redis)
        : pool_{pool},
          producer_{std::move(producer)},
          me_{producer_ + "-" + security::hex(security::random_bytes(8))},
          stream_{std::move(redis), producer_, pool.options().outbox_keys},
          reported_{std::make_shared<Reported>()} {}

    void start() {
        observe::Metrics::process().gauge(
            "events_relay_lag_seconds", "Age of the oldest frame that has no number yet.",
            {{"producer", producer_}},
            [reported = reported_] { return static_cast<double>(reported->state().lag.count()) / 1000; });
        observe::Metrics::process().gauge(
            "events_relay_troubled", "1 when the outbox or the stream holds what its service did not write.",
            {{"producer", producer_}},
            [reported = reported_] { return reported->state().trouble.empty() ? 0.0 : 1.0; });
        thread_ = std::thread{[this] { run(); }};
    }

    void stop() {
        if (!thread_.joinable()) return;
        bell_.close();
        stream_.interrupt();
        thread_.join();
        const auto handed_back = pool_.transact_blocking([this](database::Session& session) -> Result<Done> {
            hand_back_lease(session, me_);
            return Done{};
        });
        if (!handed_back) observe::log_info("lease-not-returned", producer_ + ": it will lapse");
    }

    void wake() { bell_.ring(); }
    State state() const { return reported_->state(); }

private:
    void run() {
        ignore_broken_pipes_on_this_thread();
        std::chrono::milliseconds pause{0};
        while (bell_.wait(pause)) {
            pause = database_pause;
            chassis::guarded("relay of " + producer_, [&] { pause = turn(); });
        }
    }

    /// Numbers and publishes what is there. Returns how long there will probably be nothing more to do.
    std::chrono::milliseconds turn() {
        const auto head = number();
        if (!head) {
            reported_->database_is_silent();
            return database_pause;
        }
        const bool more = !head->led_by_another && publish(*head);
        say_trouble();
        State state;
        state.seq = head->seq;
        state.lag = head->lag;
        state.leading = leading_;
        state.redis_up = stream_.connected();
        state.trouble = trouble_;
        reported_->set(state);
        return more || (leading_ && head->waiting && outbox_trouble_.empty()) ? std::chrono::milliseconds{0}
                                                                              : tick;
    }

    /// The outbox after this relay did what it may; nothing when the database cannot be asked.
    std::optional<Head> number() {
        auto head = look();
        leading_ = leading_ && head && !head->led_by_another;
        if (!head || !head->waiting || head->led_by_another) return head;
        const auto numbered =
            pool_.transact_blocking([this](database::Session& session) -> Result<std::optional<std::size_t>> {
                return heeding_seals([&] { return number_frames(session, me_); });
            });
        if (!numbered && !outbox_trouble_.empty()) return head;
        if (!numbered) return std::nullopt;
        leading_ = numbered->has_value();
        return look();
    }

    /// Runs work on the outbox, and remembers when it met what this service did not write.
    template <class Work>
    auto heeding_seals(Work work) -> Result<decltype(work())> {
        try {
            auto result = work();
            outbox_trouble_.clear();
            return result;
        } catch (const UnsealedFrame& frame) {
            outbox_trouble_ = frame.what();
            return Error{Failure::internal, "outbox-unsealed", outbox_trouble_};
        }
    }

    void say_trouble() {
        auto trouble = outbox_trouble_.empty() ? stream_.foreign() : outbox_trouble_;
        if (trouble == trouble_) return;
        trouble_ = std::move(trouble);
        if (trouble_.empty()) {
            observe::log_info("relay-untroubled", producer_ + " tells its facts again");
        } else {
            observe::log_error("relay-troubled", producer_ + ": " + trouble_);
        }
    }

    std::optional<Head> look() {
        const auto head = pool_.transact_blocking(
            [this](database::Session& session) -> Result<Head> { return look_at_outbox(session, me_); });
        return head ? std::optional{*head} : std::nullopt;
    }

    /// True when the stream lacks more than was added now.
    bool publish(const Head& head) {
        if (!stream_.ready(head.epoch, head.seq)) return false;
        const auto oldest = head.seq > republished_max ? head.seq - republished_max : 0;
        const auto after = std::max(stream_.top(), oldest);
        if (after >= head.seq) return false;
        const auto frames =
            pool_.transact_blocking([&](database::Session& session) -> Result<std::vector<RawFrame>> {
                return heeding_seals(
                    [&] { return frames_after(session, after, published_at_once, outbox_bytes_at_once); });
            });
        return frames && !frames->empty() && stream_.add(*frames, head.epoch) && stream_.top() < head.seq;
    }

    database::Pool& pool_;
    const std::string producer_;
    const std::string me_;  // Unique, so that two relays in one process are two.
    StreamWriter stream_;
    const std::shared_ptr<Reported> reported_;
    Bell bell_;
    bool leading_ = false;
    std::string outbox_trouble_;
    std::string trouble_;  // As it was said last.
    std::thread thread_;
};

Relay::Relay(database::Pool& pool, std::string producer, RedisOptions redis)
    : impl_{std::make_unique<Impl>(pool, std::move(producer), std::move(redis))} {}
Relay::~Relay() { impl_->stop(); }
void Relay::start() { impl_->start(); }
void Relay::stop() { impl_->stop(); }
void Relay::wake() { impl_->wake(); }
Relay::State Relay::state() const { return impl_->state(); }

}  // namespace shanhai::events
