#include "audit/events/learned_facts.hpp"

#include "audit/events/paid_orders.hpp"
#include "audit/store/count_store.hpp"
#include "shanhai/event/v1/catalog.pb.h"
#include "shanhai/event/v1/channel.pb.h"
#include "shanhai/event/v1/orders.pb.h"
#include "shanhai/event/v1/trace.pb.h"
#include "vocabulary/trade.hpp"

#include <algorithm>
#include <stdexcept>

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

void learn_product(database::Session& session, std::uint64_t id, std::string_view name) {
    session.execute(
        "INSERT INTO product (product_id, name) VALUES (?, ?) ON DUPLICATE KEY UPDATE name = VALUES(name)",
        id, name);
}

void learn_lot(database::Session& session, const fact::LotRegistered& lot) {
    session.execute(
        "INSERT INTO lot (lot_id, lot_code) VALUES (?, ?) ON DUPLICATE KEY UPDATE lot_code = "
        "VALUES(lot_code)",
        lot.lot_id(), lot.lot_code());
}

void learn_certification(database::Session& session, std::uint64_t sku, const fact::Certification& told) {
    const auto id = told.certification_id();
    // It counts from the first of its days on, but never before it was entered: what was paid until then was
    // not certified, whatever anybody writes down later.
    const auto from = std::max(told.valid_from_us(), told.recorded_us());
    if (!from_wire_name<CertificationState>(told.state())) {
        throw std::runtime_error{"a certification is in a state that is not in the vocabulary: " +
                                 told.state()};
    }
    session.execute(
        "INSERT INTO certification (certification_id, valid_from_us, valid_to_us) VALUES (?, ?, ?) "
        "ON DUPLICATE KEY UPDATE valid_from_us = VALUES(valid_from_us), valid_to_us = VALUES(valid_to_us)",
        id, from, told.valid_to_us());
    session.execute(
        "INSERT INTO certification_step (certification_id, since_us, state) VALUES (?, ?, ?) "
        "ON DUPLICATE KEY UPDATE state = VALUES(state)",
        id, told.state_since_us(), told.state());
    session.execute("INSERT INTO sku_certification (sku_id, certification_id) VALUES (?, ?)", sku, id);
}

/// Steps are only added: what is learned later never changes what was so earlier.
void learn_offer(database::Session& session, const fact::OfferPublished& offer) {
    learn_product(session, offer.product_id(), offer.product_name());
    session.execute("DELETE FROM sku_certification WHERE sku_id = ?", offer.sku_id());
    for (const auto& told : offer.certifications()) learn_certification(session, offer.sku_id(), told);
}

void learn_merchant(database::Session& session, const fact::MerchantRegistered& merchant) {
    session.execute(
        "INSERT INTO merchant (merchant_id, name, organisation_id) VALUES (?, ?, ?) "
        "ON DUPLICATE KEY UPDATE name = VALUES(name), organisation_id = VALUES(organisation_id)",
        merchant.merchant_id(), merchant.name(), merchant.organisation_id());
}

void learn_erasure(database::Session& session, const fact::OrderErased& erased) {
    erase_order(session, OrderId{erased.order_id()});
}

}  // namespace

const events::Lessons& lessons() {
    using events::Past;
    // What decides about a sale counts as it was when that was paid.
    static const auto all = events::Lessons{}
                                .of<fact::OrderPaid>(Past::every_fact, keep_pending)
                                .of<fact::OrderErased>(Past::every_fact, learn_erasure)
                                .of<fact::OfferPublished>(Past::every_fact, learn_offer)
                                .of<fact::PairingDeclared>(Past::every_fact, learn_pairing)
                                .of<fact::PlacementRegistered>(Past::every_fact, learn_placement)
                                .of<fact::LotRegistered>(Past::latest, learn_lot)
                                .of<fact::MerchantRegistered>(Past::latest, learn_merchant)
                                .of<fact::CountyRegistered>(Past::latest, learn_county);
    return all;
}

std::vector<std::string> indispensable_facts() {
    return {"shanhai.event.v1.OrderPaid", "shanhai.event.v1.PairingDeclared",
            "shanhai.event.v1.PlacementRegistered", "shanhai.event.v1.OfferPublished",
            "shanhai.event.v1.OrderErased"};
}

}  // namespace shanhai::audit
