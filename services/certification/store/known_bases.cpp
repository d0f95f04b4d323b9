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

}  // namespace shanhai::certification
