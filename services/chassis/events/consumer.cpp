#include "chassis/events/consumer.hpp"

#include "chassis/events/bell.hpp"
#include "chassis/events/feed_asker.hpp"
#include "chassis/events/track.hpp"
#include "chassis/guarded.hpp"
#include "chassis/observe/log.hpp"

#include <algorithm>
#include <stdexcept>
#include <thread>

namespace shanhai::events {
namespace {

using Clock = Track::Clock;

/// The longest wait for news, so that everything else gets its turn.
constexpr std::chrono::milliseconds patience_max{1000};
/// A wait of 0 would mean «for ever» to Redis.
constexpr std::chrono::milliseconds shortest_patience{1};
/// Between attempts at something that is away; without Redis, also between looks at the feeds.
constexpr std::chrono::milliseconds pause_length{1000};
/// A feed that answers does so within this, mostly: so long the streams wait for it.
constexpr std::chrono::milliseconds answer_first{5};
/// The longest that an answer of a feed waits for news of a stream.
constexpr std::chrono::milliseconds answer_patience{20};

std::chrono::milliseconds until(Clock::time_point moment) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(moment - Clock::now());
    return std::clamp(left, std::chrono::milliseconds{0}, patience_max);
}

std::vector<FeedTalk> talks_of(const ConsumerOptions& options) {
    std::vector<FeedTalk> talks;
    for (const auto& source : options.sources) {
        talks.emplace_back(source.producer, source.feed_url, options.internal_key, source.keys,
                           options.learns);
    }
    return talks;
}

}  // namespace

class Consumer::Impl {
public:
    Impl(database::Pool& pool, ConsumerOptions options, Apply apply, Applied applied)
        : options_{std::move(options)},
          apply_{std::move(apply)},
          applied_{std::move(applied)},
          streams_{options_.redis},
          feeds_{talks_of(options_), bell_},
          board_{std::make_shared<Board>(options_.sources)} {
        options_.frames_max = std::max<std::size_t>(options_.frames_max, 1);
        for (std::size_t i = 0; i < options_.sources.size(); ++i) {
            tracks_.push_back(std::make_unique<Track>(pool, options_, i, *board_, apply_, streams_, feeds_));
        }
    }

    void start() {
        show_measures();
        feeds_.start();
        thread_ = std::thread{[this] { run(); }};
    }

    void stop() {
        if (!thread_.joinable()) return;
        bell_.close();
        streams_.interrupt();
        thread_.join();
        feeds_.stop();
    }

    const Board& board() const { return *board_; }

private:
    void show_measures() const {
        auto& metrics = observe::Metrics::process();
        for (std::size_t i = 0; i < options_.sources.size(); ++i) {
            const observe::Labels labels{{"consumer", options_.name},
                                         {"producer", options_.sources[i].producer}};
            metrics.gauge(
                "events_consumer_age_seconds", "Age of what is known of a producer.", labels,
                [board = board_, i] { return static_cast<double>(board->state(i).age.count()) / 1000; });
            metrics.gauge("events_consumer_stopped", "1 when a frame could not be applied.", labels,
                          [board = board_, i] { return board->state(i).stopped ? 1.0 : 0.0; });
            metrics.gauge(
                "events_consumer_set_aside", "Facts that could not be applied and wait.", labels,
                [board = board_, i] { return static_cast<double>(board->state(i).set_aside.size()); });
            metrics.gauge("events_consumer_forged", "1 when somebody spoke in a producer's name.", labels,
                          [board = board_, i] { return board->state(i).forged ? 1.0 : 0.0; });
        }
    }

    void run() {
        ignore_broken_pipes_on_this_thread();
        bool loaded = false;
        while (!bell_.closed()) {
            const bool well = chassis::guarded(options_.name, [&] {
                loaded = loaded || load();
                if (loaded) look_for_news();
            });
            if (!well || !loaded) bell_.wait(pause_length);
        }
    }

    void look_for_news() {
        refresh();
        for (const auto& track : tracks_) track->take_answer();
        ask_feeds();
        refresh();
        read_streams();
    }

    bool load() {
        return std::all_of(tracks_.begin(), tracks_.end(), [](const auto& track) { return track->load(); });
    }

    /// Brings what was applied into memory; only then it counts as known.
    void refresh() {
        for (const auto& track : tracks_) refresh_wanted_ = track->moved() || refresh_wanted_;
        if (refresh_wanted_ && !bring_into_memory()) return;
        refresh_wanted_ = false;
        for (const auto& track : tracks_) track->in_memory();
    }

    bool bring_into_memory() {
        if (Clock::now() < refresh_due_) return false;
        try {
            applied_();
            return true;
        } catch (const std::exception& error) {
            observe::log_error("refresh-failed", options_.name + ": " + error.what());
            refresh_due_ = Clock::now() + pause_length;
            return false;
        }
    }

    void ask_feeds() {
        for (const auto& track : tracks_) {
            if (track->feed_due() <= Clock::now()) track->ask_feed();
        }
    }

    void read_streams() {
        const auto now = Clock::now();
        std::vector<StreamPosition> positions;
        for (const auto& track : tracks_) {
            if (auto position = track->stream_position(now)) positions.push_back(std::move(*position));
        }
        if (positions.empty()) {
            bell_.wait(until(next_due()));
        } else if (!streams_.ready()) {
            do_without_redis();
        } else {
            read_streams_at(positions, patience());
        }
    }

    /// How long to wait at the streams. Redis cannot be told that a feed has answered.
    std::chrono::milliseconds patience() {
        auto longest = patience_max;
        if (feeds_.waiting()) {
            bell_.wait(answer_first);
            longest = answer_patience;
        }
        if (feeds_.answered()) longest = shortest_patience;
        return std::clamp(until(next_due()), shortest_patience, longest);
    }

    void read_streams_at(const std::vector<StreamPosition>& positions, std::chrono::milliseconds patience) {
        const auto news = streams_.read(positions, options_.frames_max, patience);
        if (!news) {
            for (const auto& track : tracks_) track->want_feed(Clock::now());
            return;
        }
        for (const auto& one : *news) {
            for (const auto& track : tracks_) track->take_if_yours(one);
        }
    }

    void do_without_redis() {
        const auto soon = Clock::now() + pause_length;
        for (const auto& track : tracks_) track->want_feed(soon);
        bell_.wait(until(next_due()));
    }

    Clock::time_point next_due() const {
        auto due = Clock::now() + patience_max;
        for (const auto& track : tracks_) due = std::min(due, track->next_due(Clock::now()));
        if (refresh_wanted_) due = std::min(due, refresh_due_);
        return due;
    }

    ConsumerOptions options_;
    const Apply apply_;
    const Applied applied_;
    StreamReader streams_;
    Bell bell_;
    FeedAsker feeds_;
    const std::shared_ptr<Board> board_;
    std::vector<std::unique_ptr<Track>> tracks_;
    bool refresh_wanted_ = true;
    Clock::time_point refresh_due_{};
    std::thread thread_;
};

Consumer::Consumer(database::Pool& pool, ConsumerOptions options, Apply apply, Applied applied)
    : impl_{std::make_unique<Impl>(pool, std::move(options), std::move(apply), std::move(applied))} {}
Consumer::~Consumer() { impl_->stop(); }
void Consumer::start() { impl_->start(); }
void Consumer::stop() { impl_->stop(); }

std::vector<Consumer::State> Consumer::states() const { return impl_->board().states(); }

std::chrono::milliseconds Consumer::age(std::string_view producer) const {
    for (const auto& state : states()) {
        if (state.producer == producer) return state.age;
    }
    throw std::logic_error{"nothing is consumed from " + std::string{producer}};
}

}  // namespace shanhai::events
