#include "integration/catalog/fixture.hpp"

#include "catalog/events/learned.hpp"
#include "shanhai/event/v1/identity.pb.h"

namespace shanhai::catalog {
namespace {

/// Also when the clock steps back, after the page was rendered for what it said before.
TEST_F(Catalog, ShowsACertificationUntilTheLastMicrosecondOfShanghaisDay) {
    using std::chrono::microseconds;
    const auto id = add_product();
    learn(certification_of(id));
    const auto end = start_of(Date{std::chrono::year{this_year() + 1} / 1 / 1});
    const auto certified = [&](Instant at) {
        host_.clock().hold(at);
        const auto listed = get("/v1/products?scheme=MINHANG_YOUPIN").json().at("items").as_array().size();
        EXPECT_EQ(listed, product(id).at("certified_now").as_bool() ? 1U : 0U);
        return product(id).at("certified_now").as_bool();
    };
    EXPECT_TRUE(certified(end - microseconds{1}));
    EXPECT_FALSE(certified(end));
    EXPECT_TRUE(certified(end - microseconds{1}));
    host_.clock().hold(end);
    const auto tag = get("/v1/products/" + std::to_string(id)).header("ETag");
    ASSERT_TRUE(support::eventually([&] {  // The showcase has noticed, and renders what it shows anew.
        return get("/v1/products").json().at("items").at(0).at("certified_now") == false;
    }));
    EXPECT_TRUE(certified(end - microseconds{1}));
    EXPECT_NE(get("/v1/products/" + std::to_string(id)).header("ETag"), tag);
}

/// DOMAIN C15: in a district's own channels its scheme's goods come first, and the list says so.
TEST_F(Catalog, ShowsTheGoodsOfAChannelsSchemeFirstAndSaysSo) {
    const auto merchant = add_merchant();
    std::vector<std::uint64_t> ids;
    const std::vector<std::pair<const char*, const char*>> goods{{"9525306240017", "箬竹面"},
                                                                 {"9525306240024", "笋片"},
                                                                 {"9525306240031", "笋丝"},
                                                                 {"9525306240048", "笋干"}};
    for (const auto& [gtin, name] : goods) {
        ids.push_back(made(post("/v1/products", product_body(merchant, gtin, name)), "product_id"));
    }
    auto citys = certification_of(ids[1], 2);
    citys.scheme = *SchemeCode::parse("BAIXIAN_BAIPIN");
    learn(citys);
    learn(certification_of(ids[2], 3));
    learn(certification_of(ids[3], 4));
    const auto listed = [&](const std::string& query) {
        std::vector<std::uint64_t> found;
        std::string target = "/v1/products?limit=1" + query;
        while (!target.empty()) {
            const auto body = get(target).json();
            for (const auto& one : body.at("items").as_array()) {
                found.push_back(one.at("product_id").to_number<std::uint64_t>());
            }
            const auto& next = body.at("next");
            target = next.is_null()
                         ? ""
                         : "/v1/products?limit=1" + query + "&cursor=" + std::string{next.as_string()};
        }
        return found;
    };
    using Ids = std::vector<std::uint64_t>;
    EXPECT_EQ(listed(""), (Ids{ids[1], ids[2], ids[3], ids[0]}));
    EXPECT_EQ(listed("&first=MINHANG_YOUPIN"), (Ids{ids[2], ids[3], ids[1], ids[0]}));
    EXPECT_EQ(listed("&first=BAIXIAN_BAIPIN&scheme=MINHANG_YOUPIN"), (Ids{ids[2], ids[3]}));
    EXPECT_EQ(listed("&first=NO_SUCH_SCHEME"), (Ids{ids[1], ids[2], ids[3], ids[0]}));
    const auto ranking = [&](const char* target) { return get(target).json().at("ranking"); };
    EXPECT_EQ(ranking("/v1/products"),
              json::value({{"rule", "CERTIFIED_FIRST"}, {"scheme", nullptr}, {"scheme_name", nullptr}}));
    EXPECT_EQ(
        ranking("/v1/products?first=MINHANG_YOUPIN"),
        json::value({{"rule", "SCHEME_FIRST"}, {"scheme", "MINHANG_YOUPIN"}, {"scheme_name", nullptr}}));
    EXPECT_EQ(get("/v1/products?first=x").status, 422);
    // A cursor is of one order.
    const auto next =
        std::string{get("/v1/products?limit=1&first=MINHANG_YOUPIN").json().at("next").as_string()};
    EXPECT_EQ(get("/v1/products?limit=1&cursor=" + next).problem(), "invalid-cursor");
}

TEST_F(Catalog, LetsOnlyHousesThatSellOwnAMerchant) {
    post("/v1/counties", county_body());
    const auto owned_by = [](std::uint64_t organisation) {
        auto body = merchant_body();
        body["organisation_id"] = organisation;
        return body;
    };
    for (const std::uint64_t wrong : {99UL, office_of_minhang}) {
        EXPECT_EQ(post("/v1/merchants", owned_by(wrong)).pointer(), "/organisation_id") << wrong;
    }
    const auto id = made(post("/v1/merchants", owned_by(cooperative)), "merchant_id");
    const auto target = "/v1/merchants/" + std::to_string(id);
    for (const std::uint64_t wrong : {99UL, office_of_minhang}) {
        const auto answer = put(target, owned_by(wrong), get(target).header("ETag"));
        EXPECT_EQ(answer.status, 422) << wrong;
        EXPECT_EQ(answer.pointer(), "/organisation_id") << wrong;
    }
    EXPECT_EQ(get(target).json().at("organisation_id").to_number<std::uint64_t>(), cooperative);
}

TEST_F(Catalog, LearnsFromIdentityWhomStaffWorkFor) {
    event::v1::OrganisationRegistered told;
    told.set_organisation_id(41);
    told.set_name("昌宁县农业农村局");
    told.set_kind("DISTRICT_OFFICE");
    told.set_county_code("530524");
    MysqlCatalogStore store{host_.pool(), announce, [] {}};
    const auto all = lessons(store);
    host_.transact([&](database::Session& session) {
        EXPECT_TRUE(fault_of_owner(session, OrganisationId{41}));
        all.apply(session, {}, events::Event::of(told));
        EXPECT_TRUE(fault_of_owner(session, OrganisationId{41})) << "an office owns no merchant";
        told.set_kind("MERCHANT");
        all.apply(session, {}, events::Event::of(told));
        EXPECT_FALSE(fault_of_owner(session, OrganisationId{41}));
        told.set_county_code("530500");
        EXPECT_ANY_THROW(all.apply(session, {}, events::Event::of(told)));
    });
}

TEST_F(Catalog, LetsNoCodeMeanTwoCounties) {
    auto body = county_body();
    body["county_code"] = "533401";
    body["former_codes"] = json::array{"533421"};
    ASSERT_EQ(post("/v1/counties", body).status, 201);
    auto thief = county_body();
    for (const auto* code : {"533401", "533421"}) {
        thief["former_codes"] = json::array{code};
        const auto refused = post("/v1/counties", thief);
        EXPECT_EQ(refused.status, 409) << code;
        EXPECT_EQ(refused.problem(), "code-taken") << code;
        EXPECT_EQ(refused.pointer(), "/former_codes/0") << code;
    }
    auto old = county_body();
    old["county_code"] = "533421";
    EXPECT_EQ(post("/v1/counties", old).pointer(), "/county_code");
    thief["former_codes"] = json::array{};
    ASSERT_EQ(post("/v1/counties", thief).status, 201);
    thief["former_codes"] = json::array{"533421"};
    EXPECT_EQ(put("/v1/counties/530624", thief, "*").problem(), "code-taken");
    EXPECT_EQ(get("/v1/counties/533421").json().at("county_code").as_string(), "533401");
    body["former_codes"] = json::array{};  // Its own code back: that is no theft.
    EXPECT_EQ(put("/v1/counties/533401", body, "*").status, 200);
}

TEST_F(Catalog, RegistersAMerchantOnceHoweverManySendItAtOnce) {
    post("/v1/counties", county_body());
    std::atomic<int> created = 0;
    std::atomic<int> again = 0;
    std::vector<std::thread> senders;
    for (int i = 0; i < 8; ++i) {
        senders.emplace_back([&] {
            const auto answer = post("/v1/merchants", merchant_body());
            if (answer.status == 201) ++created;
            if (answer.status == 200) ++again;
        });
    }
    for (auto& sender : senders) sender.join();
    EXPECT_EQ(created, 1);
    EXPECT_EQ(again, 7);
}

TEST_F(Catalog, KeepsNamesApartThatDifferInARareCharacter) {
    post("/v1/counties", county_body());
    EXPECT_EQ(post("/v1/merchants", merchant_body("𠮷合作社")).status, 201);
    EXPECT_EQ(post("/v1/merchants", merchant_body("𡈽合作社")).status, 201);
    EXPECT_EQ(post("/v1/merchants", merchant_body("𠮷合作社")).status, 200);
}

TEST_F(Catalog, CorrectsAMerchantAndKeepsWhatItWas) {
    auto forgotten = merchant_body();
    forgotten.erase("organisation_id");
    post("/v1/counties", county_body());
    const auto id = made(post("/v1/merchants", forgotten), "merchant_id");
    const auto product = made(post("/v1/products", product_body(id)), "product_id");
    const auto target = "/v1/merchants/" + std::to_string(id);
    const auto etag = get(target).header("ETag");
    EXPECT_EQ(put(target, merchant_body(), "").status, 428);
    EXPECT_EQ(put(target, merchant_body(), "\"x\"").status, 412);
    const auto changed = put(target, merchant_body("新名合作社"), etag);
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(changed.json().at("organisation_id").to_number<std::uint64_t>(), cooperative);
    EXPECT_EQ(put(target, merchant_body(), etag).status, 412) << "the tag is of the version before";
    EXPECT_EQ(offers().back().merchant_name(), "新名合作社");
    // Its own people may write for it now.
    EXPECT_EQ(post("/v1/products/" + std::to_string(product) + "/listing", {{"listed", false}}, "merchant",
                   cooperative)
                  .status,
              200);

    const auto history = host_.call_as("operator", "GET", target + "/changes").json().at("items");
    ASSERT_EQ(history.as_array().size(), 1U);
    EXPECT_NE(history.at(0).at("was").as_string().find("organisation_id=0\n"), std::string::npos);
    EXPECT_EQ(history.at(0).at("by_account").to_number<int>(), 1);
    EXPECT_EQ(get(target + "/changes").status, 401);

    auto elsewhere = county_body();
    elsewhere["county_code"] = "530524";
    elsewhere["name"] = elsewhere["short_name"] = "昌宁县";
    ASSERT_EQ(post("/v1/counties", elsewhere).status, 201);
    auto moved = merchant_body("新名合作社");
    moved["county_code"] = "530524";
    EXPECT_EQ(put(target, moved, get(target).header("ETag")).problem(), "merchant-has-products");
    ASSERT_EQ(post("/v1/merchants", merchant_body("别家合作社")).status, 201);
    EXPECT_EQ(put(target, merchant_body("别家合作社"), get(target).header("ETag")).problem(),
              "merchant-exists");
}

TEST_F(Catalog, AddsAnSkuToAProductOnce) {
    const auto id = add_product();
    const auto target = "/v1/products/" + std::to_string(id) + "/skus";
    auto family = sku_body("9520000000028", "1千克家庭装");
    EXPECT_EQ(post(target, family).pointer(), "/net_content_g") << "it says 500 g";
    family["net_content_g"] = 1000;
    EXPECT_EQ(post(target, family).status, 201);
    EXPECT_EQ(post(target, family).status, 200);
    EXPECT_EQ(product(id).at("skus").as_array().size(), 2U);
    EXPECT_EQ(offers().size(), 3U) << "one of the first SKU, then both";
    EXPECT_EQ(post(target, sku_body("9520000000028", "别的")).problem(), "gtin-taken");
    EXPECT_EQ(post(target, sku_body("2000000000015")).pointer(), "/gtin");
    auto unsellable = sku_body("9520000000035");
    unsellable["min_remaining_days"] = 365;
    EXPECT_EQ(post(target, unsellable).pointer(), "/min_remaining_days");
    EXPECT_EQ(post(target, sku_body("9520000000035"), "merchant", cooperative + 1).problem(),
              "not-your-merchant");
    EXPECT_EQ(post("/v1/products/999/skus", family).problem(), "product-unknown");
}

TEST_F(Catalog, KeepsFoodFoodAndEverySkuSellable) {
    const auto id = add_product();
    const auto target = "/v1/products/" + std::to_string(id) + "/versions";
    const auto version = [&](json::object body) {
        return host_.call("POST", target, text(body),
                          {{"Authorization", host_.bearer("operator")}, {"If-Match", "*"}});
    };
    auto craft = text_body();
    craft["category"] = "handicraft_bamboo";
    EXPECT_EQ(version(craft).pointer(), "/category");
    ASSERT_EQ(post("/v1/products/" + std::to_string(id) + "/skus",
                   [] {
                       auto body = sku_body("9520000000028", "礼盒");
                       body["min_remaining_days"] = 60;
                       return body;
                   }())
                  .status,
              201);
    auto shorter = text_body();
    shorter["shelf_life_days"] = 60;
    EXPECT_EQ(version(shorter).pointer(), "/shelf_life_days");
    shorter["shelf_life_days"] = 61;
    EXPECT_EQ(version(shorter).status, 201);
    EXPECT_TRUE(offers().back().food());
    EXPECT_EQ(offers().back().shelf_life_days(), 61);
}

TEST_F(Catalog, TellsEveryOfferOnceMoreAfterAnUpgrade) {
    add_product();
    const auto told = offers().size();
    host_.transact([](database::Session& session) { session.run("UPDATE told SET version = 1"); });
    host_.run(make_service);
    EXPECT_EQ(offers().size(), told + 1);
    host_.run(make_service);
    EXPECT_EQ(offers().size(), told + 1);
}

}  // namespace
}  // namespace shanhai::catalog
