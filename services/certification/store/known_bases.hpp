#pragma once

#include "certification/domain/checks.hpp"
#include "certification/domain/known.hpp"
#include "chassis/database/session.hpp"

#include <vector>

namespace shanhai::certification {

// What trace told of where goods grow. What a fact that could not be applied is about counts as unknown.

void remember(database::Session& session, const KnownBase& base);
void remember(database::Session& session, const KnownLot& lot);

/// Whether a base in that county is confirmed: of a merchant that sells the product, or of anybody.
bool has_confirmed_base(database::Session& session, ProductId product, const CountyCode& county,
                        bool anybodys);
/// Those of the product's newest lots (lots_looked_at) that were harvested in a month that their base does
/// not have, the newest first. Where nobody said the day or the months, nothing is odd.
std::vector<OddHarvest> odd_harvests(database::Session& session, ProductId product);

}  // namespace shanhai::certification
