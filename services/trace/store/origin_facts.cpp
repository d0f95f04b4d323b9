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
    auto skus = session.ask("SELECT " + std::string{sku_columns} + " FROM known_sku" + wanted);
    while (skus.next()) facts.skus.push_back(sku_of(skus));
    auto merchants = session.query("SELECT merchant_id, organisation_id FROM known_merchant");
    while (merchants.next())
        facts.houses.emplace(merchants.id<MerchantId>(0), merchants.id<OrganisationId>(1));
    return facts;
}

}  // namespace shanhai::trace
