#include "catalog/store/reader.hpp"

#include "chassis/database/in_list.hpp"
#include "chassis/database/lines.hpp"
#include "chassis/database/stored_name.hpp"

#include <utility>

namespace shanhai::catalog {
namespace {

using database::Rows;
using database::Session;

constexpr std::string_view county_columns =
    "SELECT county_code, name, short_name, prefecture, province, assisted, version FROM county";
constexpr std::string_view merchant_columns =
    "SELECT merchant_id, name, kind, county_code, uscc, food_licence, organisation_id, self_operated, "
    "sample, "
    "active, area_note, version, business_licence, business_licence_until, food_licence_until, checked_on, "
    "lapsed, service_phone FROM merchant";

constexpr std::string_view certification_columns =
    "SELECT p.product_id, p.certification_id, p.scheme, p.year, p.authority, p.number, p.valid_from, "
    "p.valid_to, p.state, p.state_since, p.reason, p.recorded_at, p.households, p.people FROM "
    "certification p";

constexpr std::string_view pairing_columns =
    "SELECT pairing_id, district_code, district_name, area_code, area_name, programme, certainty, "
    "valid_from, "
    "valid_to, note, version FROM pairing";

CountyCode county_code(const Rows& rows, unsigned column) { return *CountyCode::parse(rows.text(column)); }

County county_of(const Rows& rows) {
    return {.code = county_code(rows, 0),
            .name = rows.text(1),
            .short_name = rows.text(2),
            .prefecture = rows.text(3),
            .province = rows.text(4),
            .assisted = rows.integer(5) != 0,
            .former_codes = {},
            .version = static_cast<int>(rows.integer(6))};
}

Pairing pairing_of(const Rows& rows) {
    return {.id = rows.id<PairingId>(0),
            .district = *AreaCode::parse(rows.text(1)),
            .district_name = rows.text(2),
            .area = *AreaCode::parse(rows.text(3)),
            .area_name = rows.text(4),
            .programme = database::stored_name<Programme>(rows.text(5)),
            .certainty = database::stored_name<Certainty>(rows.text(6)),
            .valid_from = rows.optional_date(7),
            .valid_to = rows.optional_date(8),
            .note = rows.text(9),
            .version = static_cast<int>(rows.integer(10))};
}

Merchant merchant_of(const Rows& rows) {
    Merchant merchant{.id = rows.id<MerchantId>(0),
                      .name = rows.text(1),
                      .kind = database::stored_name<MerchantKind>(rows.text(2)),
                      .county = county_code(rows, 3),
                      .uscc = std::nullopt,
                      .food_licence = std::nullopt,
                      .organisation = rows.id<OrganisationId>(6),
                      .self_operated = rows.integer(7) != 0,
                      .sample = rows.integer(8) != 0,
                      .active = rows.integer(9) != 0,
                      .area_note = rows.text(10),
                      .version = static_cast<int>(rows.integer(11)),
                      .licences = {rows.optional_text(12).value_or(""), rows.optional_date(13),
                                   rows.optional_date(14), rows.optional_date(15)},
                      .lapsed = rows.integer(16) != 0};
    if (const auto uscc = rows.optional_text(4)) merchant.uscc = *Uscc::parse(*uscc);
    if (const auto licence = rows.optional_text(5)) merchant.food_licence = *FoodLicence::parse(*licence);
    if (const auto phone = rows.optional_text(17)) merchant.service_phone = *ServicePhone::parse(*phone);
    return merchant;
}

Product product_of(const Rows& rows) {
    Product product{.id = rows.id<ProductId>(0),
                    .merchant = rows.id<MerchantId>(1),
                    .county = county_code(rows, 2),
                    .version = static_cast<int>(rows.integer(3)),
                    .text = {},
                    .snapshot_hash = rows.text(17),
                    .listed = rows.integer(4) != 0,
                    .ever_listed = rows.integer(19) != 0,
                    .skus = {},
                    .certifications = {}};
    auto& text = product.text;
    text.name = rows.text(5);
    text.aliases = database::words_of(rows.text(6));
    text.category = rows.text(7);
    text.summary = rows.text(8);
    text.description = rows.text(9);
    text.storage = rows.text(10);
    text.shelf_life_days = rows.optional_integer(11);
    text.origin_statement = rows.text(12);
    text.return_policy = database::stored_name<ReturnPolicy>(rows.text(13));
    text.purchase_mode = database::stored_name<PurchaseMode>(rows.text(14));
    text.tags = database::words_of(rows.text(15));
    if (auto cover = rows.optional_text(16)) text.images.push_back(std::move(*cover));
    for (auto& image : database::words_of(rows.text(18))) text.images.push_back(std::move(image));
    return product;
}

Sku sku_of(const Rows& rows) {
    return {.id = rows.id<SkuId>(1),
            .gtin = *Gtin::parse(rows.text(2)),
            .name = rows.text(3),
            .net_content = Gram{rows.integer(4)},
            .price = Fen{rows.integer(8)},
            .price_version = static_cast<int>(rows.integer(7)),
            .price_since = rows.instant(9),
            .offered_since = rows.instant(10),
            .quantity_max = rows.integer(5),
            .min_remaining_days = rows.integer(6)};
}

FormerPrice former_price_of(const Rows& rows) {
    return {.sku = rows.id<SkuId>(1), .price = Fen{rows.integer(2)}, .until = rows.instant(3)};
}

/// NULL: the certification does not say.
std::optional<Households> households_in(const Rows& rows) {
    const auto count = rows.optional_integer(12);
    if (!count) return std::nullopt;
    return Households{*count, rows.optional_integer(13)};
}

Certification certification_of(const Rows& rows) {
    return {.id = rows.id<CertificationId>(1),
            .product = rows.id<ProductId>(0),
            .scheme = *SchemeCode::parse(rows.text(2)),
            .year = static_cast<int>(rows.integer(3)),
            .authority = rows.text(4),
            .number = rows.text(5),
            .valid_from = rows.date(6),
            .valid_to = rows.date(7),
            .state = database::stored_name<CertificationState>(rows.text(8)),
            .state_since = rows.instant(9),
            .reason = rows.text(10),
            .recorded = rows.instant(11),
            .households = households_in(rows)};
}

/// The products that `only` (a list for IN) names, or all when it is empty.
std::map<ProductId, Product> read_listed(Session& session, const std::string& only) {
    const auto ask = [&](std::string_view sql, std::string_view order) {
        auto whole = std::string{sql};
        if (!only.empty()) whole.append(" WHERE p.product_id IN ").append(only);
        return session.ask(whole.append(order));
    };
    std::map<ProductId, Product> products;
    auto rows =
        ask("SELECT p.product_id, p.merchant_id, p.county_code, p.version, p.listed, v.name, v.aliases, "
            "v.category, v.summary, v.description, v.storage, v.shelf_life_days, v.origin_statement, "
            "v.return_policy, v.purchase_mode, v.tags, v.image, v.hash, v.more_images, p.ever_listed "
            "FROM product p "
            "JOIN product_version v ON v.product_id = p.product_id AND v.version = p.version",
            " ORDER BY p.product_id");
    while (rows.next()) products.emplace(rows.id<ProductId>(0), product_of(rows));

    auto skus =
        ask("SELECT p.product_id, p.sku_id, p.gtin, p.name, p.net_content_g, p.quantity_max, "
            "p.min_remaining_days, p.price_version, c.price_fen, c.created_at, f.created_at FROM sku p "
            "JOIN price c ON c.sku_id = p.sku_id AND c.version = p.price_version "
            "JOIN price f ON f.sku_id = p.sku_id AND f.version = 1",
            " ORDER BY p.sku_id");
    while (skus.next()) {
        const auto product = products.find(skus.id<ProductId>(0));
        if (product != products.end()) product->second.skus.push_back(sku_of(skus));
    }

    auto former = session.query(
        "SELECT p.product_id, p.sku_id, c.price_fen, n.created_at FROM price n "
        "JOIN price c ON c.sku_id = n.sku_id AND c.version = n.version - 1 "
        "JOIN sku p ON p.sku_id = n.sku_id WHERE n.created_at > ?" +
            (only.empty() ? "" : " AND p.product_id IN " + only) + " ORDER BY p.sku_id, n.version",
        session.now() - FormerPrice::kept);
    while (former.next()) {
        const auto product = products.find(former.id<ProductId>(0));
        if (product != products.end()) product->second.former_prices.push_back(former_price_of(former));
    }

    auto certifications = ask(certification_columns, " ORDER BY p.certification_id");
    while (certifications.next()) {
        const auto product = products.find(certifications.id<ProductId>(0));
        if (product != products.end())
            product->second.certifications.push_back(certification_of(certifications));
    }
    return products;
}

std::map<MerchantId, Merchant> merchants_in(Rows& rows) {
    std::map<MerchantId, Merchant> merchants;
    while (rows.next()) merchants.emplace(rows.id<MerchantId>(0), merchant_of(rows));
    return merchants;
}

}  // namespace

void read_places(Session& session, Registry& registry) {
    auto counties = session.query(county_columns);
    while (counties.next()) registry.counties.emplace(county_code(counties, 0), county_of(counties));

    auto former =
        session.query("SELECT former_code, county_code FROM county_former_code ORDER BY former_code");
    while (former.next()) {
        const auto present = registry.counties.find(county_code(former, 1));
        if (present == registry.counties.end()) continue;
        present->second.former_codes.push_back(county_code(former, 0));
        registry.present_codes.emplace(county_code(former, 0), present->first);
    }

    auto schemes = session.query("SELECT scheme, name FROM known_scheme");
    while (schemes.next()) registry.schemes.emplace(*SchemeCode::parse(schemes.text(0)), schemes.text(1));

    auto pairings = session.query(pairing_columns);
    while (pairings.next()) registry.pairings.emplace(pairings.id<PairingId>(0), pairing_of(pairings));
}

Catalogue read_catalogue(Session& session) {
    Catalogue catalogue;
    read_places(session, catalogue);
    auto merchants = session.query(merchant_columns);
    catalogue.merchants = merchants_in(merchants);
    catalogue.products = read_listed(session, {});
    return catalogue;
}

std::optional<County> read_county(Session& session, const CountyCode& code) {
    auto rows = session.query(std::string{county_columns} + " WHERE county_code = ?", code.text());
    if (!rows.next()) return std::nullopt;
    auto county = county_of(rows);
    auto former = session.query(
        "SELECT former_code FROM county_former_code WHERE county_code = ? ORDER BY former_code", code.text());
    while (former.next()) county.former_codes.push_back(county_code(former, 0));
    return county;
}

std::optional<Pairing> find_pairing(Session& session, const Pairing& pairing) {
    auto rows = session.query(std::string{pairing_columns} +
                                  " WHERE district_code = ? AND area_code = ? AND programme = ? "
                                  "AND valid_from <=> ? FOR UPDATE",
                              pairing.district.text(), pairing.area.text(), wire_name(pairing.programme),
                              pairing.valid_from);
    if (!rows.next()) return std::nullopt;
    return pairing_of(rows);
}

std::optional<Pairing> read_pairing(Session& session, PairingId id) {
    auto rows = session.query(std::string{pairing_columns} + " WHERE pairing_id = ? FOR UPDATE", id);
    if (!rows.next()) return std::nullopt;
    return pairing_of(rows);
}

std::vector<Pairing> read_pairings(Session& session) {
    auto rows = session.query(std::string{pairing_columns} + " ORDER BY pairing_id");
    std::vector<Pairing> pairings;
    while (rows.next()) pairings.push_back(pairing_of(rows));
    return pairings;
}

std::optional<Merchant> read_merchant(Session& session, MerchantId id) {
    auto rows = session.query(std::string{merchant_columns} + " WHERE merchant_id = ?", id);
    if (!rows.next()) return std::nullopt;
    return merchant_of(rows);
}

std::map<MerchantId, Merchant> read_merchants(Session& session, const std::set<MerchantId>& ids) {
    if (ids.empty()) return {};
    auto rows =
        session.query(std::string{merchant_columns} + " WHERE merchant_id IN " + database::in_list(ids));
    return merchants_in(rows);
}

std::optional<Merchant> find_merchant(Session& session, const Uscc& code) {
    auto rows = session.query(std::string{merchant_columns} + " WHERE uscc = ? FOR UPDATE", code.text());
    if (!rows.next()) return std::nullopt;
    return merchant_of(rows);
}

std::optional<Merchant> find_merchant(Session& session, const std::string& name) {
    auto rows = session.query(std::string{merchant_columns} + " WHERE name = ? FOR UPDATE", name);
    if (!rows.next()) return std::nullopt;
    return merchant_of(rows);
}

std::map<ProductId, Product> read_products(Session& session, const std::vector<ProductId>& ids) {
    if (ids.empty()) return {};
    return read_listed(session, database::in_list(ids));
}

Product read_product(Session& session, ProductId id) {
    auto products = read_products(session, {id});
    const auto found = products.find(id);
    if (found == products.end()) throw std::logic_error{"a product that was locked is gone"};
    return std::move(found->second);
}

std::optional<Certification> find_certification(Session& session, CertificationId id) {
    auto rows = session.query(std::string{certification_columns} + " WHERE p.certification_id = ?", id);
    if (!rows.next()) return std::nullopt;
    return certification_of(rows);
}

}  // namespace shanhai::catalog
