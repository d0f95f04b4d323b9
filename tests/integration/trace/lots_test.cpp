#include "integration/trace/fixture.hpp"

#include "support/async.hpp"

#include <atomic>
#include <set>
#include <thread>

namespace shanhai::trace {
namespace {

TEST_F(Trace, RegistersABaseOnceHoweverOftenItIsSent) {
    const auto first = post("/v1/bases", base_body());
    EXPECT_EQ(first.status, 201) << first.body;
    const auto again = post("/v1/bases", base_body());
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.body, first.body);
    auto other = base_body();
    other["mu_x100"] = 2000;
    const auto refused = post("/v1/bases", other);
    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(refused.problem(), "base-exists");
    EXPECT_EQ(host_.call("GET", "/v1/bases/1").body, first.body);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM base"), 1);
}

TEST_F(Trace, RefusesBasesOfUnknownCountiesAndMerchants) {
    const std::pair<const char*, json::value> cases[] = {{"/county_code", "310112"},
                                                         {"/merchant_id", 99},
                                                         {"/merchant_id", 7},
                                                         {"/mu_x100", 0},
                                                         {"/name", ""},
                                                         {"/product_words", json::array{}}};
    for (const auto& [pointer, value] : cases) {
        auto body = base_body();
        body[pointer + 1] = value;
        const auto refused = post("/v1/bases", body);
        EXPECT_EQ(refused.status, 422) << pointer;
        EXPECT_EQ(refused.pointer(), pointer) << refused.body;
    }
}

TEST_F(Trace, LetsMerchantsWriteForTheirOwnOrganisationOnly) {
    const auto body = json::serialize(base_body());
    EXPECT_EQ(host_.call("POST", "/v1/bases", body).status, 401);
    EXPECT_EQ(host_.call_as("auditor", "POST", "/v1/bases", body).status, 403);
    const auto stranger = host_.call_as("merchant", "POST", "/v1/bases", body, 8);
    EXPECT_EQ(stranger.status, 403);
    EXPECT_EQ(stranger.problem(), "not-your-merchant");
    EXPECT_EQ(host_.call_as("merchant", "POST", "/v1/bases", body, 9).status, 201);

    base_ = 1;
    EXPECT_EQ(confirm(base_, 2).status, 200);
    auto theirs = lot_body("A1");
    theirs["sku_id"] = 12;  // The other merchant's goods, from this one's base.
    EXPECT_EQ(host_.call_as("merchant", "POST", "/v1/lots", json::serialize(theirs), 8).status, 403);
    EXPECT_EQ(host_.call_as("merchant", "POST", "/v1/lots", json::serialize(theirs), 9).status, 403);
    const auto own = json::serialize(lot_body("A1"));
    EXPECT_EQ(host_.call_as("merchant", "POST", "/v1/lots", own, 9).status, 201);
    const std::string reason = R"({"reason":"x"})";
    EXPECT_EQ(host_.call_as("merchant", "POST", "/v1/lots/1/block", reason, 8).status, 403);
}

TEST_F(Trace, RegistersALotOnceAndPublishesTheWholeOfIt) {
    add_base();
    const auto first = post("/v1/lots", lot_body("DG20260402-01"));
    ASSERT_EQ(first.status, 201) << first.body;
    EXPECT_EQ(first.json().at("county_code").as_string(), "530624");
    EXPECT_EQ(first.json().at("net_content_g").as_int64(), 500);
    EXPECT_EQ(post("/v1/lots", lot_body("DG20260402-01")).status, 200);
    const auto refused = post("/v1/lots", lot_body("DG20260402-01", 101));
    EXPECT_EQ(refused.problem(), "lot-code-taken");
    EXPECT_EQ(post("/v1/lots", lot_body("dg20260402-01")).status, 201) << "capitals tell lot codes apart";

    const auto lots = published();
    ASSERT_EQ(lots.size(), 2U);
    EXPECT_EQ(lots[0].lot_code(), "DG20260402-01");
    EXPECT_EQ(lots[0].product_id(), 70U);
    EXPECT_EQ(lots[0].county_code(), "530624");
    EXPECT_EQ(lots[0].production_day(), parse_date("2026-04-03")->time_since_epoch().count());
    EXPECT_EQ(lots[0].quantity(), 100);
    EXPECT_TRUE(lots[0].saleable());
}

TEST_F(Trace, RefusesLotsThatBreakARule) {
    add_base();
    const std::pair<const char*, json::value> cases[] = {{"/lot_code", "A/B"},
                                                         {"/lot_code", "123456789012345678901"},
                                                         {"/base_id", 99},
                                                         {"/sku_id", 99},
                                                         {"/sku_id", 13},
                                                         {"/harvest_date", "2026-04-04"},
                                                         {"/expiry_date", "2026-04-03"},
                                                         {"/production_date", "2099-01-01"},
                                                         {"/quantity", 0},
                                                         {"/county_code", "310112"},
                                                         {"/harvest_date", "2026-02-30"}};
    for (const auto& [pointer, value] : cases) {
        auto body = lot_body("A1");
        if (std::string{pointer} == "/production_date") body["expiry_date"] = nullptr;
        body[pointer + 1] = value;
        const auto refused = post("/v1/lots", body);
        EXPECT_EQ(refused.status, 422) << pointer << value;
        EXPECT_EQ(refused.pointer(), pointer) << refused.body;
    }
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM lot"), 0);
    EXPECT_TRUE(published().empty());
}

TEST_F(Trace, GivesEveryLotOfFoodAnExpiryAndNeverALaterOne) {
    add_base();
    auto body = lot_body("A1");
    body["expiry_date"] = nullptr;
    const auto made = post("/v1/lots", body);
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(made.json().at("expiry_date").as_string(), "2027-04-03");
    EXPECT_EQ(published().back().expiry_day(), parse_date("2027-04-03")->time_since_epoch().count());
    EXPECT_EQ(post("/v1/lots", body).status, 200) << "the same request again";
    for (const auto* late : {"2027-04-04", "2029-04-03", "9999-12-31"}) {
        auto other = lot_body("A2");
        other["expiry_date"] = late;
        EXPECT_EQ(post("/v1/lots", other).pointer(), "/expiry_date") << late;
    }
    // Food of which nobody said how long it keeps says so itself, or is no lot.
    host_.transact([](database::Session& session) {
        session.run("UPDATE known_sku SET shelf_life_days = NULL, food = NULL WHERE sku_id = 11");
    });
    auto unknown = lot_body("A3");
    unknown["expiry_date"] = nullptr;
    EXPECT_EQ(post("/v1/lots", unknown).pointer(), "/expiry_date");
    EXPECT_EQ(post("/v1/lots", lot_body("A3")).status, 201);
    host_.transact([](database::Session& session) {
        session.run("UPDATE known_sku SET food = FALSE WHERE sku_id = 11");
    });
    auto craft = lot_body("A4");
    craft["expiry_date"] = nullptr;
    const auto timeless = post("/v1/lots", craft);
    EXPECT_EQ(timeless.status, 201);
    EXPECT_TRUE(timeless.json().at("expiry_date").is_null());
}

TEST_F(Trace, TellsOldLotsWithTheExpiryTheyShouldHaveHad) {
    add_base();
    ASSERT_EQ(post("/v1/lots", lot_body("A1")).status, 201);
    host_.transact([](database::Session& session) {
        session.run("UPDATE lot SET expiry_date = NULL");
        lessons().apply(session, {}, offer(11, 70, 5));
    });
    EXPECT_EQ(host_.call("GET", "/v1/lots/1").json().at("expiry_date").as_string(), "2027-04-03");
    ASSERT_EQ(published().size(), 2U);
    EXPECT_EQ(published().back().expiry_day(), parse_date("2027-04-03")->time_since_epoch().count());
}

TEST_F(Trace, RefusesYieldsThatNoCropHas) {
    const std::tuple<const char*, int, int> cases[] = {
        {"方竹笋", 2500, 201}, {"方竹笋", 2501, 422}, {"大叶种茶", 1000, 201}, {"大叶种茶", 1001, 422},
        {"野生松茸", 60, 201}, {"野生松茸", 61, 422}, {"没听说过", 3000, 201}, {"没听说过", 3001, 422}};
    int number = 0;
    for (const auto& [word, yield, status] : cases) {
        auto body = base_body();
        body["name"] = "基地" + std::to_string(++number);
        body["product_words"] = json::array{word};
        body["yield_kg_per_mu"] = yield;
        EXPECT_EQ(post("/v1/bases", body).status, status) << word << yield;
    }
    auto vast = base_body();
    vast["mu_x100"] = 100'000'000;
    EXPECT_EQ(post("/v1/bases", vast).pointer(), "/mu_x100");
}

TEST_F(Trace, RegistersWhatABaseCanGrowAndNotOnePackMore) {
    add_base();  // 10 mu × 100 kg × 1.1 = 1100 kg = 2200 packs of 500 g.
    EXPECT_EQ(post("/v1/lots", lot_body("A", 1200)).status, 201);
    const auto refused = post("/v1/lots", lot_body("B", 1001));
    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(refused.problem(), "yield-exceeded");
    EXPECT_EQ(post("/v1/lots", lot_body("A", 1200)).status, 200) << "a repeated request is not weighed again";
    EXPECT_EQ(post("/v1/lots", lot_body("B", 1000)).status, 201);
    auto next_year = lot_body("C", 2200);
    next_year["harvest_date"] = "2025-12-31";
    EXPECT_EQ(post("/v1/lots", next_year).status, 201);
}

TEST_F(Trace, NeverExceedsTheYieldHoweverManyAskAtOnce) {
    add_base();
    constexpr int askers = 4;
    constexpr int lots_each = 10;  // Of 100 packs: 4000 packs are asked for, 2200 can have grown.
    std::vector<std::thread> threads;
    std::atomic<int> accepted = 0;
    for (int asker = 0; asker < askers; ++asker) {
        threads.emplace_back([&, asker] {
            for (int i = 0; i < lots_each; ++i) {
                const auto code = "L" + std::to_string(asker) + "-" + std::to_string(i);
                if (post("/v1/lots", lot_body(code)).status == 201) ++accepted;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(accepted, 22);
    EXPECT_EQ(host_.number("SELECT CAST(SUM(quantity) AS SIGNED) FROM lot"), 2200);
    EXPECT_EQ(published().size(), 22U);
}

TEST_F(Trace, BlocksALotOnceAndKeepsTheFirstReason) {
    add_base();
    post("/v1/lots", lot_body("A"));
    const auto blocked = post("/v1/lots/1/block", {{"reason", "抽检不合格"}});
    EXPECT_EQ(blocked.status, 200) << blocked.body;
    EXPECT_FALSE(blocked.json().at("saleable").as_bool());
    const auto again = post("/v1/lots/1/block", {{"reason", "别的"}});
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.json().at("block_reason").as_string(), "抽检不合格");
    EXPECT_EQ(post("/v1/lots/99/block", {{"reason", "x"}}).status, 404);
    EXPECT_EQ(post("/v1/lots/1/block", {}).status, 422);

    const auto lots = published();
    ASSERT_EQ(lots.size(), 2U);
    EXPECT_FALSE(lots[1].saleable());
}

TEST_F(Trace, ShowsTheOriginFromMemoryWithATag) {
    add_base();
    EXPECT_EQ(host_.call("GET", "/v1/origin-cards/products/404").status, 404);
    post("/v1/lots", lot_body("A"));
    const std::string target = "/v1/origin-cards/products/70";
    ASSERT_TRUE(support::eventually([&] {
        const auto card = host_.call("GET", target);
        return card.status == 200 && card.json().at("lot").is_object();
    }));
    const auto card = host_.call("GET", target);
    EXPECT_EQ(card.json().at("county").at("name").as_string(), "大关县");
    EXPECT_EQ(card.json().at("base").at("village").as_string(), "天星镇");
    EXPECT_EQ(card.json().at("lot").at("lot_code").as_string(), "A");
    EXPECT_EQ(card.json().at("steps").as_array().size(), 2U);
    const auto unchanged = host_.call("GET", target, {}, {{"If-None-Match", card.header("ETag")}});
    EXPECT_EQ(unchanged.status, 304);
    EXPECT_TRUE(unchanged.body.empty());

    post("/v1/lots/1/block", {{"reason", "x"}});
    ASSERT_TRUE(support::eventually([&] {
        return host_.call("GET", target, {}, {{"If-None-Match", card.header("ETag")}}).status == 200;
    }));
    EXPECT_TRUE(host_.call("GET", target).json().at("lot").is_null());
    const auto of_lot = host_.call("GET", "/v1/origin-cards/lots/1");
    EXPECT_FALSE(of_lot.json().at("lot").at("saleable").as_bool());
}

TEST_F(Trace, TellsThePublicNothingOfWhatWasNeverListed) {
    add_base();
    post("/v1/lots", lot_body("A"));
    learn({offer(11, 70, 5, true)});
    const auto seen = [this](const std::string& role, std::uint64_t organisation) {
        const auto status = [&](const std::string& target) {
            const auto answer = role.empty() ? host_.call("GET", target)
                                             : host_.call_as(role, "GET", target, {}, organisation);
            EXPECT_EQ(answer.header("Vary"), "Authorization") << target;
            if (target.ends_with("sku_id=11"))
                return answer.json().at("items").as_array().empty() ? 404 : 200;
            return answer.status;
        };
        return std::set{status("/v1/lots/1"), status("/v1/lots?sku_id=11"), status("/v1/origin-cards/lots/1"),
                        status("/v1/origin-cards/products/70")};
    };
    const std::set all{200};
    const std::set nothing{404};
    ASSERT_TRUE(support::eventually([&] { return seen("", 0) == nothing; }));
    EXPECT_EQ(seen("merchant", 0), nothing);
    EXPECT_EQ(seen("merchant", 8), nothing) << "another house";
    EXPECT_EQ(seen("merchant", 9), all);
    for (const auto* role : {"operator", "certifier", "auditor"}) EXPECT_EQ(seen(role, 0), all) << role;
    EXPECT_EQ(host_.call_as("merchant", "GET", "/v1/origin-cards/lots/1", {}, 9).header("Cache-Control"),
              "no-store");

    const auto refused = [this](const std::string& method, const std::string& target, const std::string& body,
                                std::uint64_t organisation) {
        return host_.call_as("merchant", method, target, body, organisation).problem();
    };
    const std::string papers = R"({"conformity_certificate_no":null,"test_report_no":null})";
    EXPECT_EQ(put_papers(papers, "*", "merchant", 8).problem(), "lot-unknown");
    EXPECT_EQ(refused("POST", "/v1/lots/1/block", R"({"reason":"x"})", 8), "lot-unknown");
    EXPECT_EQ(refused("GET", "/v1/lots/1/changes", {}, 8), "lot-unknown");
    EXPECT_EQ(put_papers(papers, "*", "merchant", 9).status, 200);
    learn({offer(14, 70, 5)});
    ASSERT_TRUE(support::eventually([&] { return seen("", 0) == all; })) << "one of its sizes was listed";
    learn({offer(14, 70, 5, true)});
    ASSERT_TRUE(support::eventually([&] { return seen("", 0) == nothing; }));

    learn({merchant(5, 8)});
    ASSERT_TRUE(support::eventually([&] { return seen("merchant", 8) == all; })) << "it moved to that house";
    EXPECT_EQ(seen("merchant", 9), nothing);
    learn({offer(11, 70, 5)});
    ASSERT_TRUE(support::eventually([&] { return seen("", 0) == all; })) << "listed once, known for good";
    EXPECT_EQ(put_papers(papers, "*", "merchant", 9).problem(), "not-your-merchant");
}

TEST_F(Trace, KeepsItsCardsAndFactsThroughARestart) {
    add_base();
    post("/v1/lots", lot_body("A"));
    host_.run(make_service);
    EXPECT_EQ(host_.call("GET", "/v1/origin-cards/lots/1").status, 200);
    EXPECT_EQ(host_.call("GET", "/v1/origin-cards/products/71").status, 200) << "known by its offer alone";
}

TEST_F(Trace, ListsLotsPageByPage) {
    add_base();
    for (int i = 0; i < 5; ++i) post("/v1/lots", lot_body("L" + std::to_string(i), 1));
    std::set<std::int64_t> seen;
    std::string target = "/v1/lots?sku_id=11&limit=2";
    for (int page = 0; page < 3; ++page) {
        const auto answer = host_.call("GET", target).json();
        for (const auto& lot : answer.at("items").as_array()) seen.insert(lot.at("lot_id").as_int64());
        if (answer.at("next").is_null()) break;
        target = "/v1/lots?sku_id=11&limit=2&cursor=" + std::string{answer.at("next").as_string()};
    }
    EXPECT_EQ(seen.size(), 5U);
    EXPECT_TRUE(host_.call("GET", "/v1/lots?product_id=71").json().at("items").as_array().empty());
    EXPECT_EQ(host_.call("GET", "/v1/lots?cursor=forged").status, 422);
}

TEST_F(Trace, ListsTheBasesAndLotsOfOneMerchant) {
    add_base();
    post("/v1/lots", lot_body("L1", 1));
    const auto found = [this](const std::string& target) {
        return host_.call("GET", target).json().at("items").as_array().size();
    };
    EXPECT_EQ(found("/v1/bases?merchant_id=5"), 1U);
    EXPECT_EQ(found("/v1/bases?merchant_id=6"), 0U);
    EXPECT_EQ(found("/v1/lots?merchant_id=5"), 1U);
    EXPECT_EQ(found("/v1/lots?merchant_id=5&product_id=70"), 1U);
    EXPECT_EQ(found("/v1/lots?merchant_id=6"), 0U);
    EXPECT_EQ(host_.call("GET", "/v1/bases?merchant_id=0").status, 422);
    EXPECT_EQ(host_.call("GET", "/v1/lots?merchant_id=x").status, 422);
}

}  // namespace
}  // namespace shanhai::trace
