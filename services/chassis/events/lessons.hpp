#pragma once

#include "chassis/events/frame.hpp"
#include "chassis/events/wanted.hpp"

#include <concepts>
#include <functional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace shanhai::events {

/// What a service learns: what it does with each kind of fact, and how much of the past it needs of it.
class Lessons {
public:
    /// `use` takes the session, the frame if it wants to know it, and the fact. It throws when the fact makes
    /// no sense; it is then set aside, or stops the consumption.
    template <class Fact, class Use>
    Lessons& of(Past past, Use use) {
        const auto type = Fact{}.GetTypeName();
        wanted_.push_back({type, past});
        uses_.emplace(type, [use](database::Session& session, const Frame& frame, const Event& event) {
            Fact fact;
            event.read(fact);
            if constexpr (std::invocable<Use, database::Session&, const Frame&, const Fact&>) {
                use(session, frame, fact);
            } else {
                use(session, fact);
            }
        });
        return *this;
    }

    /// Inside the consumer's transaction. Facts of other kinds are for others.
    void apply(database::Session& session, const Frame& frame, const Event& event) const {
        const auto found = uses_.find(event.type);
        if (found != uses_.end()) found->second(session, frame, event);
    }
    const std::vector<Wanted>& wanted() const { return wanted_; }

private:
    using Use = std::function<void(database::Session&, const Frame&, const Event&)>;

    std::vector<Wanted> wanted_;
    std::unordered_map<std::string, Use> uses_;
};

}  // namespace shanhai::events
