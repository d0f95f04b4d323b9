#include "chassis/events/track.hpp"

#include "chassis/events/set_aside.hpp"
#include "chassis/observe/log.hpp"

#include <algorithm>

namespace shanhai::events {
namespace {

/// After the first failure of something that is away; then it doubles, up to the time between heartbeats.
constexpr std::chrono::milliseconds first_pause{500};
/// After a gap, until the stream is read again.
constexpr std::chrono::seconds gap_pause{1};
/// How often the age is written down for the next process.
constexpr std::chrono::seconds remember_every{15};

}  // namespace

Track::Track(database::Pool& pool, const ConsumerOptions& options, std::size_t index, Board& board,
             const Consumer::Apply& apply, StreamReader& streams, FeedAsker& feeds)
    : pool_{pool},
      options_{options},
      index_{index},
      producer_{options.sources[index].producer},
      board_{board},
      apply_{apply},
      streams_{streams},
      feeds_{feeds},
      applied_total_{observe::Metrics::process().counter(
          "events_frames_applied_total", "Frames applied, each once over all copies of a service.",
          {{"consumer", options.name}, {"producer", producer_}})} {}

bool Track::load() {
    const auto position = load_position(pool_, producer_);
    if (!position) return false;
    seq_ = position->seq;
    epoch_ = position->epoch;
    frame_hash_ = position->frame_hash;
    if (position->age) freshness_.remember(Clock::now() - *position->age);
    board_.set(index_, seq_, freshness_.fresh_at());
    show_set_aside();
    if (!position->stopped_reason.empty()) {
        // Until the first look at the feed tells otherwise.
        stopped_ = Stop{seq_, position->stopped_reason, position->stopped_forged};
        board_.stop(index_, position->stopped_reason, position->stopped_forged);
        observe::log_error("consumption-stopped",
                           options_.name + " had stopped at " + producer_ + ": " + position->stopped_reason);
    }
    return true;
}

void Track::ask_feed() {
    if (!still_there() || !stream_is_clean()) return;
    look_after_set_aside();
    asked_ = Asked{seq_, frame_hash_, Clock::now()};
    feed_due_ = asked_->at + options_.feed_every;
    feeds_.ask(index_, seq_, telling());
}

void Track::take_answer() {
    const auto page = feeds_.take(index_);
    if (!page) return;
    const auto asked = std::exchange(asked_, std::nullopt);
    if (!asked) return;
    if (foreign_) {
        stop_at_foreign(*page);
    } else if (*page) {
        take_page(**page, *asked);
    } else if (page->error().code() == feed_forged) {
        stop("frame " + std::to_string(seq_ + 1) + ": " + page->error().message(), Because::forged);
    } else {
        pause("its feed cannot be read: " + page->error().message());
    }
}

/// Looks whether the position is what we think it is: copies of us move it, and people may set it back.
bool Track::still_there() {
    const auto position = load_position(pool_, producer_);
    if (!position) {
        pause("the database is away");
        return false;
    }
    if (position->seq == seq_ && position->epoch == epoch_) return true;
    if (position->seq < seq_ || position->epoch != epoch_) {
        observe::log_warning("position-changed", options_.name + " goes on after frame " +
                                                     std::to_string(position->seq) + " of " + producer_);
    }
    seq_ = position->seq;
    epoch_ = position->epoch;
    frame_hash_ = position->frame_hash;
    moved_ = true;
    return true;
}

/// Copies of us set facts aside too, and humans wish something for them.
void Track::look_after_set_aside() {
    if (!options_.trust_changed) return;
    const auto changed = fulfil_wishes(pool_, producer_, {apply_, options_});
    if (!changed) {
        observe::log_warning("wishes-wait", options_.name + ": " + changed.error().message());
    } else if (*changed) {
        moved_ = true;
    }
    show_set_aside();
}

void Track::show_set_aside() {
    if (!options_.trust_changed) return;
    const auto facts =
        pool_.transact_blocking([this](database::Session& session) -> Result<std::vector<SetAside>> {
            return waiting_facts(session, producer_);
        });
    if (!facts) return;  // The database is away, which others say.
    std::vector<std::string> words;
    for (const auto& fact : *facts) words.push_back("#" + std::to_string(fact.id) + " " + fact.text());
    board_.set_aside(index_, std::move(words));
}

/// While the stream holds what somebody else wrote nothing is applied; it is over when the entry is gone.
/// Once the feed is asked nevertheless: what it says then is told with the stop.
bool Track::stream_is_clean() {
    if (!foreign_ || !foreign_told_) return true;
    if (streams_.holds_foreign({producer_, seq_, epoch_, options_.sources[index_].keys}, foreign_->id)) {
        feed_due_ = Clock::now() + options_.retry_every;
        return false;
    }
    foreign_.reset();
    return true;
}

void Track::take_page(const FeedPage& page, const Asked& asked) {
    if (!same_life(page, asked)) return;
    const auto before = seq_;
    ask_for_more(page);
    if (!apply(page.stretch)) {
        asked_.reset();  // What was asked follows what was not applied.
        return;
    }
    resume();
    pause_ = std::chrono::milliseconds{0};
    if (std::exchange(complained_, false)) {
        observe::log_info("producer-back", options_.name + " hears " + producer_ + " again");
    }
    freshness_.heard(page.head, asked.at, page.lag);
    if (seq_ < page.head) feed_due_ = Clock::now();
    // After a gap that the feed could not explain, the stream is not worth another look at once.
    if (seq_ > before) stream_due_ = Clock::now();
}

/// The next page comes while this one is applied, when it is known already what it follows.
void Track::ask_for_more(const FeedPage& page) {
    const auto& span = page.stretch.condensed;
    if (!span || stopped_ || span->after != seq_ || span->until >= page.head) return;
    asked_ = Asked{span->until, span->until_hash, Clock::now()};
    feeds_.ask(index_, span->until, Telling::condensed);
}

/// Numbers mean something only within one life of the producer's outbox.
bool Track::same_life(const FeedPage& page, const Asked& asked) {
    if (epoch_.empty()) {
        const auto adopted = adopt_epoch(pool_, producer_, page.epoch);
        if (!adopted) {
            pause("the database is away");
            return false;
        }
        epoch_ = page.epoch;
    }
    if (page.epoch != epoch_) {
        stop("the producer's outbox is not the one that was consumed so far: its database was made anew",
             Because::forged);
    } else if (page.head < asked.seq) {
        stop("the producer has given fewer numbers than were consumed: its database was set back",
             Because::forged);
    } else {
        return goes_on_here(page, asked);
    }
    return false;
}

/// Whether the page follows what was applied: the same last frame, and the next one after it.
bool Track::goes_on_here(const FeedPage& page, const Asked& asked) {
    const auto last = std::to_string(asked.seq);
    if (asked.seq > 0 && page.last_hash.empty()) {
        stop("the producer's outbox lacks frame " + last + ", which was applied", Because::forged);
    } else if (!asked.frame_hash.empty() && page.last_hash != asked.frame_hash) {
        stop("the producer tells another content of frame " + last + " than the one that was applied",
             Because::forged);
    } else if (lacks_next(page.stretch, asked.seq, page.head)) {
        stop("the producer's feed lacks frame " + std::to_string(asked.seq + 1), Because::forged);
    } else {
        return true;
    }
    return false;
}

std::optional<StreamPosition> Track::stream_position(Moment now) const {
    if (stopped_ || foreign_ || epoch_.empty() || now < stream_due_) return std::nullopt;
    return StreamPosition{producer_, seq_, epoch_, options_.sources[index_].keys};
}

void Track::take_if_yours(const StreamNews& news) {
    if (news.producer != producer_ || !apply({news.frames})) return;
    if (news.foreign) {
        foreign_ = news.foreign;
        foreign_told_ = false;
        feed_due_ = Clock::now();
    }
    if (!news.gap) return;
    feed_due_ = Clock::now();
    stream_due_ = feed_due_ + gap_pause;
}

/// Redis is only speed: what the producer itself says decides who is to be looked at.
void Track::stop_at_foreign(const Result<FeedPage>& page) {
    std::string feed = "and its feed cannot be read now";
    if (page) feed = "while its feed is sound: the stream was tampered with";
    if (!page && page.error().code() == feed_forged) feed = "and so does its feed";
    foreign_told_ = true;
    stop("stream entry " + foreign_->id + " " + foreign_->why + ", " + feed +
             "; nothing is applied until it is gone (shanhai events resume)",
         Because::forged);
}

bool Track::apply(const Stretch& stretch) {
    if (stretch.condensed) return apply_condensed(stretch);
    const auto& frames = stretch.frames;
    for (std::size_t from = 0; from < frames.size(); from += options_.frames_max) {
        const auto until = std::min(frames.size(), from + options_.frames_max);
        const auto at = [&](std::size_t i) { return frames.begin() + static_cast<std::ptrdiff_t>(i); };
        if (!apply_chunk({at(from), at(until)})) return false;
    }
    return true;
}

/// In one transaction. When something in it is refused, what was left out may be what counts instead: the
/// same stretch is read again as it is.
bool Track::apply_condensed(const Stretch& stretch) {
    const auto outcome = try_batch(stretch, Care::all_or_nothing);
    if (outcome.kind != BatchOutcome::Kind::refused) return accept(outcome);
    whole_until_ = stretch.condensed->until;
    feed_due_ = Clock::now();
    return false;
}

bool Track::apply_chunk(std::vector<RawFrame> frames) {
    const auto outcome = try_batch({frames}, Care::all_or_nothing);
    if (outcome.kind != BatchOutcome::Kind::refused) return accept(outcome);  // Others are no frame's fault.
    return apply_around(std::move(frames), outcome.seq);
}

BatchOutcome Track::try_batch(const Stretch& stretch, Care care) {
    return apply_batch(pool_, producer_, stretch, {apply_, options_}, care);
}

/// Applies what comes before a frame that was refused, then that frame alone, setting aside what of it cannot
/// be applied; then what comes after it.
bool Track::apply_around(std::vector<RawFrame> frames, std::uint64_t refused) {
    const auto middle = std::find_if(frames.begin(), frames.end(),
                                     [refused](const RawFrame& frame) { return frame.seq == refused; });
    const std::vector<RawFrame> earlier{frames.begin(), middle};
    if (!earlier.empty() && !accept(try_batch({earlier}, Care::all_or_nothing))) return false;
    if (!accept(try_batch({{*middle}}, Care::set_aside))) return false;
    return apply_chunk({middle + 1, frames.end()});
}

/// False when nothing more is to be applied now.
bool Track::accept(const BatchOutcome& outcome) {
    if (outcome.kind == BatchOutcome::Kind::failed) {
        pause("its frames cannot be stored: " + outcome.reason);
        return false;
    }
    if (outcome.kind == BatchOutcome::Kind::gone) {
        feed_due_ = stream_due_ = Clock::now();  // Which begins with a look at the position.
        return false;
    }
    if (outcome.kind != BatchOutcome::Kind::applied) {
        const bool forged = outcome.kind == BatchOutcome::Kind::forged;
        stop("frame " + std::to_string(outcome.seq) + " cannot be applied: " + outcome.reason,
             forged ? Because::forged : Because::refused);
        return false;
    }
    applied_total_.add(static_cast<double>(outcome.count));
    if (outcome.trust_changed) {
        show_set_aside();
        for (const auto& fact : board_.state(index_).set_aside) {
            observe::log_error("fact-set-aside", options_.name + " waits with " + fact);
        }
    }
    if (outcome.seq == seq_) return true;
    seq_ = outcome.seq;
    frame_hash_ = outcome.frame_hash;
    moved_ = true;
    resume();
    return true;
}

void Track::stop(const std::string& reason, Because because) {
    const Stop now{seq_, shortened(reason), because == Because::forged};
    asked_.reset();  // What was asked before says nothing about this.
    feed_due_ = Clock::now() + options_.retry_every;
    board_.stop(index_, now.reason, now.forged);
    if (stopped_ == now) return;
    observe::log_error("consumption-stopped",
                       options_.name + " consumes no more of " + producer_ + ": " + reason);
    if (mark_stopped(pool_, producer_, seq_, now.reason, now.forged)) {
        stopped_ = now;
    } else {
        stopped_.reset();  // Said again with the next attempt.
    }
}

void Track::resume() {
    if (!stopped_ || !mark_resumed(pool_, producer_)) return;
    stopped_.reset();
    board_.resume(index_);
    observe::log_info("consumption-resumed", options_.name + " consumes " + producer_ + " again");
}

void Track::pause(const std::string& trouble) {
    pause_ = std::min(std::max(pause_ * 2, first_pause), options_.feed_every);
    feed_due_ = stream_due_ = Clock::now() + pause_;
    if (stopped_) feed_due_ = Clock::now() + options_.retry_every;
    // Services of one process start one after the other: the first failure is not worth a warning.
    if (pause_ > first_pause && !std::exchange(complained_, true)) {
        observe::log_warning("producer-unheard", options_.name + " waits for " + producer_ + ": " + trouble);
    }
}

void Track::in_memory() {
    freshness_.reached(seq_);
    board_.set(index_, seq_, freshness_.fresh_at());
    remember();
}

void Track::remember() {
    const auto now = Clock::now();
    const auto fresh_at = freshness_.fresh_at();
    // What was learnt before the last note is in that note.
    if (!fresh_at || *fresh_at <= remembered_ || now < remembered_ + remember_every) return;
    const auto age = std::chrono::duration_cast<std::chrono::milliseconds>(now - *fresh_at);
    if (remember_age(pool_, producer_, age)) remembered_ = now;
}

}  // namespace shanhai::events
