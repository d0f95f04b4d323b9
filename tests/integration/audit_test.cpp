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
#include <thread>

namespace shanhai::audit {
namespace {

namespace json = boost::json;
namespace fact = shanhai::event::v1;

constexpr std::int64_t price_fen = 1980;
constexpr std::uint64_t metro = 5;  // A placement of 闵行.

fact::PairingDeclared pairing(std::uint64_t id, const std::string& district, const std::string& county) {
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

/// A paid order of one line: `quantity` packs of 500 g from one lot.
fact::OrderPaid order(std::uint64_t id, std::int64_t quantity, const std::string& county = "530624",
                      bool certified = true, std::uint64_t lot = 77) {
    fact::OrderPaid paid;
    paid.set_order_id(id);
    paid.set_order_number("SH20260504" + std::to_string(10'000'000'000 + id));
    paid.set_paid_us(unix_microseconds(*parse_rfc3339("2026-05-04T02:00:00Z")));
    paid.set_placement_id(metro);
    paid.set_channel("METRO_QR");
    paid.set_buyer("buyer-" + std::to_string(id % 3));
    auto& line = *paid.add_lines();
    line.set_line_id(id * 10);
    line.set_sku_id(11);
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

NoteSigner signer(const security::Secrets& secrets) {
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
        learn_all(pairing(1, "310112", "530624"), placement, county);
    }

    template <class... Facts>
    void learn_all(const Facts&... facts) {
        host_.transact([&](database::Session& session) {
            const events::Frame frame{"test", 1, *parse_rfc3339("2026-05-04T03:00:00Z"), {}};
            (learn(session, frame, events::Event::of(facts)), ...);
        });
    }
    std::size_t sequence() { return *sequencer_->append_some(); }
    support::Answer get(const std::string& target) { return host_.call_as("auditor", "GET", target); }
    std::int64_t net(const std::string& target) {
        return get(target).json().at("totals").at("net_fen").as_int64();
    }

    support::ServiceHost host_{"audit"};
    NoteSigner signer_{signer(host_.secrets())};
    std::unique_ptr<Sequencer> sequencer_;
};

TEST_F(Audit, CreditsEverySaleOnceAndCountsItAtEveryLevel) {
    learn_all(order(1, 2), order(2, 1), order(3, 3, "530624", true, 78), order(4, 5, "530524"));
    EXPECT_EQ(sequence(), 4U);

    const auto month = std::string{"?month=2026-05"};
    const auto report = get("/v1/audit/report" + month + "&by=county").json();
    EXPECT_EQ(report.at("totals").at("net_fen").as_int64(), 11 * price_fen);
    const auto& county = report.at("items").at(0);
    EXPECT_EQ(county.at("county_code").as_string(), "530624");
    EXPECT_EQ(county.at("name").as_string(), "大关县");
    EXPECT_EQ(county.at("net_fen").as_int64(), 6 * price_fen);
    EXPECT_EQ(county.at("weight_g").as_int64(), 3000);
    EXPECT_EQ(county.at("orders").as_int64(), 3);
    EXPECT_EQ(county.at("buyers").as_int64(), 3);
    EXPECT_EQ(county.at("by_channel").at(0).at("channel").as_string(), "METRO_QR");

    const std::string path = "/v1/audit/counties/530624";
    for (const std::string deeper : {"", "/merchants/3", "/merchants/3/products/70"}) {
        EXPECT_EQ(net(path + deeper + month), 6 * price_fen) << deeper;
    }
    EXPECT_EQ(net(path + "/merchants/3/products/70/lots/77" + month), 3 * price_fen);
    EXPECT_EQ(net(path + "/merchants/3/products/70/lots/78" + month), 3 * price_fen);
    EXPECT_EQ(net(path + month + "&channel=METRO_QR"), 6 * price_fen);
    EXPECT_EQ(net(path + month + "&channel=STORE"), 0);

    const auto credits = get(path + month).json().at("credits").as_array();
    ASSERT_EQ(credits.size(), 1U);
    EXPECT_EQ(credits[0].at("district").as_string(), "310112");
    EXPECT_EQ(credits[0].at("net_fen").as_int64(), 6 * price_fen);
    EXPECT_EQ(get("/v1/audit/counties/530524" + month).json().at("credits").at(0).at("district").as_string(),
              "UNALLOCATED");
}

TEST_F(Audit, ShowsUncertifiedSalesBesideTheFigureNeverInIt) {
    learn_all(order(1, 2), order(2, 7, "530624", false));
    sequence();
    const auto totals = get("/v1/audit/report?month=2026-05").json().at("totals").as_object();
    EXPECT_EQ(totals.at("net_fen").as_int64(), 2 * price_fen);
    EXPECT_EQ(totals.at("uncounted_fen").as_int64(), 7 * price_fen);
    EXPECT_EQ(totals.at("orders").as_int64(), 1);
}

TEST_F(Audit, ProvesEveryEntryAgainstTheSignedCheckpoint) {
    for (std::uint64_t id = 1; id <= 9; ++id) learn_all(order(id, 1));
    sequence();
    const auto key = host_.call("GET", "/log/key").body;
    const auto checkpoint =
        open_checkpoint(host_.call("GET", "/log/checkpoint").body, key.substr(0, key.size() - 1));
    ASSERT_TRUE(checkpoint);
    EXPECT_EQ(checkpoint->size, 9U);
    for (std::uint64_t index = 0; index < 9; ++index) {
        const auto path = "/v1/audit/entries/" + std::to_string(index);
        const auto entry = get(path).json();
        const auto proof = get(path + "/proof").json();
        std::vector<Hash> hashes;
        for (const auto& text : proof.at("hashes").as_array()) {
            const auto bytes = security::from_base64(text.as_string());
            std::ranges::copy(*bytes, hashes.emplace_back().begin());
        }
        const auto leaf = leaf_hash(entry.at("entry").as_string());
        EXPECT_TRUE(inclusion_holds(leaf, index, 9, hashes, checkpoint->root)) << index;
    }
}

TEST_F(Audit, ServesTilesThatAnyMonitorCanFollow) {
    for (std::uint64_t id = 1; id <= 300; ++id) learn_all(order(id, 1));
    while (sequence() > 0) {
    }
    const auto full = host_.call("GET", "/log/tile/0/000");
    EXPECT_EQ(full.status, 200);
    EXPECT_EQ(full.body.size(), 8192U);
    const auto partial = host_.call("GET", "/log/tile/0/001.p/44");
    EXPECT_EQ(partial.body.size(), 44U * 32);
    EXPECT_EQ(host_.call("GET", "/log/tile/1/000.p/1").body.size(), 32U);
    EXPECT_EQ(host_.call("GET", "/log/tile/0/001.p/45").status, 404);
    EXPECT_EQ(host_.call("GET", "/log/tile/0/1").status, 404);
    const auto bundle = host_.call("GET", "/log/tile/entries/001.p/44").body;
    const auto length = static_cast<std::size_t>(static_cast<unsigned char>(bundle[0]) << 8 |
                                                 static_cast<unsigned char>(bundle[1]));
    EXPECT_EQ(leaf_hash(bundle.substr(2, length)),
              leaf_hash(get("/v1/audit/entries/256").json().at("entry").as_string()));
    EXPECT_EQ(host_.call("GET", "/log/consistency?from=100&to=300").status, 200);
    EXPECT_EQ(host_.call("GET", "/log/consistency?from=301&to=300").status, 422);
}

TEST_F(Audit, AgreesWithARecomputationUntilSomebodyEditsTheDatabase) {
    learn_all(order(1, 2), order(2, 3, "530524"), order(3, 4, "530624", false));
    sequence();
    EXPECT_TRUE(get("/v1/audit/recomputation?month=2026-05").json().at("equal").as_bool());

    host_.transact([](database::Session& session) {
        session.execute("UPDATE rollup SET gross_fen = gross_fen + 1 WHERE county_code = '530524'");
    });
    auto found = get("/v1/audit/recomputation?month=2026-05").json();
    EXPECT_FALSE(found.at("equal").as_bool());
    EXPECT_EQ(found.at("counties_differing").at(0).as_string(), "530524");

    host_.transact([](database::Session& session) {
        session.execute("UPDATE ledger_entry SET body = REPLACE(body, '\"quantity\":2', '\"quantity\":9')");
    });
    EXPECT_EQ(get("/v1/audit/recomputation?month=2026-05").json().at("hashes_differing").as_int64(), 1);
}

TEST_F(Audit, AppendsEachOrderOnceThoughSequencersRace) {
    for (std::uint64_t id = 1; id <= 200; ++id) learn_all(order(id, 1));
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            Sequencer racing{host_.pool(), signer_, [] { return now(); }};
            EXPECT_TRUE(racing.append_some());
        });
    }
    threads.clear();
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM ledger_entry"), 200);
    EXPECT_EQ(host_.number("SELECT MAX(entry_index) FROM ledger_entry"), 199);
    EXPECT_EQ(host_.number("SELECT size FROM ledger_head"), 200);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM pending_sale"), 0);
}

TEST_F(Audit, WaitsUntilTheFactsOfThatMomentAreKnown) {
    learn_all(order(1, 1));
    Sequencer behind{host_.pool(), signer_, [] { return *parse_rfc3339("2026-05-04T02:59:59Z"); }};
    EXPECT_EQ(*behind.append_some(), 0U);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM pending_sale"), 1);
    EXPECT_EQ(sequence(), 1U);
}

TEST_F(Audit, NeverSignsOverTilesThatWereChanged) {
    learn_all(order(1, 1), order(2, 1));
    sequence();
    host_.transact([](database::Session& session) {
        session.execute("UPDATE tile SET hashes = CONCAT(REPEAT('x', 32), SUBSTR(hashes, 33))");
    });
    learn_all(order(3, 1));
    EXPECT_FALSE(sequencer_->append_some());
    EXPECT_EQ(host_.number("SELECT size FROM ledger_head"), 2);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM ledger_entry"), 2);
}

TEST_F(Audit, AnswersAuditorsOnlyAndRefusesNonsense) {
    EXPECT_EQ(host_.call("GET", "/v1/audit/report?month=2026-05").status, 401);
    EXPECT_EQ(host_.call_as("merchant", "GET", "/v1/audit/report?month=2026-05").status, 403);
    for (const std::string target :
         {"/v1/audit/report", "/v1/audit/report?month=2026-13", "/v1/audit/report?month=2026-05&channel=BOAT",
          "/v1/audit/report?month=2026-05&by=moon", "/v1/audit/counties/530600?month=2026-05",
          "/v1/audit/counties/530624/merchants/x?month=2026-05"}) {
        EXPECT_EQ(get(target).status, 422) << target;
        EXPECT_EQ(get(target).problem(), "invalid-parameter") << target;
    }
    for (const std::string target :
         {"/v1/audit/entries/0", "/v1/audit/entries/x", "/v1/audit/entries/0/proof"}) {
        EXPECT_EQ(get(target).problem(), "entry-unknown") << target;
    }
}

}  // namespace
}  // namespace shanhai::audit
