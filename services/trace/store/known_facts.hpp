#pragma once

#include "chassis/database/touched.hpp"
#include "trace/domain/known.hpp"
#include "trace/domain/lot.hpp"

#include <optional>
#include <string_view>
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
/// Fails unless the merchant is known, active and one that the writer may act for.
Result<Done> may_write_for(const std::optional<KnownMerchant>& merchant, const Writer& writer,
                           std::string pointer);
std::optional<KnownSku> find_sku(database::Session& session, SkuId id);

inline constexpr std::string_view sku_columns =
    "sku_id, product_id, merchant_id, product_name, county_code, net_content_g, COALESCE(food, TRUE), "
    "shelf_life_days, never_listed";
/// The current row, which has sku_columns.
KnownSku sku_of(const database::Rows& rows);

// What was changed that origin cards show, for database::touch.
inline constexpr std::string_view product_kind = "product";
inline constexpr std::string_view base_kind = "base";
inline constexpr std::string_view merchant_kind = "merchant";

}  // namespace shanhai::trace
