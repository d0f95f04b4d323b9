#pragma once

#include "chassis/events/applier.hpp"
#include "chassis/events/board.hpp"
#include "chassis/events/feed_asker.hpp"
#include "chassis/events/position.hpp"
#include "chassis/events/stream_reader.hpp"
#include "chassis/observe/metrics.hpp"

#include <algorithm>
#include <utility>

namespace shanhai::events {

/// One producer's facts on their way into one consumer: position, feed, freshness, and what to do next and
/// when. Used by the consumer's thread only.
class Track {
public:
    using Clock = std::chrono::steady_clock;
    using Moment = Clock::time_point;

    /// `index` is the producer's place in `options.sources` and on the board.
    Track(database::Pool& pool, const ConsumerOptions& options, std::size_t index, Board& board,
          const Consumer::Apply& apply, StreamReader& streams, FeedAsker& feeds);

    /// Reads the stored position; false, to be called again, while the database is away.
    bool load();

    /// When the feed is to be asked again; never, as long as it has not answered.
    Moment feed_due() const { return feeds_.busy(index_) ? Moment::max() : feed_due_; }
    /// When there is something to do without news: at the latest then.
    Moment next_due(Moment now) const {
        return stopped_ || stream_due_ <= now ? feed_due() : std::min(feed_due(), stream_due_);
    }
    /// Asks the feed not later than at `when`, unless consumption has stopped.
    void want_feed(Moment when) {
        if (!stopped_) feed_due_ = std::min(feed_due_, when);
    }
    /// Asks the producer's feed.
    void ask_feed();
    /// Applies the page that the feed answered with, if it did, and decides when to ask again.
    void take_answer();

    /// Where to read the stream from; nothing while the stream is not to be read.
    std::optional<StreamPosition> stream_position(Moment now) const;
    /// Applies what the stream brought, when it is this producer's.
    void take_if_yours(const StreamNews& news);

    /// Whether the position moved since this was asked last.
    bool moved() { return std::exchange(moved_, false); }
    /// What is applied is now in memory too.
    void in_memory();

private:
    /// What a page of the feed is an answer to. The stream may have gone on before it comes.
    struct Asked {
        std::uint64_t seq;
        std::string frame_hash;
        Moment at;
    };

    void take_page(const FeedPage& page, const Asked& asked);
    bool still_there();
    void look_after_set_aside();
    void show_set_aside();
    bool stream_is_clean();
    bool same_life(const FeedPage& page, const Asked& asked);
    bool goes_on_here(const FeedPage& page, const Asked& asked);
    void stop_at_foreign(const Result<FeedPage>& page);
    void ask_for_more(const FeedPage& page);
    Telling telling() const { return seq_ < whole_until_ ? Telling::whole : Telling::condensed; }
    bool apply(const Stretch& stretch);
    bool apply_condensed(const Stretch& stretch);
    bool apply_chunk(std::vector<RawFrame> frames);
    bool apply_around(std::vector<RawFrame> frames, std::uint64_t refused);
    BatchOutcome try_batch(const Stretch& stretch, Care care);
    bool accept(const BatchOutcome& outcome);
    enum class Because { refused, forged };
    /// What a human must look into. It may change its kind while it lasts: a forged entry is gone, and then
    /// the true frame cannot be applied.
    struct Stop {
        std::uint64_t after;
        std::string reason;
        bool forged;
        friend bool operator==(const Stop&, const Stop&) = default;
    };
    void stop(const std::string& reason, Because because);
    void resume();
    void pause(const std::string& trouble);
    void remember();

    database::Pool& pool_;
    const ConsumerOptions& options_;
    const std::size_t index_;
    const std::string producer_;
    Board& board_;
    const Consumer::Apply& apply_;
    StreamReader& streams_;
    FeedAsker& feeds_;
    observe::Metrics::Counter& applied_total_;
    Freshness freshness_;
    std::uint64_t seq_ = 0;
    std::string epoch_;
    std::string frame_hash_;               // Of frame seq_; empty when unknown.
    std::optional<ForeignEntry> foreign_;  // What somebody else wrote into the stream.
    bool foreign_told_ = false;            // The feed was asked about it, and consumption stopped.
    /// Up to there the feed is asked for whole frames, since something in a condensed page was refused.
    std::uint64_t whole_until_ = 0;
    std::optional<Asked> asked_;   // Nothing when the answer, should one come, is worth nothing.
    std::optional<Stop> stopped_;  // As it was written down.
    bool moved_ = false;
    bool complained_ = false;
    std::chrono::milliseconds pause_{0};  // Grows while something stays away.
    Moment feed_due_{};
    Moment stream_due_{};
    Moment remembered_{};
};

}  // namespace shanhai::events
