#include "audit/store/learned_store.hpp"

#include <set>
#include <stdexcept>

namespace shanhai::audit {

std::vector<Pairing> read_pairings(database::Session& session) {
    auto rows = session.query(
        "SELECT pairing_id, district_code, county_code, programme, certainty, valid_from_day, valid_to_day "
        "FROM pairing ORDER BY pairing_id");
    std::vector<Pairing> pairings;
    while (rows.next()) {
        pairings.push_back({rows.id<PairingId>(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4),
                            Date{std::chrono::days{rows.integer(5)}},
                            Date{std::chrono::days{rows.integer(6)}}});
    }
    return pairings;
}

std::map<PlacementId, std::string> read_placement_districts(database::Session& session) {
    auto rows = session.query("SELECT placement_id, district_code FROM placement");
    std::map<PlacementId, std::string> districts;
    while (rows.next()) districts[rows.id<PlacementId>(0)] = rows.text(1);
    return districts;
}

std::map<SkuId, std::vector<CertificationHistory>> read_certifications(database::Session& session,
                                                                       const std::vector<SkuId>& skus) {
    std::map<SkuId, std::vector<CertificationHistory>> found;
    std::string list;
    for (const auto sku : std::set<SkuId>{skus.begin(), skus.end()})
        list += (list.empty() ? "" : ",") + std::to_string(number(sku));
    if (list.empty()) return found;
    auto rows = session.ask(
        "SELECT s.sku_id, c.certification_id, c.valid_from_us, c.valid_to_us, t.since_us, t.state FROM "
        "sku_certification s JOIN certification c ON c.certification_id = s.certification_id "
        "JOIN certification_step t ON t.certification_id = c.certification_id WHERE s.sku_id IN (" +
        list + ") ORDER BY s.sku_id, c.certification_id, t.since_us");
    while (rows.next()) {
        auto& histories = found[rows.id<SkuId>(0)];
        const auto id = rows.id<CertificationId>(1);
        if (histories.empty() || histories.back().id != id) {
            histories.push_back({id, instant_of(rows.integer(2)), instant_of(rows.integer(3)), {}});
        }
        const auto state = from_wire_name<CertificationState>(rows.text(5));
        if (!state) throw std::runtime_error{"a certification is in a state that nobody knows"};
        histories.back().steps.push_back({instant_of(rows.integer(4)), *state});
    }
    return found;
}

}  // namespace shanhai::audit
