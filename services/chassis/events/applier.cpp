#include "chassis/events/applier.hpp"

#include "chassis/database/touched.hpp"
#include "chassis/events/position.hpp"
#include "chassis/events/set_aside.hpp"
#include "chassis/observe/log.hpp"
#include "chassis/security/crypto.hpp"

#include <algorithm>

namespace shanhai::events {
namespace {

/// A frame that cannot be applied, thrown past the pool's retries.
struct Refusal {
    std::uint64_t seq;
    std::string reason;
    BatchOutcome::Kind kind = BatchOutcome::Kind::refused;
};

/// Where the stored position stands.
struct Place {
    std::uint64_t seq;
    std::string frame_hash;
};

Place lock_position(database::Session& session, const std::string& producer) {
    auto rows = session.query(
        "SELECT seq, COALESCE(frame_hash, '') FROM consumed WHERE producer = ? FOR UPDATE", producer);
    if (!rows.next()) throw Refusal{0, "the position has vanished", BatchOutcome::Kind::gone};
    return {rows.natural(0), rows.text(1)};
}

/// A number that was applied already must come with the content that was applied.
void expect_same(const Place& place, const RawFrame& frame) {
    if (frame.seq != place.seq || place.frame_hash.empty()) return;
    if (security::sha256(frame.bytes) == place.frame_hash) return;
    throw Refusal{frame.seq, "another content under a number that was applied already",
                  BatchOutcome::Kind::forged};
}

/// Runs what applies something of frame `seq`. Trouble of the database that passes is nobody's fault and goes
/// on to the pool; all else is a refusal.
template <class Work>
void refusing(std::uint64_t seq, Work work) {
    try {
        work();
    } catch (const database::SqlError& error) {
        if (error.passing()) throw;
        throw Refusal{seq, error.what()};
    } catch (const std::exception& error) {
        throw Refusal{seq, error.what()};
    }
}

/// All facts at once, or one by one: then a refusal names its frame, or is set aside.
enum class Manner { together, one_by_one, setting_aside };

/// One batch inside its transaction.
class Batch {
public:
    Batch(database::Session& session, const std::string& producer, const Handling& handling, Manner manner)
        : session_{session}, producer_{producer}, handling_{handling}, manner_{manner} {}

    BatchOutcome apply(const Stretch& stretch) {
        const auto before = lock_position(session_, producer_);
        if (handling_.options.trust_changed) waiting_ = waiting_subjects(session_, producer_);
        // What waits is superseded before the next fact is taken.
        if (!waiting_.empty() && manner_ == Manner::together) manner_ = Manner::one_by_one;
        database::TouchedTogether touches;
        const auto place = stretch.condensed ? apply_condensed(stretch.frames, *stretch.condensed, before)
                                             : apply_all(stretch.frames, before);
        if (trust_changed_) handling_.options.trust_changed(session_);
        touches.write(session_);
        if (place.seq > before.seq) move_position(place);
        return {BatchOutcome::Kind::applied,
                place.seq,
                place.seq - before.seq,
                place.frame_hash,
                {},
                trust_changed_};
    }

private:
    Place apply_all(const std::vector<RawFrame>& frames, Place place) {
        const RawFrame* last = nullptr;
        for (const auto& frame : frames) {
            if (last == nullptr) expect_same(place, frame);
            if (frame.seq <= place.seq) continue;
            if (frame.seq != place.seq + 1) break;
            apply_frame(frame);
            place.seq = frame.seq;
            last = &frame;
        }
        apply_gathered();
        if (last != nullptr) place.frame_hash = security::sha256(last->bytes);
        return place;
    }

    Place apply_condensed(const std::vector<RawFrame>& frames, const Stretch::Span& span, Place place) {
        if (span.after > place.seq || span.until <= place.seq) return place;
        for (const auto& frame : frames) {
            if (frame.seq > place.seq) apply_frame(frame);
        }
        apply_gathered();
        return {span.until, span.until_hash};
    }

    void apply_frame(const RawFrame& raw) {
        Frame frame;
        refusing(raw.seq, [&] { frame = decode_frame(producer_, raw); });
        if (manner_ == Manner::together) {
            gathered_.push_back(std::move(frame));
            return;
        }
        for (const auto& event : frame.events) {
            manner_ == Manner::setting_aside ? apply_or_set_aside(frame, event) : apply_event(frame, event);
        }
    }

    void apply_gathered() {
        if (gathered_.empty()) return;
        std::vector<Told> told;
        for (const auto& frame : gathered_) {
            for (const auto& event : frame.events) told.push_back({frame, event});
        }
        refusing(gathered_.front().seq, [&] { handling_.options.apply_together(session_, told); });
    }

    void apply_event(const Frame& frame, const Event& event) {
        refusing(frame.seq, [&] { handling_.apply(session_, frame, event); });
        if (!waiting_.empty()) supersede(event);
    }

    void apply_or_set_aside(const Frame& frame, const Event& event) {
        session_.run("SAVEPOINT before_event");
        try {
            apply_event(frame, event);
        } catch (const Refusal& refusal) {
            const auto subject = may_wait(event) ? subject_of(event) : std::nullopt;
            if (!subject) throw;
            session_.run("ROLLBACK TO SAVEPOINT before_event");
            const auto id = set_aside(session_, frame, event, *subject, shortened(refusal.reason));
            waiting_.insert_or_assign({event.type, subject->text()}, id);
            trust_changed_ = true;
        }
    }

    bool may_wait(const Event& event) const {
        const auto& never = handling_.options.never_set_aside;
        return handling_.options.trust_changed && std::ranges::find(never, event.type) == never.end();
    }

    /// The last fact counts: what waited about the same thing is of no more interest.
    void supersede(const Event& event) {
        const auto subject = subject_of(event);
        if (!subject) return;
        const auto found = waiting_.find({event.type, subject->text()});
        if (found == waiting_.end()) return;
        close_fact(session_, found->second, "a later fact", "");
        waiting_.erase(found);
        trust_changed_ = true;
    }

    void move_position(const Place& place) {
        session_.execute(
            "UPDATE consumed SET seq = ?, frame_hash = ?, at = UTC_TIMESTAMP(6), stopped_reason = NULL,"
            " stopped_forged = FALSE WHERE producer = ?",
            place.seq, database::Literal::bytes(place.frame_hash), producer_);
    }

    database::Session& session_;
    const std::string& producer_;
    const Handling& handling_;
    Manner manner_;
    std::vector<Frame> gathered_;
    WaitingSubjects waiting_;
    bool trust_changed_ = false;
};

void fulfil(database::Session& session, const Wished& wished, const Handling& handling) {
    const auto& fact = wished.fact;
    if (wished.wish == Wish::retry && !wished.ours) {
        observe::log_error("set-aside-forged",
                           handling.options.name + " did not put this aside: " + fact.text());
        note_failed_retry(session, fact.id, "forged: this service did not put it aside so; close it");
        return;
    }
    if (wished.wish == Wish::retry) {
        const Frame frame{fact.producer, fact.seq, fact.at, {fact.event}};
        session.run("SAVEPOINT before_event");
        try {
            refusing(fact.seq, [&] { handling.apply(session, frame, fact.event); });
        } catch (const Refusal& refusal) {
            session.run("ROLLBACK TO SAVEPOINT before_event");
            note_failed_retry(session, fact.id, shortened(refusal.reason));
            return;
        }
    }
    close_fact(session, fact.id, wished.who, wished.reason);
}

BatchOutcome apply_in(Manner manner, database::Pool& pool, const std::string& producer,
                      const Stretch& stretch, const Handling& handling) {
    BatchOutcome outcome;
    const auto work = [&](database::Session& session) -> Result<BatchOutcome> {
        outcome = {};
        try {
            outcome = Batch{session, producer, handling, manner}.apply(stretch);
            return outcome;
        } catch (const Refusal& refusal) {
            outcome = {refusal.kind, refusal.seq, 0, {}, shortened(refusal.reason), false};
            return Error{Failure::internal, "frame-refused", "A frame cannot be applied."};
        }
    };
    const auto settled = pool.transact_blocking(work);
    if (settled) return outcome;
    const bool decided = outcome.kind != BatchOutcome::Kind::applied && !outcome.reason.empty();
    if (decided) return outcome;
    outcome = {};
    outcome.reason = settled.error().message();
    return outcome;
}

}  // namespace

BatchOutcome apply_batch(database::Pool& pool, const std::string& producer, const Stretch& stretch,
                         const Handling& handling, Care care) {
    if (care == Care::set_aside) return apply_in(Manner::setting_aside, pool, producer, stretch, handling);
    if (handling.options.apply_together) {
        const auto outcome = apply_in(Manner::together, pool, producer, stretch, handling);
        if (outcome.kind != BatchOutcome::Kind::refused) return outcome;
        observe::log_warning("facts-one-by-one", handling.options.name + ", from frame " +
                                                     std::to_string(outcome.seq) + " of " + producer + ": " +
                                                     outcome.reason);
    }
    return apply_in(Manner::one_by_one, pool, producer, stretch, handling);
}

Result<bool> fulfil_wishes(database::Pool& pool, const std::string& producer, const Handling& handling) {
    return pool.transact_blocking([&](database::Session& session) -> Result<bool> {
        const bool none = wished_facts(session, producer).empty();
        if (none) return false;
        // Copies of us look as well: under the position's lock one of them finds something.
        session.query("SELECT seq FROM consumed WHERE producer = ? FOR UPDATE", producer);
        const auto wished = wished_facts(session, producer);
        for (const auto& one : wished) fulfil(session, one, handling);
        if (!wished.empty()) handling.options.trust_changed(session);
        return !wished.empty();
    });
}

}  // namespace shanhai::events
