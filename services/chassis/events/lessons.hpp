#pragma once

#include "chassis/events/frame.hpp"
#include "chassis/events/wanted.hpp"

#include <concepts>
#include <functional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace shanhai::events {

/// A fact that was read, and when its producer wrote it.
template <class Fact>
struct Learnt {
    Fact fact;
    Instant at;
};

/// What a service learns: what it does with each kind of fact, and how much of the past it needs of it.
class Lessons {
public:
    /// `use` takes the session, the frame if it wants to know it, and the fact; or the session and a
    /// vector<Learnt<Fact>>, facts of this kind that follow each other, so that a long past costs a few
    /// statements and not one a fact. It throws when a fact makes no sense; it is then set aside, or stops
    /// the consumption. Which one it was is found out by applying them one by one.
    template <class Fact, class Use>
    Lessons& of(Past past, Use use) {
        const auto type = Fact{}.GetTypeName();
        wanted_.push_back({type, past});
        uses_.emplace(type, [use](database::Session& session, std::span<const Told> told) {
            if constexpr (std::invocable<Use, database::Session&, const std::vector<Learnt<Fact>>&>) {
                std::vector<Learnt<Fact>> learnt;
                learnt.reserve(told.size());
                for (const auto& one : told) learnt.push_back({read<Fact>(one), one.frame.at});
                use(session, learnt);
            } else if constexpr (std::invocable<Use, database::Session&, const Frame&, const Fact&>) {
                for (const auto& one : told) use(session, one.frame, read<Fact>(one));
            } else {
                for (const auto& one : told) use(session, read<Fact>(one));
            }
        });
        return *this;
    }

    /// Inside the consumer's transaction. Facts of other kinds are for others.
    void apply(database::Session& session, const Frame& frame, const Event& event) const {
        const Told told{frame, event};
        apply(session, {&told, 1});
    }
    /// As one after the other.
    void apply(database::Session& session, std::span<const Told> told) const {
        while (!told.empty()) {
            const auto& type = told.front().event.type;
            std::size_t run = 1;
            while (run < told.size() && told[run].event.type == type) ++run;
            const auto found = uses_.find(type);
            if (found != uses_.end()) found->second(session, told.first(run));
            told = told.subspan(run);
        }
    }
    const std::vector<Wanted>& wanted() const { return wanted_; }

private:
    using Use = std::function<void(database::Session&, std::span<const Told>)>;

    template <class Fact>
    static Fact read(const Told& told) {
        Fact fact;
        told.event.read(fact);
        return fact;
    }

    std::vector<Wanted> wanted_;
    std::unordered_map<std::string, Use> uses_;
};

}  // namespace shanhai::events
