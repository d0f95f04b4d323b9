#pragma once

#include "audit/domain/certifications.hpp"
#include "audit/domain/credit.hpp"
#include "chassis/database/session.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace shanhai::audit {

// What was learned of other services, as the sequencer and the recomputation decide by it.

std::vector<Pairing> read_pairings(database::Session& session);

/// The district of each placement that has one.
std::map<PlacementId, std::string> read_placement_districts(database::Session& session);

/// The certifications of these SKUs with all their steps.
std::map<SkuId, std::vector<CertificationHistory>> read_certifications(database::Session& session,
                                                                       const std::vector<SkuId>& skus);

}  // namespace shanhai::audit
