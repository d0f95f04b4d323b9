#pragma once

#include "chassis/database/session.hpp"
#include "orders/domain/desk.hpp"

#include <map>
#include <span>
#include <utility>
#include <vector>

namespace shanhai::orders {

/// The lots of these SKUs with their stock, those that expire first before the others.
std::map<SkuId, std::vector<LotLevel>> load_levels(database::Session& session, std::span<const SkuId> skus);
/// What moved the stock of an SKU, newest first, before entry `before`.
std::vector<JournalEntry> load_journal(database::Session& session, SkuId sku, std::uint64_t before,
                                       std::size_t limit);
/// Lots of which unpaid orders hold packs.
std::vector<std::pair<LotId, SkuId>> held_lots(database::Session& session);

}  // namespace shanhai::orders
