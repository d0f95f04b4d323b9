#include "trace/store/known_facts.hpp"

#include "chassis/events/set_aside.hpp"
#include "trace/store/refusals.hpp"
#include "trace/store/rows.hpp"

namespace shanhai::trace {
namespace {

// What a fact that could not be applied is about counts as unknown until a later one is.

bool doubtful_county(database::Session& session, const CountyCode& code) {
    return events::is_untrusted(session, "shanhai.event.v1.CountyRegistered", "county_code",
                                std::string{code.text()});
}
bool doubtful_merchant(database::Session& session, MerchantId id) {
    return events::is_untrusted(session, "shanhai.event.v1.MerchantRegistered", "merchant_id",
                                std::to_string(number(id)));
}
bool doubtful_sku(database::Session& session, SkuId id) {
    return events::is_untrusted(session, "shanhai.event.v1.OfferPublished", "sku_id",
                                std::to_string(number(id)));
}

}  // namespace

void remember(database::Session& session, const KnownCounty& county) {
    session.execute(
        "INSERT INTO known_county (county_code, name) VALUES (?, ?) "
        "ON DUPLICATE KEY UPDATE name = VALUES(name)",
        county.code.text(), county.name);
}

void remember(database::Session& session, const KnownMerchant& merchant) {
    session.execute(
        "INSERT INTO known_merchant (merchant_id, name, organisation_id, active) VALUES (?, ?, ?, ?) "
        "ON DUPLICATE KEY UPDATE name = VALUES(name), organisation_id = VALUES(organisation_id), "
        "active = VALUES(active)",
        merchant.id, merchant.name, merchant.organisation, merchant.active);
}

void remember(database::Session& session, const KnownSku& sku) {
    session.execute(
        "INSERT INTO known_sku (sku_id, product_id, merchant_id, product_name, county_code, net_content_g, "
        "food, shelf_life_days, never_listed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE "
        "product_id = VALUES(product_id), merchant_id = VALUES(merchant_id), "
        "product_name = VALUES(product_name), county_code = VALUES(county_code), "
        "net_content_g = VALUES(net_content_g), food = VALUES(food), "
        "shelf_life_days = VALUES(shelf_life_days), never_listed = VALUES(never_listed)",
        sku.id, sku.product, sku.merchant, sku.product_name, sku.county.text(), sku.net_content.count(),
        sku.food, sku.shelf_life_days, sku.never_listed);
}

std::vector<Lot> complete_expiry(database::Session& session, const KnownSku& sku) {
    std::vector<Lot> changed;
    if (!sku.food || !sku.shelf_life_days) return changed;
    {
        auto rows = session.query("SELECT " + std::string{lot_columns} +
                                      " FROM lot WHERE sku_id = ? AND (expiry_date IS NULL OR NOT "
                                      "expiry_checked) FOR UPDATE",
                                  sku.id);
        while (rows.next()) {
            auto lot = lot_of(rows);
            const auto expiry = checked_expiry(lot, sku);
            if (lot.expiry == expiry) continue;
            lot.expiry = expiry;
            changed.push_back(std::move(lot));
        }
    }
    for (const auto& lot : changed) {
        // What says that it was made in the year 3000 cannot expire before; it is not sold until then.
        session.execute("UPDATE lot SET expiry_date = ? WHERE lot_id = ? AND production_date < ?",
                        *lot.expiry, lot.id, *lot.expiry);
    }
    session.execute("UPDATE lot SET expiry_checked = TRUE WHERE sku_id = ? AND NOT expiry_checked", sku.id);
    return changed;
}

bool knows_county(database::Session& session, const CountyCode& code) {
    return session.query("SELECT 1 FROM known_county WHERE county_code = ?", code.text()).next() &&
           !doubtful_county(session, code);
}

std::optional<KnownMerchant> find_merchant(database::Session& session, MerchantId id) {
    auto rows =
        session.query("SELECT name, organisation_id, active FROM known_merchant WHERE merchant_id = ?", id);
    if (!rows.next() || doubtful_merchant(session, id)) return std::nullopt;
    return KnownMerchant{id, rows.text(0), rows.id<OrganisationId>(1), rows.integer(2) != 0};
}

Result<Done> may_write_for(const std::optional<KnownMerchant>& merchant, const Writer& writer,
                           std::string pointer) {
    if (!merchant) return invalid_field(std::move(pointer), "no merchant that the catalog knows");
    if (!writer.may_act_for(*merchant)) return not_yours();
    if (!merchant->active) return invalid_field(std::move(pointer), "this merchant is not active");
    return Done{};
}

KnownSku sku_of(const database::Rows& rows) {
    return {rows.id<SkuId>(0),
            rows.id<ProductId>(1),
            rows.id<MerchantId>(2),
            rows.text(3),
            *CountyCode::parse(rows.text(4)),
            Gram{rows.integer(5)},
            rows.integer(6) != 0,
            rows.optional_integer(7),
            rows.integer(8) != 0};
}

std::optional<KnownSku> find_sku(database::Session& session, SkuId id) {
    auto rows = session.query("SELECT " + std::string{sku_columns} + " FROM known_sku WHERE sku_id = ?", id);
    if (!rows.next() || doubtful_sku(session, id)) return std::nullopt;
    return sku_of(rows);
}

}  // namespace shanhai::trace
