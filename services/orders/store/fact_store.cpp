#include "orders/store/fact_store.hpp"

#include "chassis/database/stored_name.hpp"
#include "chassis/events/set_aside.hpp"
#include "chassis/security/crypto.hpp"
#include "orders/store/bundle_rows.hpp"
#include "orders/store/sql.hpp"

#include <stdexcept>

namespace shanhai::orders {
namespace {

std::string content_hash(const OfferTerms& terms) {
    std::string text;
    const auto add = [&text](std::string_view part) {
        text += std::to_string(part.size());
        text += ':';
        text += part;
    };
    for (const auto value :
         {number(terms.sku), number(terms.product), number(terms.merchant),
          static_cast<std::uint64_t>(terms.product_version), static_cast<std::uint64_t>(terms.price_version),
          static_cast<std::uint64_t>(terms.price.count()),
          static_cast<std::uint64_t>(terms.net_content.count()),
          static_cast<std::uint64_t>(terms.order_quantity_max),
          static_cast<std::uint64_t>(terms.remaining_min.count())}) {
        add(std::to_string(value));
    }
    add(terms.product_name);
    add(terms.sku_name);
    add(terms.merchant_name);
    add(terms.snapshot_hash);
    add(wire_name(terms.return_policy));
    add(wire_name(terms.purchase_mode));
    if (!terms.food) add("not food");
    if (terms.bundle) {
        add("bundle");
        add(std::to_string(number(terms.bundle->id)));
        add(std::to_string(terms.bundle->version));
        add(terms.bundle->name);
    }
    return security::sha256(text);
}

// The kinds of changes. A lot counts with its SKU.
constexpr std::string_view sku_kind = "sku";
constexpr std::string_view placement_kind = "placement";
constexpr std::string_view merchant_kind = "merchant";

/// Which rows are read: those with one of these values in that column, or all.
class Rows {
public:
    Rows() = default;
    explicit Rows(const std::set<std::uint64_t>& ids) : list_{in_list(ids)} {}
    std::string where(std::string_view column) const {
        return list_.empty() ? "" : " WHERE " + std::string{column} + " IN " + list_;
    }

private:
    std::string list_;
};

std::unordered_map<std::uint64_t, std::vector<Certification>> load_certifications(database::Session& session,
                                                                                  const Rows& skus) {
    std::unordered_map<std::uint64_t, std::vector<Certification>> found;
    auto rows = session.ask(
        "SELECT c.sku_id, c.certification_id, c.valid_from, c.valid_to, c.state, c.state_since, s.state, "
        "s.since "
        "FROM offer_certification c LEFT JOIN certification_step s ON s.sku_id = c.sku_id AND "
        "s.certification_id = c.certification_id AND s.since < c.state_since" +
        skus.where("c.sku_id") + " ORDER BY c.sku_id, c.certification_id, s.since");
    while (rows.next()) {
        auto& of_sku = found[rows.natural(0)];
        const auto id = rows.id<CertificationId>(1);
        if (of_sku.empty() || of_sku.back().id != id) {
            of_sku.push_back({id, rows.instant(2), rows.instant(3),
                              database::stored_name<CertificationState>(rows.text(4)), rows.instant(5)});
        }
        if (rows.null(6)) continue;
        of_sku.back().earlier.push_back(
            {database::stored_name<CertificationState>(rows.text(6)), rows.instant(7)});
    }
    return found;
}

void load_offers(database::Session& session, OfferBook& book, const Rows& skus) {
    auto certifications = load_certifications(session, skus);
    const auto doubtful = events::untrusted(session, "shanhai.event.v1.OfferPublished", "sku_id");
    auto rows = session.ask(
        "SELECT " + std::string{terms_columns} +
        ", o.listed, o.price_since, o.never_listed FROM offer o JOIN offer_revision r ON r.revision_id = o.revision_id" +
        skus.where("o.sku_id"));
    while (rows.next()) {
        Offer offer{read_terms(rows, 0), rows.integer(terms_column_count) != 0, {}};
        offer.certifications = std::move(certifications[number(offer.terms->sku)]);
        offer.price_since = rows.optional_instant(terms_column_count + 1);
        offer.never_listed = rows.integer(terms_column_count + 2) != 0;
        if (doubtful.contains(std::to_string(number(offer.terms->sku)))) {
            offer.listed = false;
            offer.certifications.clear();  // Perhaps the fact was that one ended.
        }
        book.add(std::move(offer));
    }
}

void load_lots(database::Session& session, OfferBook& book, const Rows& skus) {
    const auto doubtful = doubtful_lots(session);
    auto rows = session.ask(
        "SELECT lot_id, sku_id, lot_code, county_code, production_day, expiry_day, saleable, quantity FROM "
        "lot" +
        skus.where("sku_id") + " ORDER BY lot_id");
    while (rows.next()) {
        book.add(Lot{rows.id<LotId>(0), rows.id<SkuId>(1), rows.text(2), rows.text(3), rows.optional_date(4),
                     rows.optional_date(5), rows.integer(6) != 0 && !doubtful.contains(rows.text(0)),
                     rows.optional_integer(7)});
    }
}

void load_placements(database::Session& session, OfferBook& book, const Rows& ids) {
    const auto doubtful = events::untrusted(session, "shanhai.event.v1.PlacementRegistered", "placement_id");
    auto rows = session.ask("SELECT placement_id, channel FROM placement" + ids.where("placement_id"));
    while (rows.next()) {
        if (doubtful.contains(rows.text(0))) continue;
        book.add(Placement{rows.id<PlacementId>(0), database::stored_name<ChannelKind>(rows.text(1))});
    }
}

/// There are few who may not sell.
void load_merchants(database::Session& session, OfferBook& book) {
    auto merchants = session.query("SELECT merchant_id FROM merchant WHERE NOT active");
    while (merchants.next()) book.deactivate(merchants.id<MerchantId>(0));
    for (const auto& id : events::untrusted(session, "shanhai.event.v1.MerchantRegistered", "merchant_id")) {
        book.deactivate(MerchantId{std::stoull(id)});
    }
}

/// Nothing: it was never offered.
std::optional<std::uint64_t> offered_revision(database::Session& session, SkuId sku) {
    auto rows = session.query("SELECT revision_id FROM offer WHERE sku_id = ?", sku);
    return rows.next() ? std::optional{rows.natural(0)} : std::nullopt;
}

}  // namespace

std::set<std::string> doubtful_lots(database::Session& session) {
    return events::untrusted(session, "shanhai.event.v1.LotRegistered", "lot_id");
}

void FactWriter::save(const Offer& offer) {
    const auto sku = offer.terms->sku;
    const auto before = offered_revision(session_, sku);
    const auto revision = revision_of(*offer.terms, offer.price_since);
    session_.execute(
        "INSERT INTO offer (sku_id, revision_id, listed, price_since, never_listed) VALUES (?, ?, ?, ?, ?) "
        "ON DUPLICATE KEY UPDATE revision_id = VALUES(revision_id), listed = VALUES(listed), "
        "price_since = VALUES(price_since), never_listed = VALUES(never_listed)",
        sku, revision, offer.listed, offer.price_since, offer.never_listed);
    session_.execute("DELETE FROM offer_certification WHERE sku_id = ?", sku);
    database::Insert insert{
        "INSERT INTO offer_certification (sku_id, certification_id, valid_from, valid_to, state, "
        "state_since) "
        "VALUES"};
    for (const auto& certification : offer.certifications) {
        insert.row(sku, certification.id, certification.valid_from, certification.valid_to,
                   wire_name(certification.state), certification.state_since);
    }
    insert.run(session_);
    save_steps(offer);
    database::touch(session_, sku_kind, sku);
    if (before != revision) share_out_bundles_of(session_, sku);
}

/// Only added to: an earlier step stays what it was.
void FactWriter::save_steps(const Offer& offer) {
    database::Insert steps{"INSERT INTO certification_step (sku_id, certification_id, since, state) VALUES",
                           "ON DUPLICATE KEY UPDATE state = VALUES(state)"};
    for (const auto& certification : offer.certifications) {
        steps.row(offer.terms->sku, certification.id, certification.state_since,
                  wire_name(certification.state));
    }
    steps.run(session_);
}

std::uint64_t FactWriter::revision_of(const OfferTerms& terms, const std::optional<Instant>& since) {
    const auto hash = database::Literal::bytes(content_hash(terms));
    const auto snapshot = database::Literal::bytes(terms.snapshot_hash);
    session_.execute(
        "INSERT INTO offer_revision (content_hash, sku_id, product_id, merchant_id, product_name, sku_name, "
        "merchant_name, product_version, snapshot_hash, price_version, price_fen, net_content_g, "
        "quantity_max, return_policy, purchase_mode, remaining_days_min, food, price_since, bundle_id, "
        "bundle_version, bundle_name) "
        "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON DUPLICATE KEY UPDATE "
        "revision_id = LAST_INSERT_ID(revision_id), price_since = VALUES(price_since)",
        hash, terms.sku, terms.product, terms.merchant, terms.product_name, terms.sku_name,
        terms.merchant_name, terms.product_version, snapshot, terms.price_version, terms.price.count(),
        terms.net_content.count(), terms.order_quantity_max, wire_name(terms.return_policy),
        wire_name(terms.purchase_mode), terms.remaining_min.count(), terms.food, since,
        terms.bundle ? std::optional{terms.bundle->id} : std::nullopt,
        terms.bundle ? std::optional{terms.bundle->version} : std::nullopt,
        terms.bundle ? std::optional{terms.bundle->name} : std::nullopt);
    return session_.last_insert_id();
}

void FactWriter::save(const Lot& lot) {
    session_.execute(
        "INSERT INTO lot (lot_id, lot_code, sku_id, county_code, production_day, expiry_day, saleable, "
        "quantity) "
        "VALUES (?,?,?,?,?,?,?,?) ON DUPLICATE KEY UPDATE lot_code = VALUES(lot_code), "
        "county_code = VALUES(county_code), production_day = VALUES(production_day), "
        "expiry_day = VALUES(expiry_day), saleable = VALUES(saleable), quantity = VALUES(quantity)",
        lot.id, lot.code, lot.sku, lot.county_code, lot.production, lot.expiry, lot.saleable, lot.quantity);
    session_.execute(
        "INSERT INTO stock (lot_id, sku_id, on_hand, reserved) VALUES (?, ?, 0, 0) "
        "ON DUPLICATE KEY UPDATE lot_id = lot_id",
        lot.id, lot.sku);
    database::touch(session_, sku_kind, lot.sku);
}

void FactWriter::save(const Placement& placement) {
    session_.execute(
        "INSERT INTO placement (placement_id, channel) VALUES (?, ?) "
        "ON DUPLICATE KEY UPDATE channel = VALUES(channel)",
        placement.id, wire_name(placement.channel));
    database::touch(session_, placement_kind, placement.id);
}

void FactWriter::save_merchant(const KnownMerchant& merchant) {
    session_.execute(
        "INSERT INTO merchant (merchant_id, name, organisation_id, active) VALUES (?, ?, ?, ?) "
        "ON DUPLICATE KEY UPDATE name = VALUES(name), organisation_id = VALUES(organisation_id), "
        "active = VALUES(active)",
        merchant.id, merchant.name, merchant.organisation, merchant.active);
    database::touch(session_, merchant_kind, merchant.id);
}

OfferBook load_book(database::Session& session) {
    OfferBook book;
    load_offers(session, book, {});
    load_lots(session, book, {});
    load_bundles(session, book, {});
    load_placements(session, book, {});
    load_merchants(session, book);
    return book;
}

OfferBook changed_book(database::Session& session, OfferBook book, const database::Touched& changes) {
    if (const auto skus = changes.ids(sku_kind); !skus.empty()) {
        for (const auto sku : skus) book.forget(SkuId{sku});
        load_offers(session, book, Rows{skus});
        load_lots(session, book, Rows{skus});
    }
    if (const auto bundles = changes.ids(bundle_kind); !bundles.empty()) {
        for (const auto id : bundles) book.forget(BundleId{id});
        load_bundles(session, book, bundles);
    }
    if (const auto placements = changes.ids(placement_kind); !placements.empty()) {
        for (const auto id : placements) book.forget(PlacementId{id});
        load_placements(session, book, Rows{placements});
    }
    if (!changes.ids(merchant_kind).empty()) {
        book.forget_merchants();
        load_merchants(session, book);
    }
    return book;
}

Terms read_terms(const database::Rows& rows, unsigned first) {
    auto terms = std::make_shared<OfferTerms>();
    terms->revision = rows.natural(first);
    terms->sku = rows.id<SkuId>(first + 1);
    terms->product = rows.id<ProductId>(first + 2);
    terms->merchant = rows.id<MerchantId>(first + 3);
    terms->product_name = rows.text(first + 4);
    terms->sku_name = rows.text(first + 5);
    terms->merchant_name = rows.text(first + 6);
    terms->product_version = static_cast<std::int32_t>(rows.integer(first + 7));
    terms->snapshot_hash = rows.text(first + 8);
    terms->price_version = static_cast<std::int32_t>(rows.integer(first + 9));
    terms->price = Fen{rows.integer(first + 10)};
    terms->net_content = Gram{rows.integer(first + 11)};
    terms->order_quantity_max = rows.integer(first + 12);
    terms->return_policy = database::stored_name<ReturnPolicy>(rows.text(first + 13));
    terms->purchase_mode = database::stored_name<PurchaseMode>(rows.text(first + 14));
    terms->remaining_min = std::chrono::days{rows.integer(first + 15)};
    terms->food = rows.integer(first + 16) != 0;
    if (!rows.null(first + 17)) {
        terms->bundle = OfBundle{rows.id<BundleId>(first + 17),
                                 static_cast<std::int32_t>(rows.integer(first + 18)), rows.text(first + 19)};
    }
    return terms;
}

}  // namespace shanhai::orders
