#pragma once

#include "chassis/events/lessons.hpp"

#include <string>
#include <vector>

namespace shanhai::audit {

/// Keeps what the audit needs of other services' facts: names, pairings, placements, certifications, and
/// paid orders, which wait in pending_sale until the sequencer takes them; forgets whose an erased order was.
/// Throws when a fact makes no sense.
const events::Lessons& lessons();

/// The facts that wait until they can be learnt: without a pairing, a placement, a certification (they come
/// with their offers) or a sale the ledger would be wrong for ever, and what is to be forgotten is not left
/// lying. Others, names, are set aside.
std::vector<std::string> indispensable_facts();

}  // namespace shanhai::audit
