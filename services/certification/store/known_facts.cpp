#include "certification/store/known_facts.hpp"

#include "chassis/database/in_list.hpp"
#include "chassis/database/stored_name.hpp"
#include "chassis/events/set_aside.hpp"

#include <set>

namespace shanhai::certification {
namespace {

using database::Session;

std::string name_of(std::string_view fact) { return "shanhai.event.v1." + std::string{fact}; }

/// The subjects of which a fact of that kind could not be learnt.
std::set<std::string> doubtful(Session& session, std::string_view fact, const std::string& field) {
    return events::untrusted(session, name_of(fact), field);
}

bool doubtful(Session& session, std::string_view fact, const std::string& field, const std::string& id) {
    return events::is_untrusted(session, name_of(fact), field, id);
}

std::optional<CountyCode> optional_county(const database::Rows& rows, unsigned column) {
    const auto code = rows.optional_text(column);
    if (!code) return std::nullopt;
    return *CountyCode::parse(*code);
}

struct Seller {
    OrganisationId house{};
    bool distributor = false;
};

/// Nothing when the merchant is not known, or not for sure.
std::optional<Seller> seller_of(Session& session, MerchantId id) {
    auto rows =
        session.query("SELECT organisation_id, distributor FROM known_merchant WHERE merchant_id = ?", id);
    if (!rows.next() || doubtful(session, "MerchantRegistered", "merchant_id", std::to_string(number(id))))
        return std::nullopt;
    return Seller{rows.id<OrganisationId>(0), rows.integer(1) != 0};
}

}  // namespace

void remember_organisation(Session& session, OrganisationId id, const std::string& name,
                           const std::string& kind, const std::optional<CountyCode>& county,
                           const std::optional<Uscc>& credit_code) {
    const auto code = county ? std::optional{std::string{county->text()}} : std::nullopt;
    const auto division = credit_code ? std::optional{std::string{credit_code->area()}} : std::nullopt;
    session.execute(
        "INSERT INTO known_organisation (organisation_id, name, kind, county_code, registered_in) "
        "VALUES (?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE name = VALUES(name), kind = VALUES(kind), "
        "county_code = VALUES(county_code), registered_in = VALUES(registered_in)",
        id, name, kind, code, division);
}

void remember(Session& session, const KnownCounty& county) {
    session.execute(
        "INSERT INTO known_county (county_code, name, short_name) VALUES (?, ?, ?) "
        "ON DUPLICATE KEY UPDATE name = VALUES(name), short_name = VALUES(short_name)",
        county.code.text(), county.name, county.short_name);
}

void remember(Session& session, const KnownPairing& pairing) {
    session.execute(
        "INSERT INTO known_pairing (pairing_id, district_code, area_code, certainty, valid_from, valid_to) "
        "VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE district_code = VALUES(district_code), "
        "area_code = VALUES(area_code), certainty = VALUES(certainty), valid_from = VALUES(valid_from), "
        "valid_to = VALUES(valid_to)",
        pairing.id, pairing.district.text(), pairing.area.text(), wire_name(pairing.certainty), pairing.from,
        pairing.to);
}

void remember_merchant(Session& session, MerchantId id, const std::string& name, OrganisationId organisation,
                       bool active, bool distributor) {
    session.execute(
        "INSERT INTO known_merchant (merchant_id, name, organisation_id, active, distributor) "
        "VALUES (?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE name = VALUES(name), "
        "organisation_id = VALUES(organisation_id), active = VALUES(active), "
        "distributor = VALUES(distributor)",
        id, name, organisation, active, distributor);
}

void remember(Session& session, const KnownSku& sku) {
    session.execute(
        "INSERT INTO known_sku (sku_id, product_id, merchant_id, product_name, county_code, gtin, "
        "snapshot_hash, category, price_fen, net_content_g, listed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON DUPLICATE KEY UPDATE product_id = VALUES(product_id), "
        "merchant_id = VALUES(merchant_id), product_name = VALUES(product_name), "
        "county_code = VALUES(county_code), gtin = VALUES(gtin), snapshot_hash = VALUES(snapshot_hash), "
        "category = VALUES(category), price_fen = VALUES(price_fen), "
        "net_content_g = VALUES(net_content_g), listed = VALUES(listed)",
        sku.id, sku.product, sku.merchant, sku.product_name, sku.county.text(), sku.gtin,
        database::Literal::bytes(sku.snapshot_hash), sku.category, sku.price_fen, sku.net_content_g,
        sku.listed);
}

std::optional<Organisation> find_organisation(Session& session, OrganisationId id) {
    auto rows =
        session.query("SELECT name, kind, county_code FROM known_organisation WHERE organisation_id = ?", id);
    const bool unsure =
        doubtful(session, "OrganisationRegistered", "organisation_id", std::to_string(number(id)));
    if (!rows.next() || unsure) return std::nullopt;
    return Organisation{id, rows.text(0), rows.text(1) == "DISTRICT_OFFICE", optional_county(rows, 2)};
}

std::optional<KnownCounty> find_county(Session& session, const CountyCode& code) {
    auto rows = session.query("SELECT name, short_name FROM known_county WHERE county_code = ?", code.text());
    const bool unsure = doubtful(session, "CountyRegistered", "county_code", std::string{code.text()});
    if (!rows.next() || unsure) return std::nullopt;
    return KnownCounty{code, rows.text(0), rows.text(1)};
}

std::vector<KnownPairing> pairings_of(Session& session, const CountyCode& district) {
    std::vector<KnownPairing> all;
    auto rows = session.query(
        "SELECT pairing_id, area_code, certainty, valid_from, valid_to FROM known_pairing "
        "WHERE district_code = ? ORDER BY pairing_id",
        district.text());
    const auto unsure = doubtful(session, "PairingDeclared", "pairing_id");
    while (rows.next()) {
        const auto id = rows.id<PairingId>(0);
        if (unsure.contains(std::to_string(number(id)))) continue;
        all.push_back({id, *AreaCode::parse(district.text()), *AreaCode::parse(rows.text(1)),
                       database::stored_name<Certainty>(rows.text(2)), rows.optional_date(3),
                       rows.optional_date(4)});
    }
    return all;
}

bool is_assisted(Session& session, const CountyCode& county) {
    auto rows = session.query("SELECT DISTINCT area_code FROM known_pairing");
    while (rows.next()) {
        if (AreaCode::parse(rows.text(0))->holds(county)) return true;
    }
    return false;
}

std::optional<KnownProduct> lock_product(Session& session, ProductId id) {
    std::optional<KnownProduct> product;
    auto rows = session.query(
        "SELECT sku_id, merchant_id, product_name, county_code, gtin FROM known_sku WHERE product_id = ? "
        "ORDER BY sku_id FOR UPDATE",
        id);
    const auto unsure = doubtful(session, "OfferPublished", "sku_id");
    while (rows.next()) {
        if (unsure.contains(std::to_string(rows.natural(0)))) return std::nullopt;
        const auto seller = seller_of(session, rows.id<MerchantId>(1));
        if (!seller) return std::nullopt;
        const bool invented = of_demonstration(rows.text(4)) && (!product || product->invented);
        product = KnownProduct{id,       rows.text(2),       *CountyCode::parse(rows.text(3)), seller->house,
                               invented, seller->distributor};
    }
    return product;
}

std::vector<PriceBeside> prices_beside(Session& session, ProductId id) {
    // Merchants of no house are the operator's, and each is one by itself.
    static const std::string others_of =
        "SELECT DISTINCT COUNT(*) OVER (), FLOOR(MEDIAN(one.cheapest) OVER (PARTITION BY one.category)) "
        "FROM (SELECT o.category, MIN(FLOOR(o.price_fen * 1000 / o.net_content_g)) AS cheapest "
        "FROM known_sku o JOIN known_merchant m ON m.merchant_id = o.merchant_id AND m.active "
        "WHERE o.category = ? AND o.listed AND o.net_content_g BETWEEN ? AND ? "
        "AND o.merchant_id <> ? AND (m.organisation_id = 0 OR m.organisation_id <> ?) "
        "AND (? OR o.gtin NOT LIKE '0952%') "
        "GROUP BY m.organisation_id, IF(m.organisation_id = 0, m.merchant_id, 0)) one";
    std::vector<PriceBeside> prices;
    auto sizes = session.query(
        "SELECT k.category, k.net_content_g, k.merchant_id, m.organisation_id, k.gtin, "
        "FLOOR(k.price_fen * 1000 / k.net_content_g) FROM known_sku k "
        "JOIN known_merchant m ON m.merchant_id = k.merchant_id WHERE k.product_id = ? "
        "AND k.net_content_g > 0 AND k.category IS NOT NULL ORDER BY k.sku_id",
        id);
    while (sizes.next()) {
        const auto content = sizes.integer(1);
        auto others = session.query(others_of, sizes.text(0), (content + 1) / 2, content * 2,
                                    sizes.natural(2), sizes.natural(3), of_demonstration(sizes.text(4)));
        if (!others.next()) continue;
        prices.push_back({content, sizes.integer(5), others.integer(1), others.integer(0)});
    }
    return prices;
}

bool is_sold_by(Session& session, ProductId id, OrganisationId house) {
    return session.ask("SELECT 1 FROM DUAL WHERE " + sold_by({house}, database::Literal{id}.text())).next();
}

std::string sold_by(const std::vector<OrganisationId>& houses, const std::string& product_column) {
    // Asked once: a house has few products, and what is others' is passed over without a look at it.
    return product_column +
           " IN (SELECT g.product_id FROM known_merchant h JOIN known_sku g ON g.merchant_id = h.merchant_id "
           "WHERE h.organisation_id IN " +
           database::in_list(houses) + ")";
}

}  // namespace shanhai::certification
