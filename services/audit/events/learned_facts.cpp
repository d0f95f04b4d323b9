#include "audit/events/learned_facts.hpp"

#include "shanhai/event/v1/catalog.pb.h"
#include "shanhai/event/v1/channel.pb.h"
#include "shanhai/event/v1/orders.pb.h"
#include "shanhai/event/v1/trace.pb.h"

namespace shanhai::audit {
namespace {

namespace fact = shanhai::event::v1;

void learn_county(database::Session& session, const fact::CountyRegistered& county) {
    session.execute(
        "INSERT INTO county (county_code, name, short_name, prefecture, province) VALUES (?, ?, ?, ?, ?) "
        "ON DUPLICATE KEY UPDATE name = VALUES(name), short_name = VALUES(short_name), "
        "prefecture = VALUES(prefecture), province = VALUES(province)",
        county.county_code(), county.name(), county.short_name(), county.prefecture(), county.province());
}

void learn_pairing(database::Session& session, const fact::PairingDeclared& pairing) {
    session.execute(
        "INSERT INTO pairing (pairing_id, district_code, county_code, programme, certainty, valid_from_day, "
        "valid_to_day) VALUES (?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE "
        "district_code = VALUES(district_code), county_code = VALUES(county_code), "
        "programme = VALUES(programme), certainty = VALUES(certainty), "
        "valid_from_day = VALUES(valid_from_day), valid_to_day = VALUES(valid_to_day)",
        pairing.pairing_id(), pairing.district_code(), pairing.county_code(), pairing.programme(),
        pairing.certainty(), pairing.valid_from_day(), pairing.valid_to_day());
}

void learn_placement(database::Session& session, const fact::PlacementRegistered& placement) {
    session.execute(
        "INSERT INTO placement (placement_id, name, channel, campaign, district_code) VALUES (?, ?, ?, ?, ?) "
        "ON DUPLICATE KEY UPDATE name = VALUES(name), channel = VALUES(channel), campaign = "
        "VALUES(campaign), "
        "district_code = VALUES(district_code)",
        placement.placement_id(), placement.name(), placement.channel(), placement.campaign(),
        placement.district_code());
}

void learn_name(database::Session& session, std::string_view table, std::uint64_t id, std::string_view name) {
    const std::string table_name{table};
    session.execute("INSERT INTO " + table_name + " (" + table_name +
                        "_id, name) VALUES (?, ?) ON DUPLICATE KEY UPDATE name = VALUES(name)",
                    id, name);
}

void learn_lot(database::Session& session, const fact::LotRegistered& lot) {
    session.execute(
        "INSERT INTO lot (lot_id, lot_code) VALUES (?, ?) ON DUPLICATE KEY UPDATE lot_code = "
        "VALUES(lot_code)",
        lot.lot_id(), lot.lot_code());
}

void learn_paid_order(database::Session& session, const events::Frame& frame, const events::Event& event,
                      const fact::OrderPaid& paid) {
    session.execute(
        "INSERT INTO pending_sale (order_id, known_at, fact) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE id = "
        "id",
        paid.order_id(), frame.at, database::Literal::bytes(event.payload));
}

/// Reads the event as a Fact and hands it on, when it is one.
template <class Fact, class Use>
bool when(const events::Event& event, Use use) {
    Fact read;
    if (!event.read(read)) return false;
    use(read);
    return true;
}

}  // namespace

void learn(database::Session& session, const events::Frame& frame, const events::Event& event) {
    when<fact::OrderPaid>(event, [&](const auto& paid) { learn_paid_order(session, frame, event, paid); }) ||
        when<fact::OfferPublished>(event,
                                   [&](const auto& offer) {
                                       learn_name(session, "product", offer.product_id(),
                                                  offer.product_name());
                                   }) ||
        when<fact::LotRegistered>(event, [&](const auto& lot) { learn_lot(session, lot); }) ||
        when<fact::PlacementRegistered>(
            event, [&](const auto& placement) { learn_placement(session, placement); }) ||
        when<fact::MerchantRegistered>(event,
                                       [&](const auto& merchant) {
                                           learn_name(session, "merchant", merchant.merchant_id(),
                                                      merchant.name());
                                       }) ||
        when<fact::CountyRegistered>(event, [&](const auto& county) { learn_county(session, county); }) ||
        when<fact::PairingDeclared>(event, [&](const auto& pairing) { learn_pairing(session, pairing); });
}

}  // namespace shanhai::audit
