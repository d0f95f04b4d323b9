#include "integration/audit/fixture.hpp"

#include <filesystem>
#include <thread>

namespace shanhai::audit {
namespace {

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
    EXPECT_EQ(report.at("totals").at("orders").as_int64(), 4);
    EXPECT_EQ(report.at("totals").at("buyers").as_int64(), 3);
    EXPECT_EQ(county.at("by_channel").at(0).at("channel").as_string(), "METRO_QR");

    const std::string path = "/v1/audit/counties/530624";
    for (const std::string deeper : {"", "/merchants/3", "/merchants/3/products/70"}) {
        EXPECT_EQ(net(path + deeper + month), 6 * price_fen) << deeper;
    }
    EXPECT_EQ(net(path + "/merchants/3/products/70/lots/77" + month), 3 * price_fen);
    EXPECT_EQ(net(path + "/merchants/3/products/70/lots/78" + month), 3 * price_fen);
    for (const auto* wrong : {"/merchants/999/products/70/lots/77", "/merchants/3/products/999/lots/77"}) {
        EXPECT_EQ(net(path + wrong + month), 0);
        EXPECT_TRUE(get(path + wrong + month).json().at("items").as_array().empty()) << wrong;
    }
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
    const auto bundle = get("/log/tile/entries/001.p/44").body;
    const auto length = static_cast<std::size_t>(static_cast<unsigned char>(bundle[0]) << 8 |
                                                 static_cast<unsigned char>(bundle[1]));
    EXPECT_EQ(leaf_hash(bundle.substr(2, length)),
              leaf_hash(get("/v1/audit/entries/256").json().at("entry").as_string()));
    EXPECT_EQ(host_.call("GET", "/log/consistency?from=100&to=300").status, 200);
    EXPECT_EQ(host_.call("GET", "/log/consistency?from=301&to=300").status, 422);
}

TEST_F(Audit, AppendsEachOrderOnceThoughSequencersRace) {
    for (std::uint64_t id = 1; id <= 200; ++id) learn_all(order(id, 1));
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            Sequencer racing{host_.pool(), signer_, [] { return now(); }};
            const auto appended = racing.append_some();
            EXPECT_TRUE(appended);
        });
    }
    threads.clear();
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM ledger_entry"), 200);
    EXPECT_EQ(host_.number("SELECT MAX(entry_index) FROM ledger_entry"), 199);
    EXPECT_EQ(host_.number("SELECT size FROM ledger_head"), 200);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM pending_sale"), 0);
}

/// Orders that are there already come again, among new ones and some that come twice.
TEST_F(Audit, TakesOrdersInOnceThoughTheyComeAgainTogether) {
    const auto learn_together = [this](const std::vector<std::uint64_t>& ids) {
        const events::Frame frame{"orders", 1, *parse_rfc3339("2026-05-04T03:00:00Z"), {}};
        std::vector<events::Event> facts;
        for (const auto id : ids) facts.push_back(events::Event::of(order(id, 1)));
        std::vector<events::Told> told;
        for (const auto& one : facts) told.push_back({frame, one});
        host_.transact([&](database::Session& session) { lessons().apply(session, told); });
    };
    learn_together({1, 2, 3});
    EXPECT_EQ(sequence(), 3U);
    fact::OrderErased erased;
    erased.set_order_id(2);
    learn_all(erased);
    learn_together({4, 2, 1, 4, 5, 3});
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM pending_sale"), 2)
        << "an erased one is known by its commitment";
    EXPECT_EQ(sequence(), 2U);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM ledger_entry"), 5);
    learn_together({1, 2, 3, 4, 5});
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
          "/v1/audit/report?month=2026-05&by=moon", "/v1/audit/recomputation?month=x"}) {
        EXPECT_EQ(get(target).status, 422) << target;
        EXPECT_EQ(get(target).problem(), "validation-failed") << target;
    }
    for (const std::string target :
         {"/log/tile/0/x123", "/log/tile/0/x", "/log/tile/00/000", "/log/tile/8/000",
          "/log/tile/entries/x123", "/log/tile/0/000.p/01", "/log/tile/0/000.p/256"}) {
        EXPECT_EQ(get(target).problem(), "tile-unknown") << target;
    }
    EXPECT_EQ(get("/v1/audit/counties/530600?month=2026-05").problem(), "county-unknown");
    EXPECT_EQ(get("/v1/audit/counties/530624/merchants/x?month=2026-05").problem(), "merchant-unknown");
    for (const std::string target :
         {"/v1/audit/entries/0", "/v1/audit/entries/x", "/v1/audit/entries/0/proof"}) {
        EXPECT_EQ(get(target).problem(), "entry-unknown") << target;
    }
}

// Start-up may throw at any step: whatever runs by then must end before what it uses.
TEST(AuditLife, EndsItsThreadsThoughNobodyStoppedIt) {
    support::ServiceHost host{"audit"};
    host.run([](chassis::Host& given) {
        for (int times = 0; times < 3; ++times) {
            http::Router router;
            http::Router internal;
            observe::Health health;
            chassis::Host other{given.settings, given.secrets, router, internal, health, given.vitals};
            const auto abandoned = make_service(other);
            abandoned->start();  // And destroyed, as when another service's start throws.
        }
        return make_service(given);
    });
}

TEST(AuditLife, ThrowsASentenceWhicheverSecretIsMissing) {
    support::ServiceHost host{"audit"};
    // As they are read: before the database is touched, and after its threads are there.
    for (const std::string missing :
         {"ledger_private", "ledger_verifier", "order_access", "database_audit", "internal_feed"}) {
        support::PrivateFolder folder;
        const auto secrets = folder.path() / "secrets";
        security::make_platform_secrets(secrets, {"catalog", "trace", "channel", "orders", "audit"});
        const security::Secrets incomplete{secrets};
        for (const std::string password : {"database_audit", "database_audit_owner"}) {
            std::filesystem::remove(secrets / password);
            incomplete.make_once(password, host.secrets().read(password));
        }
        std::filesystem::remove(secrets / missing);
        const auto make = [&](chassis::Host& given) {
            chassis::Host other{given.settings, incomplete,   given.router,
                                given.internal, given.health, given.vitals};
            return make_service(other);
        };
        try {
            host.run(make);
            FAIL() << missing;
        } catch (const std::runtime_error& error) {
            EXPECT_NE(std::string{error.what()}.find(missing), std::string::npos) << error.what();
        }
    }
}

}  // namespace
}  // namespace shanhai::audit
