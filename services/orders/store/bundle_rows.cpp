#include "orders/store/bundle_rows.hpp"

#include "chassis/database/touched.hpp"
#include "chassis/events/set_aside.hpp"
#include "orders/store/fact_store.hpp"
#include "orders/store/sql.hpp"

#include <map>

namespace shanhai::orders {
namespace {

using database::Session;

/// What its parts are offered on now, those that are.
std::map<SkuId, Terms> offered_terms(Session& session, const KnownBundle& bundle) {
    std::map<SkuId, Terms> offered;
    auto rows = session.ask(
        "SELECT " + std::string{terms_columns} +
        " FROM offer o JOIN offer_revision r ON r.revision_id = o.revision_id WHERE o.sku_id IN " +
        database::in_list(bundle.parts, [](const KnownBundle::Part& part) { return part.sku; }));
    while (rows.next()) {
        auto terms = read_terms(rows, 0);
        offered.emplace(terms->sku, std::move(terms));
    }
    return offered;
}

/// The bundle's packs at what they cost within it; none when its price cannot be shared out over its parts as
/// they cost now, or when one of them was never offered.
std::vector<BundlePacks> shared_out(Session& session, const KnownBundle& bundle) {
    const auto offered = offered_terms(session, bundle);
    std::vector<Terms> terms;
    std::vector<BundlePart> parts;
    for (const auto& part : bundle.parts) {
        const auto found = offered.find(part.sku);
        if (found == offered.end()) return {};
        terms.push_back(found->second);
        parts.push_back({found->second->price, part.packs});
    }
    const auto shares = share_out(bundle.price, parts);
    std::vector<BundlePacks> packs;
    for (std::size_t i = 0; shares && i < parts.size(); ++i) {
        for (const auto& share : (*shares)[i]) {
            auto within = std::make_shared<OfferTerms>(*terms[i]);
            within->price = share.price;
            within->bundle = OfBundle{bundle.id, bundle.version, bundle.name};
            packs.push_back({std::move(within), share.packs});
        }
    }
    return packs;
}

void write_packs(Session& session, const KnownBundle& bundle) {
    session.execute("DELETE FROM bundle_pack WHERE bundle_id = ?", bundle.id);
    database::Insert insert{"INSERT INTO bundle_pack (bundle_id, place, revision_id, quantity) VALUES"};
    FactWriter writer{session};
    std::uint64_t place = 0;
    for (const auto& [terms, quantity] : shared_out(session, bundle)) {
        insert.row(bundle.id, place++, writer.revision_of(*terms, std::nullopt), quantity);
    }
    insert.run(session);
    database::touch(session, bundle_kind, bundle.id);
}

/// With their parts, by id.
std::map<BundleId, KnownBundle> bundles_of(Session& session, SkuId sku) {
    std::map<BundleId, KnownBundle> bundles;
    auto rows = session.query(
        "SELECT b.bundle_id, b.merchant_id, b.version, b.name, b.price_fen, b.listed, p.sku_id, p.quantity "
        "FROM bundle_component c JOIN bundle b ON b.bundle_id = c.bundle_id JOIN bundle_component p ON "
        "p.bundle_id = b.bundle_id WHERE c.sku_id = ? ORDER BY b.bundle_id, p.place",
        sku);
    while (rows.next()) {
        auto& bundle = bundles[rows.id<BundleId>(0)];
        bundle.id = rows.id<BundleId>(0);
        bundle.merchant = rows.id<MerchantId>(1);
        bundle.version = static_cast<std::int32_t>(rows.integer(2));
        bundle.name = rows.text(3);
        bundle.price = Fen{rows.integer(4)};
        bundle.listed = rows.integer(5) != 0;
        bundle.parts.push_back({rows.id<SkuId>(6), rows.integer(7)});
    }
    return bundles;
}

}  // namespace

void save_bundle(Session& session, const KnownBundle& bundle) {
    session.execute(
        "INSERT INTO bundle (bundle_id, merchant_id, version, name, price_fen, listed) VALUES (?, ?, ?, ?, "
        "?, ?) ON DUPLICATE KEY UPDATE merchant_id = VALUES(merchant_id), version = VALUES(version), "
        "name = VALUES(name), price_fen = VALUES(price_fen), listed = VALUES(listed)",
        bundle.id, bundle.merchant, bundle.version, bundle.name, bundle.price.count(), bundle.listed);
    session.execute("DELETE FROM bundle_component WHERE bundle_id = ?", bundle.id);
    database::Insert parts{"INSERT INTO bundle_component (bundle_id, place, sku_id, quantity) VALUES"};
    for (std::size_t i = 0; i < bundle.parts.size(); ++i) {
        parts.row(bundle.id, i, bundle.parts[i].sku, bundle.parts[i].packs);
    }
    parts.run(session);
    write_packs(session, bundle);
}

void share_out_bundles_of(Session& session, SkuId sku) {
    for (const auto& [id, bundle] : bundles_of(session, sku)) write_packs(session, bundle);
}

void load_bundles(Session& session, OfferBook& book, const std::set<std::uint64_t>& ids) {
    const auto only = ids.empty() ? std::string{} : " WHERE b.bundle_id IN " + in_list(ids);
    const auto doubtful = events::untrusted(session, "shanhai.event.v1.BundlePublished", "bundle_id");
    std::map<BundleId, Bundle> bundles;
    auto rows = session.ask(
        "SELECT b.bundle_id, b.merchant_id, b.version, b.name, b.price_fen, b.listed FROM bundle b" + only);
    while (rows.next()) {
        Bundle bundle{rows.id<BundleId>(0),
                      rows.id<MerchantId>(1),
                      static_cast<std::int32_t>(rows.integer(2)),
                      rows.text(3),
                      Fen{rows.integer(4)},
                      rows.integer(5) != 0 && !doubtful.contains(rows.text(0)),
                      {}};
        bundles.emplace(bundle.id, std::move(bundle));
    }
    auto packs = session.ask("SELECT " + std::string{terms_columns} +
                             ", b.bundle_id, b.quantity FROM bundle_pack b JOIN offer_revision r ON "
                             "r.revision_id = b.revision_id" +
                             only + " ORDER BY b.bundle_id, b.place");
    while (packs.next()) {
        const auto found = bundles.find(packs.id<BundleId>(terms_column_count));
        if (found == bundles.end()) continue;
        found->second.packs.push_back({read_terms(packs, 0), packs.integer(terms_column_count + 1)});
    }
    for (auto& [id, bundle] : bundles) {
        // Another copy of this service may have written between the two statements; it touched it, too.
        if (!bundle.whole()) bundle.packs.clear();
        book.add(std::move(bundle));
    }
}

}  // namespace shanhai::orders
