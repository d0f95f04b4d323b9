#pragma once

#include "chassis/database/session.hpp"
#include "trace/domain/origin_card.hpp"

namespace shanhai::trace {

/// Everything that origin cards are made of. The revision is read first: facts that commit meanwhile
/// are at worst read early, and the next look at the revision finds that it moved.
OriginFacts load_origin_facts(database::Session& session);

}  // namespace shanhai::trace
