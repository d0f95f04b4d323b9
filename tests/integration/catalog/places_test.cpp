#include "integration/catalog/fixture.hpp"

namespace shanhai::catalog {
namespace {

json::object county_of(const char* code, const char* name) {
    auto body = county_body();
    body["county_code"] = code;
    body["name"] = body["short_name"] = name;
    return body;
}

TEST_F(Catalog, ListsTheCountiesOfAnArea) {
    ASSERT_EQ(post("/v1/counties", county_body()).status, 201);
    auto elsewhere = county_of("533401", "香格里拉市");
    elsewhere["prefecture"] = "迪庆藏族自治州";
    ASSERT_EQ(post("/v1/counties", elsewhere).status, 201);
    const auto listed = [&](const std::string& area) {
        std::vector<std::string> codes;
        const auto page = get("/v1/counties?area=" + area).json();
        for (const auto& one : page.at("items").as_array())
            codes.emplace_back(one.at("county_code").as_string());
        return codes;
    };
    EXPECT_EQ(listed("%E6%98%AD%E9%80%9A%E5%B8%82"), std::vector<std::string>{"530624"}) << "昭通市";
    EXPECT_EQ(listed("%E4%BA%91%E5%8D%97%E7%9C%81"), (std::vector<std::string>{"530624", "533401"}))
        << "云南省";
    for (const auto* nowhere : {"%E4%BA%91%E5%8D%97", "", "530624"}) {  // 云南
        const auto refused = get(std::string{"/v1/counties?area="} + nowhere);
        EXPECT_EQ(refused.status, 422) << nowhere;
        EXPECT_EQ(refused.problem(), "validation-failed") << nowhere;
        EXPECT_NE(refused.body.find("\"area\""), std::string::npos) << refused.body;
    }
}

TEST_F(Catalog, CallsACountyInEnglishAndSaysWhereItsSeatLies) {
    ASSERT_EQ(post("/v1/counties", county_body()).status, 201);
    const auto county = get("/v1/counties/530624").json();
    EXPECT_EQ(county.at("name_en"), "Daguan County");
    EXPECT_EQ(county.at("prefecture_en"), "Zhaotong");
    EXPECT_EQ(county.at("province_en"), "Yunnan");
    EXPECT_NEAR(county.at("seat").at("latitude").as_double(), 27.7, 0.15);
    EXPECT_NEAR(county.at("seat").at("longitude").as_double(), 103.9, 0.15);
    ASSERT_EQ(post("/v1/counties", county_of("530629", "威信县")).status, 201);
    const auto unknown = get("/v1/counties/530629").json();
    EXPECT_TRUE(unknown.at("name_en").is_null()) << "nobody made one up";
    EXPECT_TRUE(unknown.at("seat").is_null());
}

TEST_F(Catalog, CorrectsACountyByItsVersionAndKeepsWhatItWas) {
    ASSERT_EQ(post("/v1/counties", county_body()).status, 201);
    auto wanted = county_body();
    wanted["short_name"] = "大关";
    EXPECT_EQ(post("/v1/counties", wanted).problem(), "county-exists") << "nothing is overwritten";
    const std::string target = "/v1/counties/530624";
    const auto first = get(target);
    EXPECT_EQ(first.json().at("version").as_int64(), 1);
    EXPECT_EQ(put(target, wanted, "").status, 428);
    EXPECT_EQ(put(target, wanted, "\"x\"").status, 412);
    const auto changed = put(target, wanted, first.header("ETag"));
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(changed.json().at("short_name").as_string(), "大关");
    EXPECT_EQ(changed.body, get(target).body);
    EXPECT_EQ(changed.header("ETag"), get(target).header("ETag"));
    EXPECT_EQ(put(target, county_body(), first.header("ETag")).problem(), "version-stale");
    EXPECT_EQ(put(target, wanted, changed.header("ETag")).json().at("version").as_int64(), 2)
        << "the same facts are no new version";
    EXPECT_EQ(put(target, county_of("530524", "昌宁县"), "*").pointer(), "/county_code");
    EXPECT_EQ(put("/v1/counties/530524", county_of("530524", "昌宁县"), "*").problem(), "county-unknown");
    EXPECT_EQ(frames_told(), 2) << "it is told again, once";

    const auto history = host_.call_as("auditor", "GET", target + "/changes").json().at("items").as_array();
    ASSERT_EQ(history.size(), 1U);
    EXPECT_NE(history[0].at("was").as_string().find("short_name=大关县\n"), std::string::npos);
    EXPECT_EQ(history[0].at("by_account").to_number<int>(), 1);
    EXPECT_EQ(get(target + "/changes").status, 401);
    EXPECT_EQ(host_.call_as("operator", "GET", "/v1/counties/530524/changes").problem(), "county-unknown");
    EXPECT_EQ(host_.call_as("merchant", "PUT", target, text(wanted)).status, 403);
}

TEST_F(Catalog, CorrectsAPairingByItsVersionAndKeepsWhatItWas) {
    ASSERT_EQ(post("/v1/counties", county_body()).status, 201);
    const auto made = post("/v1/pairings", pairing_body());
    ASSERT_EQ(made.status, 201);
    const auto target = made.header("Location");
    auto wanted = pairing_body();
    wanted["valid_to"] = "2031-01-01";
    EXPECT_EQ(post("/v1/pairings", wanted).problem(), "pairing-exists") << "nothing is overwritten";
    const auto first = get(target);
    EXPECT_EQ(put(target, wanted, "").status, 428);
    const auto changed = put(target, wanted, first.header("ETag"));
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(changed.json().at("valid_to").as_string(), "2031-01-01");
    EXPECT_EQ(changed.json().at("version").as_int64(), 2);
    EXPECT_EQ(put(target, pairing_body(), first.header("ETag")).problem(), "version-stale");
    // Its key may have been wrong, too, but it never becomes another one's.
    auto earlier = pairing_body();
    earlier["valid_from"] = "2020-01-01";
    ASSERT_EQ(post("/v1/pairings", earlier).status, 201);
    EXPECT_EQ(put(target, earlier, "*").problem(), "pairing-exists");
    earlier["valid_from"] = "2019-01-01";
    EXPECT_EQ(put(target, earlier, "*").status, 200);
    EXPECT_EQ(put("/v1/pairings/99", earlier, "*").problem(), "pairing-unknown");
    EXPECT_EQ(get("/v1/pairings/99").problem(), "pairing-unknown");

    const auto history = host_.call_as("auditor", "GET", target + "/changes").json().at("items").as_array();
    ASSERT_EQ(history.size(), 2U);
    EXPECT_NE(history[0].at("was").as_string().find("valid_to=\n"), std::string::npos);
    EXPECT_NE(history[1].at("was").as_string().find("valid_from=2021-01-01\nvalid_to=2031-01-01\n"),
              std::string::npos);
    EXPECT_EQ(get(target + "/changes").status, 401);
}

/// Whoever leaves a member out of the whole of a thing would wipe it without a word.
TEST_F(Catalog, WipesNothingThatWasLeftOut) {
    const auto product = "/v1/products/" + std::to_string(add_product());
    const auto refused = [&](const char* method, const std::string& target, const json::object& whole,
                             std::initializer_list<const char*> members) {
        for (const auto* member : members) {
            auto body = whole;
            body.erase(member);
            const auto answer = host_.call(method, target, text(body),
                                           {{"Authorization", host_.bearer("operator")}, {"If-Match", "*"}});
            EXPECT_EQ(answer.status, 422) << target;
            EXPECT_EQ(answer.pointer(), std::string{"/"} + member) << target;
        }
        const auto taken = host_.call(method, target, text(whole),
                                      {{"Authorization", host_.bearer("operator")}, {"If-Match", "*"}});
        EXPECT_LT(taken.status, 300) << target << taken.body;
    };
    refused("PUT", "/v1/counties/530624", county_body(), {"assisted", "former_codes"});
    refused("PUT", "/v1/pairings/1", pairing_body(), {"valid_from", "valid_to", "note"});
    refused(
        "PUT", "/v1/merchants/1", merchant_body(),
        {"uscc", "food_licence", "organisation_id", "self_operated", "sample", "area_note", "service_phone"});
    refused("POST", product + "/versions", text_body(),
            {"alias", "storage", "shelf_life_days", "tags", "images"});
}

TEST_F(Catalog, TagsACountyWithAllThatIsShownOfIt) {
    ASSERT_EQ(post("/v1/counties", county_body()).status, 201);
    const auto get_unless = [&](const std::string& target, const std::string& etag) {
        return host_.call("GET", target, {}, {{"If-None-Match", etag}});
    };
    const std::string county = "/v1/counties/530624";
    const auto before = get(county).header("ETag");
    EXPECT_EQ(get_unless(county, before).status, 304);
    const auto pairing = post("/v1/pairings", pairing_body()).header("Location");
    EXPECT_EQ(get_unless(county, before).status, 200) << "its pairings are shown, too";
    const auto paired = get(county).header("ETag");
    const auto alone = get(pairing).header("ETag");
    EXPECT_EQ(get_unless(pairing, alone).status, 304);
    auto ended = pairing_body();
    ended["valid_to"] = "2022-01-01";
    ASSERT_EQ(put(pairing, ended, alone).status, 200);
    EXPECT_EQ(get_unless(pairing, alone).status, 200);
    EXPECT_EQ(get_unless(county, paired).status, 200);
    EXPECT_EQ(put(county, county_body(), before).status, 200) << "to correct the county its version counts";
}

TEST_F(Catalog, GivesAFormerCodeToOneOfManyCountiesThatClaimItAtOnce) {
    constexpr std::array codes{"530524", "530624", "530823", "532822",
                               "530921", "530502", "533401", "530621"};
    for (int round = 0; round < 3; ++round) {
        const auto former = "53342" + std::to_string(round + 1);
        std::atomic<int> won = 0;
        std::atomic<int> refused = 0;
        std::vector<std::thread> clerks;
        for (const auto* code : codes) {
            clerks.emplace_back([&, code] {
                auto body = county_of(code, code);
                body["former_codes"] = json::array{json::string{former}};
                const auto target = std::string{"/v1/counties/"} + code;
                const auto answer = round == 0 ? post("/v1/counties", body) : put(target, body, "*");
                if (answer.status < 300) ++won;
                if (answer.status == 409 && answer.problem() == "code-taken") ++refused;
            });
        }
        for (auto& clerk : clerks) clerk.join();
        EXPECT_EQ(won, 1) << former;
        EXPECT_EQ(refused, 7) << former;
        if (round > 0) continue;
        for (const auto* code : codes) post("/v1/counties", county_of(code, code));  // Those that lost.
    }
}

TEST_F(Catalog, GivesACodeToACountyOrToTheOneThatHadItBeforeNeverToBoth) {
    for (int round = 0; round < 5; ++round) {
        host_.transact([](database::Session& session) {
            session.run("DELETE FROM county_former_code");
            session.run("DELETE FROM county");
        });
        auto heir = county_of("530624", "大关县");
        heir["former_codes"] = json::array{"530524"};
        const auto owner = county_of("530524", "昌宁县");
        std::atomic<int> won = 0;
        std::thread first{[&] { won += post("/v1/counties", heir).status == 201 ? 1 : 0; }};
        std::thread second{[&] { won += post("/v1/counties", owner).status == 201 ? 1 : 0; }};
        first.join();
        second.join();
        EXPECT_EQ(won, 1);
    }
}

TEST_F(Catalog, KnowsNoCountyDistrictOrAreaThatGbt2260DoesNot) {
    for (const auto* code : {"999999", "530699", "533421"}) {
        EXPECT_EQ(post("/v1/counties", county_of(code, "无名县")).pointer(), "/county_code") << code;
    }
    const auto refused = [&](const char* member, const char* code) {
        auto body = pairing_body();
        body[member] = code;
        return post("/v1/pairings", body).pointer();
    };
    EXPECT_EQ(refused("district_code", "310199"), "/district_code");
    EXPECT_EQ(refused("county_code", "999900"), "/county_code");
    EXPECT_EQ(host_.number("SELECT (SELECT COUNT(*) FROM county) + (SELECT COUNT(*) FROM pairing)"), 0);
    // A code of before is known as what it is.
    auto shangrila = county_of("533401", "香格里拉市");
    shangrila["former_codes"] = json::array{"533421"};
    EXPECT_EQ(post("/v1/counties", shangrila).status, 201);
}

TEST_F(Catalog, ListsTheMerchantsOfAnOrganisation) {
    add_product();
    const auto found = [this](const std::string& query) {
        return get("/v1/merchants?" + query).json().at("items").as_array().size();
    };
    EXPECT_EQ(found("organisation_id=" + std::to_string(cooperative)), 1U);
    EXPECT_EQ(found("organisation_id=" + std::to_string(cooperative) + "&county=530624"), 1U);
    EXPECT_EQ(found("organisation_id=999"), 0U);
    EXPECT_EQ(get("/v1/merchants?organisation_id=x").status, 422);
}

}  // namespace
}  // namespace shanhai::catalog
