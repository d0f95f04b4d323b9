#include "catalog/store/mysql_catalog_store.hpp"
#include "catalog/store/reader.hpp"
#include "chassis/database/stored_name.hpp"

#include <algorithm>
#include <stdexcept>

// Certifications as their service declares them; and how those that the catalog kept before went to it.

namespace shanhai::catalog {
namespace {

using database::Session;

/// Each with its history: a frame has room for their longest reasons.
constexpr std::size_t handed_over_a_frame = 50;

void store(Session& session, const Certification& one) {
    std::optional<std::int64_t> households;
    if (one.households) households = one.households->count;
    const auto people = one.households ? one.households->people : std::nullopt;
    session.execute(
        "INSERT INTO certification (certification_id, product_id, scheme, year, authority, number, "
        "valid_from, valid_to, state, state_since, reason, recorded_at, households, people) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE "
        "product_id = VALUES(product_id), scheme = VALUES(scheme), year = VALUES(year), "
        "authority = VALUES(authority), number = VALUES(number), valid_from = VALUES(valid_from), "
        "valid_to = VALUES(valid_to), state = VALUES(state), state_since = VALUES(state_since), "
        "reason = VALUES(reason), recorded_at = VALUES(recorded_at), households = VALUES(households), "
        "people = VALUES(people)",
        one.id, one.product, one.scheme.text(), one.year, one.authority, one.number, one.valid_from,
        one.valid_to, wire_name(one.state), one.state_since, one.reason, one.recorded, households, people);
}

std::vector<KeptStep> steps_of(Session& session, CertificationId id) {
    std::vector<KeptStep> steps;
    auto rows = session.query(
        "SELECT state, reason, at, by_account FROM certification_state WHERE certification_id = ? "
        "ORDER BY step",
        id);
    while (rows.next()) {
        steps.push_back({database::stored_name<CertificationState>(rows.text(0)), rows.text(1),
                         rows.instant(2), rows.id<AccountId>(3)});
    }
    return steps;
}

}  // namespace

void MysqlCatalogStore::learn(Session& session, const Certification& certification) {
    // What was handed over comes back as it was: nobody is held up for it.
    const auto known = find_certification(session, certification.id);
    if (known == certification) return;
    if (known && known->product != certification.product) {
        throw std::runtime_error{"a certification of another product has that id"};
    }
    const auto offer = locked_offer(session, certification.product);
    if (!offer) throw std::runtime_error{"a certification of a product that the catalog does not have"};
    store(session, certification);
    conclude_offer(session, certification.product);
}

void MysqlCatalogStore::hand_over_certifications(Session& session, const Catalogue& catalogue) {
    std::uint64_t count = 0;
    std::uint64_t last_id = 0;
    Announcement announcement;
    for (const auto& [id, product] : catalogue.products) {
        for (const auto& one : product.certifications) {
            last_id = std::max(last_id, number(one.id));
            // One from before its dates were checked recognises nothing; nobody else could keep it.
            if (!one.possible()) continue;
            announcement.handed_over.push_back({one, steps_of(session, one.id)});
            ++count;
            if (announcement.handed_over.size() < handed_over_a_frame) continue;
            announce_(session, announcement);
            announcement = {};
        }
    }
    announcement.all_handed_over = HandedOver{count, last_id};
    announce_(session, announcement);
}

}  // namespace shanhai::catalog
