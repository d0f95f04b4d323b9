#pragma once

#include "chassis/database/session.hpp"
#include "chassis/events/frame.hpp"

namespace shanhai::audit {

/// Keeps what the audit needs of other services' facts: names, pairings, placements, certifications, and
/// paid orders, which wait in pending_sale until the sequencer takes them; forgets whose an erased order was.
/// Throws when an event cannot be read.
void learn(database::Session& session, const events::Frame& frame, const events::Event& event);

}  // namespace shanhai::audit
