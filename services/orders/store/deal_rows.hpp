#pragma once

#include "chassis/database/session.hpp"
#include "orders/domain/deals.hpp"
#include "orders/domain/facts.hpp"

#include <map>
#include <span>
#include <vector>

namespace shanhai::orders {

/// These orders were paid: they are on their merchants' lists, and their prices are deals of their days.
/// Called in the transaction that pays them, after it has locked everything else.
void write_deals(database::Session& session, const std::vector<PaidOrder>& paid);

/// All prices that these SKUs had, as far as they were told, in the order of their versions.
std::map<SkuId, std::vector<OfferedPrice>> load_offered(database::Session& session,
                                                        std::span<const SkuId> skus);

/// The deals of these SKUs from `first` on.
std::map<SkuId, std::vector<DealDay>> load_deals(database::Session& session, std::span<const SkuId> skus,
                                                 Date first);

}  // namespace shanhai::orders
