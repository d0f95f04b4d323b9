#include "chassis/events/condense.hpp"

#include "chassis/events/subject.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>

namespace shanhai::events {
namespace {

/// A fact among the frames: which frame, and which of its events.
struct Place {
    std::size_t frame;
    std::size_t event;
};

/// Most of what it looks at is left out: nothing is copied before it is known to be kept.
class Condenser {
public:
    Condenser(const std::vector<RawFrame>& raw, const std::vector<Wanted>& wanted) {
        for (const auto& one : wanted) kinds_.push_back({one.type, one.past, {}});
        for (std::size_t i = 0; i < raw.size(); ++i) {
            frames_.push_back(view_of_frame(raw[i].bytes));
            const auto events = frames_[i] ? frames_[i]->events.size() : 0;
            kept_.emplace_back(events, false);
            for (std::size_t j = 0; j < events; ++j) look_at({i, j});
        }
    }

    std::vector<RawFrame> left_of(std::vector<RawFrame> raw) const {
        std::vector<RawFrame> left;
        for (std::size_t i = 0; i < raw.size(); ++i) {
            // What cannot be read the consumer shall name.
            const bool some = !frames_[i] || std::ranges::find(kept_[i], true) != kept_[i].end();
            if (!some) continue;
            const bool all = std::ranges::find(kept_[i], false) == kept_[i].end();
            if (!all) raw[i].bytes = rest_of(i);
            left.push_back(std::move(raw[i]));
        }
        return left;
    }

private:
    struct Told {
        bool first = false;
        std::optional<Place> latest;  // After the first.
    };
    struct Kind {
        std::string type;
        Past past;
        std::unordered_map<std::string, Told> told;  // By subject.
    };

    void look_at(Place place) {
        const auto& event = frames_[place.frame]->events[place.event];
        const auto kind = std::ranges::find(kinds_, event.type, &Kind::type);
        if (kind == kinds_.end()) return;
        kept_[place.frame][place.event] = true;
        if (kind->past == Past::latest) supersede(*kind, event, place);
    }

    void supersede(Kind& kind, const FrameView::EventView& event, Place place) {
        const auto subject = subject_of({kind.type, std::string{event.payload}});
        if (!subject) return;
        auto& told = kind.told[subject->text()];
        if (told.latest) kept_[told.latest->frame][told.latest->event] = false;
        if (told.first) told.latest = place;
        told.first = true;
    }

    /// The frame with the events that are kept, field by field as they stand in it.
    std::string rest_of(std::size_t i) const {
        std::string bytes{frames_[i]->at};
        for (std::size_t j = 0; j < frames_[i]->events.size(); ++j) {
            if (kept_[i][j]) bytes += frames_[i]->events[j].field;
        }
        return bytes;
    }

    std::vector<Kind> kinds_;
    std::vector<std::optional<FrameView>> frames_;
    std::vector<std::vector<bool>> kept_;
};

}  // namespace

std::vector<RawFrame> condense(std::vector<RawFrame> frames, const std::vector<Wanted>& wanted) {
    const Condenser condenser{frames, wanted};
    return condenser.left_of(std::move(frames));
}

}  // namespace shanhai::events
