#pragma once

#include "audit/domain/recomputation.hpp"
#include "audit/domain/sale_days.hpp"
#include "audit/store/new_order.hpp"
#include "chassis/database/pool.hpp"

#include <optional>
#include <string>
#include <vector>

namespace shanhai::audit {

/// Adds what is appended behind `first_index` to the sums by day. Part of the transaction that appends.
/// Throws std::runtime_error unless everything before is summed up.
void add_sale_days(database::Session& session, std::uint64_t first_index,
                   const std::vector<NewOrder>& orders);

/// Sums up entries that were appended before there was this table, some thousands a transaction.
Result<Done> catch_up_sale_days(database::Pool& pool);
/// How many entries are summed up.
std::uint64_t summed_entries(database::Session& session);

/// Compares a month's sums by day with those of its entries.
void check_sale_days(database::Session& session, const Month& month, SaleDays expected, Recomputation& found);

MerchantSales sales_of(database::Session& session, MerchantId merchant, const DayRange& days);
/// By day, channel and product, in this order; so many at most.
std::vector<SalesLine> sales_lines(database::Session& session, MerchantId merchant, const DayRange& days,
                                   std::size_t count);

/// A merchant as far as its sales are concerned.
struct SellingMerchant {
    std::string name;
    OrganisationId organisation{};
};
/// Nothing when there is none, or what is known of it is doubtful.
std::optional<SellingMerchant> find_merchant(database::Session& session, MerchantId merchant);

}  // namespace shanhai::audit
