#pragma once

#include "chassis/database/session.hpp"
#include "trace/domain/base.hpp"
#include "trace/domain/lot.hpp"

#include <string>
#include <vector>

namespace shanhai::trace {

// How bases and lots stand in their tables, for everything in store/ that reads them.

inline constexpr std::string_view base_columns =
    "base_id, merchant_id, county_code, name, village, product_words, mu_x100, yield_kg_per_mu, "
    "version, registered_by, confirmed_by, harvest_months, latitude_e5, longitude_e5";
inline constexpr std::string_view lot_columns =
    "lot_id, lot_code, base_id, sku_id, product_id, merchant_id, county_code, harvest_date, "
    "production_date, expiry_date, quantity, net_content_g, conformity_certificate_no, test_report_no, "
    "saleable, block_reason";

/// Whether somebody may know of a lot: whoever oversees (the first parameter), its own house (the second),
/// and of goods that are or were listed everybody.
inline constexpr std::string_view lot_is_known =
    "(? OR EXISTS (SELECT 1 FROM known_sku k WHERE k.product_id = lot.product_id AND NOT k.never_listed) OR "
    "EXISTS (SELECT 1 FROM known_merchant m WHERE m.merchant_id = lot.merchant_id AND m.organisation_id = ? "
    "AND m.organisation_id <> 0))";

/// Whether somebody may know exactly where a base lies: whoever oversees (the first parameter) and its own
/// house (the second). As a column after base_columns.
inline constexpr std::string_view base_is_known_exactly =
    "(? OR EXISTS (SELECT 1 FROM known_merchant m WHERE m.merchant_id = base.merchant_id AND m.organisation_id = ? "
    "AND m.organisation_id <> 0))";

/// The current row, which has base_columns.
Base base_of(const database::Rows& rows);
/// The same with base_is_known_exactly: as the reader may know it.
Base base_seen(const database::Rows& rows);

inline std::optional<std::int64_t> latitude_of(const BaseDetails& details) {
    return details.position ? std::optional{details.position->latitude_e5()} : std::nullopt;
}
inline std::optional<std::int64_t> longitude_of(const BaseDetails& details) {
    return details.position ? std::optional{details.position->longitude_e5()} : std::nullopt;
}
/// The current row, which has lot_columns. The first release took any day of any year: what cannot be is read
/// as the nearest day of which a fact can tell, so that such a lot is shown, told and blocked like all
/// others.
Lot lot_of(const database::Rows& rows);

}  // namespace shanhai::trace
