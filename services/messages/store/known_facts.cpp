#include "messages/store/known_facts.hpp"

#include "chassis/database/in_list.hpp"
#include "chassis/database/stored_name.hpp"
#include "chassis/events/set_aside.hpp"

#include <set>
#include <string>

namespace shanhai::messages {
namespace {

using database::Session;

constexpr std::size_t certified_max = 10'000;  // As many as an edition holds.
constexpr std::size_t products_max = 100'000;  // Of which news wait.

/// Whose last word could not be learnt: what they sell may be another house's by now.
std::set<MerchantId> doubtful_merchants(Session& session) {
    std::set<MerchantId> merchants;
    for (const auto& id : events::untrusted(session, "shanhai.event.v1.MerchantRegistered", "merchant_id")) {
        merchants.insert(MerchantId{std::stoull(id)});
    }
    return merchants;
}

KnownCertification certification_of(const database::Rows& rows) {
    return {rows.id<CertificationId>(0),
            rows.id<ProductId>(1),
            rows.text(2),
            rows.integer(3),
            rows.date(4),
            database::stored_name<CertificationState>(rows.text(5))};
}

}  // namespace

std::optional<KnownMerchant> remember(Session& session, const KnownMerchant& merchant) {
    std::optional<KnownMerchant> before;
    {
        auto rows = session.query(
            "SELECT organisation_id, name, active FROM known_merchant WHERE merchant_id = ? FOR UPDATE",
            merchant.id);
        if (rows.next()) {
            before = {merchant.id, rows.id<OrganisationId>(0), rows.text(1), rows.integer(2) != 0};
        }
    }
    session.execute(
        "INSERT INTO known_merchant (merchant_id, organisation_id, name, active) VALUES (?, ?, ?, ?) "
        "ON DUPLICATE KEY UPDATE organisation_id = VALUES(organisation_id), name = VALUES(name), "
        "active = VALUES(active)",
        merchant.id, merchant.organisation, merchant.name, merchant.active);
    return before;
}

void remember(Session& session, const std::vector<KnownProduct>& products) {
    database::Insert rows{"INSERT INTO known_product (product_id, merchant_id, name) VALUES",
                          "ON DUPLICATE KEY UPDATE merchant_id = VALUES(merchant_id), name = VALUES(name)"};
    for (const auto& one : products) rows.row(one.id, one.merchant, one.name);
    rows.run(session);
}

void remember(Session& session, const std::vector<KnownLot>& lots) {
    database::Insert rows{"INSERT INTO known_lot (lot_id, saleable) VALUES",
                          "ON DUPLICATE KEY UPDATE saleable = VALUES(saleable)"};
    for (const auto& one : lots) rows.row(one.id, one.saleable);
    rows.run(session);
}

std::optional<CertificationState> remember(Session& session, const KnownCertification& one) {
    std::optional<CertificationState> before;
    {
        auto rows = session.query(
            "SELECT state FROM known_certification WHERE certification_id = ? FOR UPDATE", one.id);
        if (rows.next()) before = database::stored_name<CertificationState>(rows.text(0));
    }
    session.execute(
        "INSERT INTO known_certification (certification_id, product_id, scheme, year, valid_to, state) "
        "VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE product_id = VALUES(product_id), "
        "scheme = VALUES(scheme), year = VALUES(year), valid_to = VALUES(valid_to), state = VALUES(state)",
        one.id, one.product, one.scheme, one.year, one.valid_to, wire_name(one.state));
    return before;
}

std::map<LotId, bool> saleable_lots(Session& session, const std::vector<LotId>& ids) {
    std::map<LotId, bool> known;
    if (ids.empty()) return known;
    auto rows = session.ask("SELECT lot_id, saleable FROM known_lot WHERE lot_id IN " +
                            database::in_list(ids) + " FOR UPDATE");
    while (rows.next()) known.emplace(rows.id<LotId>(0), rows.integer(1) != 0);
    return known;
}

std::optional<Seller> seller_of(Session& session, ProductId id) {
    auto rows = session.query(
        "SELECT p.name, m.organisation_id, m.merchant_id FROM known_product p "
        "JOIN known_merchant m ON m.merchant_id = p.merchant_id WHERE p.product_id = ?",
        id);
    if (!rows.next()) return std::nullopt;
    const auto merchant = rows.id<MerchantId>(2);
    Seller seller{rows.text(0), rows.id<OrganisationId>(1)};
    if (doubtful_merchants(session).contains(merchant)) return std::nullopt;
    return seller;
}

std::vector<ProductId> awaited_of(Session& session, const std::vector<ProductId>& ids) {
    std::vector<ProductId> found;
    if (ids.empty()) return found;
    auto rows = session.ask("SELECT DISTINCT product_id FROM undelivered WHERE product_id IN " +
                            database::in_list(ids));
    while (rows.next()) found.push_back(rows.id<ProductId>(0));
    return found;
}

std::vector<ProductId> awaited_products(Session& session) {
    std::vector<ProductId> found;
    auto rows = session.query("SELECT DISTINCT product_id FROM undelivered LIMIT ?", products_max);
    while (rows.next()) found.push_back(rows.id<ProductId>(0));
    return found;
}

std::vector<ProductId> awaited_products_of(Session& session, MerchantId id) {
    std::vector<ProductId> found;
    auto rows = session.query(
        "SELECT DISTINCT u.product_id FROM undelivered u JOIN known_product p ON p.product_id = u.product_id "
        "WHERE p.merchant_id = ? LIMIT ?",
        id, products_max);
    while (rows.next()) found.push_back(rows.id<ProductId>(0));
    return found;
}

std::vector<ProductId> certified_by_house(Session& session, const std::string& scheme, std::int64_t year,
                                          Date today) {
    std::vector<ProductId> found;
    auto rows = session.query(
        "SELECT MIN(c.product_id) FROM known_certification c LEFT JOIN known_product p ON p.product_id = "
        "c.product_id LEFT JOIN known_merchant m ON m.merchant_id = p.merchant_id WHERE c.scheme = ? AND "
        "c.year = ? AND c.state = 'CERTIFIED' AND c.valid_to > ? GROUP BY m.organisation_id, "
        "IF(m.organisation_id IS NULL, c.product_id, 0) LIMIT ?",
        scheme, year, today, certified_max);
    while (rows.next()) found.push_back(rows.id<ProductId>(0));
    return found;
}

std::vector<KnownCertification> ending(Session& session, Date today, int ahead, int after,
                                       const std::vector<std::string>& kinds, std::size_t count) {
    std::vector<KnownCertification> found;
    const auto doubtful = doubtful_merchants(session);
    const auto trusted =
        doubtful.empty() ? std::string{} : "AND m.merchant_id NOT IN " + database::in_list(doubtful) + " ";
    auto rows = session.query(
        "SELECT c.certification_id, c.product_id, c.scheme, c.year, c.valid_to, c.state "
        "FROM known_certification c JOIN known_product p ON p.product_id = c.product_id "
        "JOIN known_merchant m ON m.merchant_id = p.merchant_id "
        "WHERE c.state IN ('CERTIFIED', 'SUSPENDED') AND c.valid_to > ? AND c.valid_to <= ? " +
            trusted +
            "AND NOT EXISTS (SELECT 1 FROM known_certification n WHERE n.product_id = c.product_id "
            "AND n.scheme = c.scheme AND n.state IN ('CERTIFIED', 'SUSPENDED') AND n.valid_to > c.valid_to) "
            "AND NOT EXISTS (SELECT 1 FROM message w WHERE w.subject_id = c.certification_id AND "
            "w.organisation_id = m.organisation_id AND w.kind IN " +
            database::in_list(kinds) + ") ORDER BY c.valid_to, c.certification_id LIMIT ?",
        today + std::chrono::days{after}, today + std::chrono::days{ahead}, count);
    while (rows.next()) found.push_back(certification_of(rows));
    return found;
}

}  // namespace shanhai::messages
