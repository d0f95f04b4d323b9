#pragma once

#include "audit/domain/signed_note.hpp"
#include "audit/events/learned_facts.hpp"
#include "audit/events/sequencer.hpp"
#include "audit/service.hpp"
#include "audit/store/ledger_store.hpp"
#include "chassis/security/crypto.hpp"
#include "shanhai/event/v1/catalog.pb.h"
#include "shanhai/event/v1/channel.pb.h"
#include "shanhai/event/v1/orders.pb.h"
#include "support/async.hpp"
#include "support/service_host.hpp"

#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>
#include <limits>
#include <memory>
#include <string>

namespace shanhai::audit {

namespace json = boost::json;
namespace fact = shanhai::event::v1;

inline constexpr std::int64_t price_fen = 1980;
inline constexpr std::uint64_t metro = 5;  // A placement of 闵行.

inline fact::PairingDeclared pairing(std::uint64_t id, const std::string& district,
                                     const std::string& county) {
    fact::PairingDeclared declared;
    declared.set_pairing_id(id);
    declared.set_district_code(district);
    declared.set_county_code(county);
    declared.set_programme("EAST_WEST_COLLABORATION");
    declared.set_certainty("STATED");
    declared.set_valid_from_day(std::numeric_limits<std::int64_t>::min());
    declared.set_valid_to_day(std::numeric_limits<std::int64_t>::max());
    return declared;
}

inline constexpr std::uint64_t certified_sku = 11;
inline constexpr std::uint64_t plain_sku = 12;

/// An SKU of product 70; certified ones by certification 9, in `state` since `since`.
inline fact::OfferPublished offer(std::uint64_t sku, const std::string& state = "CERTIFIED",
                                  const std::string& since = "2025-01-01T00:00:00Z") {
    fact::OfferPublished published;
    published.set_sku_id(sku);
    published.set_product_id(70);
    published.set_product_name("箬竹面");
    if (sku == plain_sku) return published;
    auto& certification = *published.add_certifications();
    certification.set_certification_id(9);
    certification.set_valid_from_us(unix_microseconds(*parse_rfc3339("2025-01-01T00:00:00Z")));
    certification.set_valid_to_us(std::numeric_limits<std::int64_t>::max());
    certification.set_state(state);
    certification.set_state_since_us(unix_microseconds(*parse_rfc3339(since)));
    return published;
}

inline std::string order_number(std::uint64_t id) {
    return OrderNumber::make(*parse_rfc3339("2026-05-04T02:00:00Z"), id).text();
}

/// A paid order of one line: `quantity` packs of 500 g from one lot.
inline fact::OrderPaid order(std::uint64_t id, std::int64_t quantity, const std::string& county = "530624",
                             bool certified = true, std::uint64_t lot = 77) {
    fact::OrderPaid paid;
    paid.set_order_id(id);
    paid.set_order_number(order_number(id));
    paid.set_paid_us(unix_microseconds(*parse_rfc3339("2026-05-04T02:00:00Z")));
    paid.set_placement_id(metro);
    paid.set_channel("METRO_QR");
    paid.set_buyer("buyer-" + std::to_string(id % 3));
    paid.set_provider("wechat");
    paid.set_order_commitment(security::sha256("salt of order " + std::to_string(id)));
    paid.set_buyer_commitment(security::sha256("salt of buyer " + std::to_string(id)));
    auto& line = *paid.add_lines();
    line.set_line_id(id * 10);
    line.set_sku_id(certified ? certified_sku : plain_sku);
    line.set_product_id(70);
    line.set_merchant_id(3);
    line.set_lot_id(lot);
    line.set_lot_code("LOT" + std::to_string(lot));
    line.set_county_code(county);
    line.set_quantity(quantity);
    line.set_unit_price_fen(price_fen);
    line.set_total_fen(price_fen * quantity);
    line.set_weight_g(500 * quantity);
    line.set_purchase_mode("ASSISTED_SALE");
    line.set_snapshot_hash(std::string(32, 'h'));
    line.set_certified_at_payment(certified);
    line.set_certification_id(certified ? 9 : 0);
    paid.set_total_fen(line.total_fen());
    return paid;
}

inline NoteSigner signer(const security::Secrets& secrets) {
    return NoteSigner{"shanhai/ledger",
                      std::move(*security::Ed25519Key::from_pem(secrets.read("ledger_private")))};
}

/// The audit as it is wired, and what the other services would have told it. Its own sequencer waits for
/// producers that are not there; the test's takes orders at once.
class Audit : public ::testing::Test {
protected:
    Audit() {
        host_.run(make_service);
        sequencer_ = std::make_unique<Sequencer>(host_.pool(), signer_, [] { return now(); });
        fact::PlacementRegistered placement;
        placement.set_placement_id(metro);
        placement.set_name("2号线");
        placement.set_channel("METRO_QR");
        placement.set_district_code("310112");
        fact::CountyRegistered county;
        county.set_county_code("530624");
        county.set_name("大关县");
        learn_all(pairing(1, "310112", "530624"), placement, county, offer(certified_sku), offer(plain_sku));
    }

    template <class... Facts>
    void learn_all(const Facts&... facts) {
        host_.transact([&](database::Session& session) {
            const events::Frame frame{"test", 1, *parse_rfc3339("2026-05-04T03:00:00Z"), {}};
            (lessons().apply(session, frame, events::Event::of(facts)), ...);
        });
    }
    std::size_t sequence() { return *sequencer_->append_some(); }
    support::Answer get(const std::string& target) { return host_.call_as("auditor", "GET", target); }
    /// The recomputation of the month, or of all.
    boost::json::object recomputed(const std::string& query = "?month=2026-05") {
        return get("/v1/audit/recomputation" + query).json().as_object();
    }
    void sql(const std::string& statement) {
        host_.transact([&](database::Session& session) { session.run(statement); });
    }
    std::int64_t net(const std::string& target) {
        return get(target).json().at("totals").at("net_fen").as_int64();
    }

    support::ServiceHost host_{"audit"};
    NoteSigner signer_{signer(host_.secrets())};
    std::unique_ptr<Sequencer> sequencer_;
};

}  // namespace shanhai::audit
