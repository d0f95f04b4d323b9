#include "trace/store/origin_facts.hpp"

#include "chassis/database/in_list.hpp"
#include "trace/store/known_facts.hpp"
#include "trace/store/rows.hpp"

#include <string>

namespace shanhai::trace {

namespace {

/// Which products' facts are read, as a condition: of all, or of those that changed.
std::string of_products(database::Session& session, const database::Touched& changes) {
    if (!changes.since) return "";
    auto products = changes.ids(product_kind);
    if (const auto bases = changes.ids(base_kind); !bases.empty()) {
        auto rows =
            session.ask("SELECT DISTINCT product_id FROM lot WHERE base_id IN " + database::in_list(bases));
        while (rows.next()) products.insert(rows.natural(0));
    }
    return products.empty() ? " WHERE FALSE" : " WHERE product_id IN " + database::in_list(products);
}

}  // namespace

OriginFacts load_origin_facts(database::Session& session, const database::Touched& changes) {
    OriginFacts facts;
    const auto wanted = of_products(session, changes);
    // Lots first: every base that they name was committed before them, and is found below.
    auto lots = session.ask("SELECT " + std::string{lot_columns} + " FROM lot" + wanted);
    while (lots.next()) facts.lots.push_back(lot_of(lots));
    auto bases = session.ask("SELECT " + std::string{base_columns} +
                             " FROM base WHERE base_id IN (SELECT base_id FROM lot" + wanted + ")");
    while (bases.next()) facts.bases.push_back(base_of(bases));

    auto counties = session.query("SELECT county_code, name FROM known_county");
    while (counties.next()) {
        facts.counties.push_back({*CountyCode::parse(counties.text(0)), counties.text(1)});
    }
    auto skus = session.ask(
        "SELECT sku_id, product_id, merchant_id, product_name, county_code, net_content_g, COALESCE(food, "
        "TRUE), "
        "shelf_life_days FROM known_sku" +
        wanted);
    while (skus.next()) {
        facts.skus.push_back({skus.id<SkuId>(0), skus.id<ProductId>(1), skus.id<MerchantId>(2), skus.text(3),
                              *CountyCode::parse(skus.text(4)), Gram{skus.integer(5)}, skus.integer(6) != 0,
                              skus.optional_integer(7)});
    }
    return facts;
}

}  // namespace shanhai::trace
