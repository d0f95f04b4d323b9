#pragma once

#include <string>
#include <vector>

namespace shanhai::events {

/// How much a service that begins to learn, or is far behind, needs of what was said of one kind of fact.
enum class Past {
    every_fact,  ///< All of it: what was so earlier still matters.
    latest,      ///< The last fact about each subject.
};

/// A kind of fact that a service learns.
struct Wanted {
    std::string type;  ///< Full name of the message, "shanhai.event.v1.OrderPaid".
    Past past = Past::every_fact;

    friend bool operator==(const Wanted&, const Wanted&) = default;
};

/// As a feed is asked for them: "shanhai.event.v1.CountyRegistered:latest,shanhai.event.v1.OrderPaid".
std::string wanted_text(const std::vector<Wanted>& wanted);
/// Throws std::invalid_argument when that is no such text.
std::vector<Wanted> wanted_of(const std::string& text);

}  // namespace shanhai::events
