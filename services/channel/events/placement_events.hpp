#pragma once

#include "channel/domain/campaign.hpp"
#include "channel/domain/placement.hpp"
#include "chassis/database/session.hpp"

namespace shanhai::channel {

/// Writes PlacementRegistered, the placement with what others need of its campaign, into the outbox.
void announce(database::Session& session, const Placement& placement, const Campaign& campaign);

}  // namespace shanhai::channel
