#include "trace/store/origin_facts.hpp"

#include "trace/store/known_facts.hpp"
#include "trace/store/rows.hpp"

#include <string>

namespace shanhai::trace {

OriginFacts load_origin_facts(database::Session& session) {
    OriginFacts facts;
    facts.revision = revision(session);

    // Lots first: every base that they name was committed before them, and is found below.
    auto lots = session.query("SELECT " + std::string{lot_columns} + " FROM lot");
    while (lots.next()) facts.lots.push_back(lot_of(lots));
    auto bases = session.query("SELECT " + std::string{base_columns} + " FROM base");
    while (bases.next()) facts.bases.push_back(base_of(bases));

    auto counties = session.query("SELECT county_code, name FROM known_county");
    while (counties.next()) {
        facts.counties.push_back({*CountyCode::parse(counties.text(0)), counties.text(1)});
    }
    auto skus = session.query(
        "SELECT sku_id, product_id, merchant_id, product_name, county_code, net_content_g, COALESCE(food, "
        "TRUE), "
        "shelf_life_days FROM known_sku");
    while (skus.next()) {
        facts.skus.push_back({skus.id<SkuId>(0), skus.id<ProductId>(1), skus.id<MerchantId>(2), skus.text(3),
                              *CountyCode::parse(skus.text(4)), Gram{skus.integer(5)}, skus.integer(6) != 0,
                              skus.optional_integer(7)});
    }
    return facts;
}

}  // namespace shanhai::trace
