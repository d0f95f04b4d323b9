#pragma once

#include "chassis/database/session.hpp"
#include "trace/domain/known.hpp"
#include "trace/domain/lot.hpp"

#include <optional>
#include <vector>

namespace shanhai::trace {

// This service's copies of what the catalog knows, one row a thing, the last word counts.

void remember(database::Session& session, const KnownCounty& county);
void remember(database::Session& session, const KnownMerchant& merchant);
void remember(database::Session& session, const KnownSku& sku);

/// Gives the lots of this food that have no expiry, or one that nobody has compared with its shelf life yet,
/// the expiry that they may have (checked_expiry), and returns those that changed. Lots of goods that do not
/// expire, or of food whose shelf life is not known, stay as they are.
std::vector<Lot> complete_expiry(database::Session& session, const KnownSku& sku);

bool knows_county(database::Session& session, const CountyCode& code);
std::optional<KnownMerchant> find_merchant(database::Session& session, MerchantId id);
std::optional<KnownSku> find_sku(database::Session& session, SkuId id);

/// Says that something changed which copies in memory hold. Call it in the transaction of the change, after
/// the other rows: it makes the service's writers wait for one another.
void touch_revision(database::Session& session);
std::uint64_t revision(database::Session& session);

}  // namespace shanhai::trace
