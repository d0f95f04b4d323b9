#pragma once

#include "chassis/database/touched.hpp"
#include "trace/domain/origin_card.hpp"

namespace shanhai::trace {

/// Everything that origin cards are made of; or, of what is known to have changed, what the cards of those
/// products and their lots are made of.
OriginFacts load_origin_facts(database::Session& session, const database::Touched& changes);

}  // namespace shanhai::trace
