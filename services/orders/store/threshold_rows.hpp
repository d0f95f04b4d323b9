#pragma once

#include "chassis/database/session.hpp"
#include "orders/domain/thresholds.hpp"

#include <map>
#include <span>

namespace shanhai::orders {

/// The last word on each of these SKUs that somebody said one on.
std::map<SkuId, KeptThresholds> load_thresholds(database::Session& session, std::span<const SkuId> skus);
/// Says it now, in the name of that account.
KeptThresholds insert_thresholds(database::Session& session, SkuId sku, const StockThresholds& thresholds,
                                 std::uint64_t account);

}  // namespace shanhai::orders
