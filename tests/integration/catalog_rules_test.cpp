#include "integration/catalog_fixture.hpp"

namespace shanhai::catalog {
namespace {

TEST_F(Catalog, CertifiesByTheSchemesOwnRulesOnly) {
    const auto id = add_product();
    const auto refused = [&](const char* member, const auto& value, json::object body) {
        body[member] = value;
        return post("/v1/certifications", body, "certifier").pointer();
    };
    const auto body = certification_body(id);
    EXPECT_EQ(refused("authority", "随便写的单位", body), "/authority");
    EXPECT_EQ(refused("authority", "上海市政府合作交流办", body), "/authority");
    EXPECT_EQ(refused("scheme", "BAIXIAN_BAIPIN", body), "/authority");
    EXPECT_EQ(refused("scheme", "COUNTY_RECOGNITION", body), "/authority");
    EXPECT_EQ(refused("valid_from", "1926-01-01", body), "/valid_to");
    EXPECT_EQ(refused("valid_from", std::to_string(this_year() - 1) + "-12-31", body), "/valid_from");
    EXPECT_EQ(refused("valid_to", std::to_string(this_year() + 1) + "-01-02", body), "/valid_to");
    EXPECT_EQ(refused("year", this_year() - 2, certification_body(id, "A", this_year() - 2)), "/year");
    EXPECT_EQ(refused("year", this_year() + 2, certification_body(id, "A", this_year() + 2)), "/year");
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM certification"), 0);

    // The district's pairing has ended: nothing of that county is its any more.
    auto ended = pairing_body();
    ended["valid_to"] = std::to_string(this_year()) + "-01-01";
    ASSERT_EQ(post("/v1/pairings", ended).status, 200);
    EXPECT_EQ(refused("year", this_year(), body), "/product_id");
    auto citys = body;
    citys["scheme"] = "BAIXIAN_BAIPIN";
    citys["authority"] = "上海市政府合作交流办";
    EXPECT_EQ(post("/v1/certifications", citys, "certifier").status, 201);
    // A pairing of the whole prefecture holds for each of its counties.
    ASSERT_EQ(post("/v1/pairings", pairing_body("530600")).status, 201);
    EXPECT_EQ(post("/v1/certifications", body, "certifier").status, 201);
    auto own = body;
    own["scheme"] = "COUNTY_RECOGNITION";
    own["authority"] = "大关县乡村振兴局";
    EXPECT_EQ(post("/v1/certifications", own, "certifier").status, 201);
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
    EXPECT_EQ(get("/v1/counties/533421").json().at("county_code").as_string(), "533401");
    body["former_codes"] = json::array{};  // Its own code back: that is no theft.
    EXPECT_EQ(post("/v1/counties", body).status, 200);
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
    const auto family = sku_body("9520000000028", "1千克家庭装");
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
