#include "catalog/store/bundle_rows.hpp"

#include "chassis/database/in_list.hpp"

#include <algorithm>

namespace shanhai::catalog {
namespace {

using database::Literal;
using database::Session;

constexpr std::string_view bundle_columns =
    "SELECT b.bundle_id, b.merchant_id, b.version, b.listed, v.name, v.summary, v.image, v.price_fen, "
    "b.ever_listed FROM bundle b JOIN bundle_version v ON v.bundle_id = b.bundle_id AND v.version = b.version";

Bundle bundle_of(const database::Rows& rows) {
    Bundle bundle;
    bundle.id = rows.id<BundleId>(0);
    bundle.merchant = rows.id<MerchantId>(1);
    bundle.version = static_cast<int>(rows.integer(2));
    bundle.listed = rows.integer(3) != 0;
    bundle.offer.name = rows.text(4);
    bundle.offer.summary = rows.text(5);
    bundle.offer.image = rows.optional_text(6);
    bundle.offer.price = Fen{rows.integer(7)};
    bundle.ever_listed = rows.integer(8) != 0;
    return bundle;
}

/// `rest` is what comes after the FROM clause.
std::vector<Bundle> read(Session& session, const std::string& rest) {
    std::vector<Bundle> bundles;
    auto rows = session.ask(std::string{bundle_columns} + rest);
    while (rows.next()) bundles.push_back(bundle_of(rows));
    if (bundles.empty()) return bundles;
    std::ranges::sort(bundles, {}, &Bundle::id);
    // Of the versions that were just read: others may be current by now.
    auto parts = session.ask(
        "SELECT bundle_id, sku_id, quantity, version FROM bundle_component WHERE bundle_id IN " +
        database::in_list(bundles, [](const Bundle& bundle) { return bundle.id; }) + " AND version IN " +
        database::in_list(bundles, [](const Bundle& bundle) { return bundle.version; }) +
        " ORDER BY bundle_id, place");
    while (parts.next()) {
        const auto bundle = std::ranges::lower_bound(bundles, parts.id<BundleId>(0), {}, &Bundle::id);
        if (bundle == bundles.end() || bundle->version != parts.integer(3)) continue;
        bundle->offer.components.push_back({parts.id<SkuId>(1), parts.integer(2)});
    }
    return bundles;
}

std::optional<Bundle> first_of(std::vector<Bundle> bundles) {
    return bundles.empty() ? std::nullopt : std::optional{std::move(bundles.front())};
}

}  // namespace

std::vector<Bundle> read_bundles(Session& session, const BundleFilter& filter, BundleId after,
                                 std::size_t count, std::span<const BundleId> only) {
    auto rest = " WHERE b.bundle_id > " + Literal{after}.text();
    if (!filter.unlisted_too) rest += " AND b.listed";
    if (!filter.reader.oversees) {
        rest +=
            " AND ((b.ever_listed AND NOT EXISTS (SELECT 1 FROM bundle_component c JOIN sku s ON s.sku_id = "
            "c.sku_id JOIN product p ON p.product_id = s.product_id WHERE c.bundle_id = b.bundle_id AND "
            "c.version = b.version AND NOT p.ever_listed)) OR EXISTS (SELECT 1 FROM merchant m WHERE "
            "m.merchant_id = b.merchant_id AND m.organisation_id <> 0 AND m.organisation_id = " +
            Literal{filter.reader.organisation}.text() + "))";
    }
    if (filter.merchant) rest += " AND b.merchant_id = " + Literal{*filter.merchant}.text();
    if (filter.product) {
        rest +=
            " AND EXISTS (SELECT 1 FROM sku s JOIN bundle_component c ON c.sku_id = s.sku_id AND "
            "c.bundle_id = b.bundle_id AND c.version = b.version WHERE s.product_id = " +
            Literal{*filter.product}.text() + ')';
    }
    if (!only.empty()) rest += " AND b.bundle_id IN " + database::in_list(only);
    return read(session, rest + " ORDER BY b.bundle_id LIMIT " + std::to_string(count));
}

std::vector<BundleId> bundles_with(Session& session, const std::vector<ProductId>& products) {
    std::vector<BundleId> found;
    if (products.empty()) return found;
    auto rows = session.ask(
        "SELECT DISTINCT b.bundle_id FROM sku s JOIN bundle_component c ON c.sku_id = s.sku_id "
        "JOIN bundle b ON b.bundle_id = c.bundle_id AND b.version = c.version WHERE s.product_id IN " +
        database::in_list(products) + " ORDER BY b.bundle_id");
    while (rows.next()) found.push_back(rows.id<BundleId>(0));
    return found;
}

std::optional<Bundle> read_bundle(Session& session, BundleId id) {
    return first_of(read(session, " WHERE b.bundle_id = " + Literal{id}.text()));
}

std::optional<Bundle> find_bundle(Session& session, MerchantId merchant, const std::string& name) {
    return first_of(read(session, " WHERE b.merchant_id = " + Literal{merchant}.text() +
                                      " AND b.name = " + Literal{name}.text()));
}

BundleSkus read_bundle_skus(Session& session, const std::set<SkuId>& skus) {
    BundleSkus known;
    if (skus.empty()) return known;
    auto rows = session.ask(
        "SELECT s.sku_id, s.product_id, p.merchant_id, c.price_fen, s.quantity_max, p.ever_listed FROM sku s JOIN product p "
        "ON p.product_id = s.product_id JOIN price c ON c.sku_id = s.sku_id AND c.version = s.price_version "
        "WHERE s.sku_id IN " +
        database::in_list(skus));
    while (rows.next()) {
        const BundleSku sku{rows.id<ProductId>(1), rows.id<MerchantId>(2), Fen{rows.integer(3)},
                            rows.integer(4), rows.integer(5) != 0};
        known.emplace(rows.id<SkuId>(0), sku);
    }
    return known;
}

std::set<SkuId> skus_of(const BundleOffer& offer) {
    std::set<SkuId> skus;
    for (const auto& component : offer.components) skus.insert(component.sku);
    return skus;
}

void lock_bundles_of(Session& session, MerchantId merchant) {
    session.query("SELECT merchant_id FROM merchant WHERE merchant_id = ? FOR UPDATE", merchant);
}

bool many_bundles(Session& session, MerchantId merchant) {
    auto rows = session.query("SELECT COUNT(*) FROM bundle WHERE merchant_id = ?", merchant);
    rows.next();
    return rows.natural(0) >= bundles_max;
}

std::optional<SkuId> crowded_sku(Session& session, const std::set<SkuId>& skus, BundleId but) {
    auto rows = session.ask(
        "SELECT c.sku_id FROM bundle_component c JOIN bundle b ON b.bundle_id = c.bundle_id AND b.version = "
        "c.version WHERE c.sku_id IN " +
        database::in_list(skus) + " AND b.bundle_id <> " + Literal{but}.text() +
        " GROUP BY c.sku_id HAVING COUNT(*) >= " + std::to_string(bundles_of_sku_max) + " LIMIT 1");
    return rows.next() ? std::optional{rows.id<SkuId>(0)} : std::nullopt;
}

void insert_bundle_version(Session& session, const Bundle& bundle, const Author& author) {
    const auto& offer = bundle.offer;
    session.execute(
        "INSERT INTO bundle_version (bundle_id, version, name, summary, image, price_fen, created_at, "
        "created_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        bundle.id, bundle.version, offer.name, offer.summary, offer.image, offer.price.count(), session.now(),
        author.account);
    database::Insert parts{
        "INSERT INTO bundle_component (bundle_id, version, place, sku_id, quantity) VALUES"};
    for (std::size_t i = 0; i < offer.components.size(); ++i) {
        parts.row(bundle.id, bundle.version, i, offer.components[i].sku, offer.components[i].packs);
    }
    parts.run(session);
}

}  // namespace shanhai::catalog
