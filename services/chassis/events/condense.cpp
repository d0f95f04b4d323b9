#include "chassis/events/condense.hpp"

#include "chassis/events/subject.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace shanhai::events {
namespace {

/// A fact among the frames: which frame, and which of its events.
struct Place {
    std::size_t frame;
    std::size_t event;
};

class Condenser {
public:
    explicit Condenser(const std::vector<Wanted>& wanted) {
        for (const auto& one : wanted) wanted_.insert_or_assign(one.type, one.past);
    }

    std::vector<RawFrame> condense(std::vector<RawFrame> raw) {
        for (std::size_t i = 0; i < raw.size(); ++i) {
            take(raw[i]);
            for (std::size_t j = 0; j < frames_[i].events.size(); ++j) look_at({i, j});
        }
        std::vector<RawFrame> left;
        for (std::size_t i = 0; i < raw.size(); ++i) {
            if (std::ranges::find(kept_[i], true) == kept_[i].end()) continue;
            // Most frames are wanted whole, and then need not be written anew.
            if (std::ranges::find(kept_[i], false) != kept_[i].end()) raw[i].bytes = rest_of(i);
            left.push_back(std::move(raw[i]));
        }
        return left;
    }

private:
    void take(const RawFrame& raw) try {
        frames_.push_back(decode_frame({}, raw));
        kept_.emplace_back(frames_.back().events.size(), false);
    } catch (const std::runtime_error&) {
        frames_.emplace_back();
        kept_.emplace_back(1, true);
    }

    void look_at(Place place) {
        const auto& event = frames_[place.frame].events[place.event];
        const auto wanted = wanted_.find(event.type);
        if (wanted == wanted_.end()) return;
        kept_[place.frame][place.event] = true;
        if (wanted->second == Past::latest) supersede(event, place);
    }

    void supersede(const Event& event, Place place) {
        const auto subject = subject_of(event);
        if (!subject) return;
        auto& told = told_[event.type][subject->text()];
        if (told.latest) kept_[told.latest->frame][told.latest->event] = false;
        if (told.first) told.latest = place;
        told.first = true;
    }

    std::string rest_of(std::size_t i) {
        std::vector<Event> events;
        for (std::size_t j = 0; j < frames_[i].events.size(); ++j) {
            if (kept_[i][j]) events.push_back(std::move(frames_[i].events[j]));
        }
        return encode_frame(frames_[i].at, events);
    }

    struct Told {
        bool first = false;
        std::optional<Place> latest;  // After the first.
    };

    std::unordered_map<std::string, Past> wanted_;
    std::vector<Frame> frames_;
    std::vector<std::vector<bool>> kept_;
    std::map<std::string, std::unordered_map<std::string, Told>> told_;
};

}  // namespace

std::vector<RawFrame> condense(std::vector<RawFrame> frames, const std::vector<Wanted>& wanted) {
    return Condenser{wanted}.condense(std::move(frames));
}

}  // namespace shanhai::events
