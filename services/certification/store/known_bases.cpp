#include "certification/store/known_bases.hpp"

#include "chassis/events/set_aside.hpp"

namespace shanhai::certification {

using database::Session;

void remember(Session& session, const KnownBase& base) {
    session.execute(
        "INSERT INTO known_base (base_id, merchant_id, county_code, name, confirmed, harvest_months) "
        "VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE merchant_id = VALUES(merchant_id), "
        "county_code = VALUES(county_code), name = VALUES(name), confirmed = VALUES(confirmed), "
        "harvest_months = VALUES(harvest_months)",
        base.id, base.merchant, base.county.text(), base.name, base.confirmed, base.harvest_months.bits());
}

void remember(Session& session, const KnownLot& lot) {
    session.execute(
        "INSERT INTO known_lot (lot_id, lot_code, product_id, base_id, harvest_day) VALUES (?, ?, ?, ?, ?) "
        "ON DUPLICATE KEY UPDATE lot_code = VALUES(lot_code), product_id = VALUES(product_id), "
        "base_id = VALUES(base_id), harvest_day = VALUES(harvest_day)",
        lot.id, lot.code, lot.product, lot.base, lot.harvest);
}

bool has_confirmed_base(Session& session, ProductId product, const CountyCode& county, bool anybodys) {
    const auto unsure = events::untrusted(session, "shanhai.event.v1.BaseDeclared", "base_id");
    auto rows = session.query(
        "SELECT base_id FROM known_base WHERE county_code = ? AND confirmed AND (? OR merchant_id IN "
        "(SELECT merchant_id FROM known_sku WHERE product_id = ?))",
        county.text(), anybodys, product);
    while (rows.next()) {
        if (!unsure.contains(std::to_string(rows.natural(0)))) return true;
    }
    return false;
}

std::vector<OddHarvest> odd_harvests(Session& session, ProductId product) {
    const auto unsure_bases = events::untrusted(session, "shanhai.event.v1.BaseDeclared", "base_id");
    const auto unsure_lots = events::untrusted(session, "shanhai.event.v1.LotRegistered", "lot_id");
    auto rows = session.query(
        "SELECT l.lot_id, l.lot_code, l.harvest_day, b.base_id, b.name, b.harvest_months "
        "FROM (SELECT lot_id, lot_code, harvest_day, base_id FROM known_lot WHERE product_id = ? "
        "ORDER BY lot_id DESC LIMIT ?) l JOIN known_base b ON b.base_id = l.base_id "
        "WHERE l.harvest_day IS NOT NULL AND b.harvest_months <> 0 ORDER BY l.lot_id DESC",
        product, lots_looked_at);
    std::vector<OddHarvest> odd;
    while (rows.next()) {
        if (unsure_lots.contains(std::to_string(rows.natural(0)))) continue;
        if (unsure_bases.contains(std::to_string(rows.natural(3)))) continue;
        const auto day = rows.date(2);
        if (Months::of_bits(rows.integer(5)).value().hold(day)) continue;
        odd.push_back({rows.text(1), rows.text(4), day});
    }
    return odd;
}

}  // namespace shanhai::certification
