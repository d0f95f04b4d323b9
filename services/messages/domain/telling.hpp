#pragma once

#include "messages/domain/message.hpp"

#include <string_view>
#include <vector>

namespace shanhai::messages {

// Which fact is news, and of which kind. Nothing: it is none.

/// What the house hears of a step of its application; its own steps are no news to it.
std::optional<Kind> kind_of_step(std::string_view action);
/// What an office hears whose step is awaited.
std::optional<Kind> kind_of_awaited(std::string_view action);
/// What an office hears of a proposal in it; `taken_back`: whoever proposed it answered it.
std::optional<Kind> kind_of_proposal(std::string_view outcome, bool taken_back);
/// What the operator hears of a house's application to sell here.
std::optional<Kind> kind_of_onboarding(std::string_view state);
/// What of it nobody has to do any more once an application is in that state; nothing of one we do not know.
std::vector<Kind> settled_in(std::string_view state);
/// `before` is the state that was known; nothing: none was.
std::optional<Kind> kind_of_change(std::optional<CertificationState> before, CertificationState now);
/// A merchant's sales; whoever is new begins to sell without a word.
std::optional<Kind> kind_of_activity(std::optional<bool> before, bool active);

/// A service that begins to learn hears of years at once: only what is not older than this becomes a message.
inline constexpr std::chrono::days news_age_max{30};
inline bool is_news(Instant happened, Instant now) { return happened >= now - news_age_max; }

/// How long messages are kept.
inline constexpr std::chrono::days message_age_max{400};

/// So near the end a certification is warned of: at most `ahead` days are left, and more than `after`.
/// Whoever comes late is warned once, by the nearest one.
struct Ending {
    Kind kind;
    int ahead;
    int after;
};
inline constexpr std::array<Ending, 3> endings{{{Kind::certification_ends_60, 60, 30},
                                                {Kind::certification_ends_30, 30, 14},
                                                {Kind::certification_ends_14, 14, 0}}};

}  // namespace shanhai::messages
