#include "integration/catalog/fixture.hpp"

namespace shanhai::catalog {
namespace {

TEST_F(Catalog, RegistersACountyOnceAndFindsItByItsFormerCode) {
    auto body = county_body();
    body["county_code"] = "533401";
    body["name"] = "香格里拉市";
    body["former_codes"] = json::array{"533421"};
    EXPECT_EQ(post("/v1/counties", body).status, 201);
    EXPECT_EQ(post("/v1/counties", body).status, 200);
    EXPECT_EQ(get("/v1/counties/533421").json().at("name").as_string(), "香格里拉市");
    EXPECT_EQ(get("/v1/counties/530624").problem(), "county-unknown");
    EXPECT_EQ(get("/v1/counties?assisted=true").json().at("items").as_array().size(), 1U);
    EXPECT_EQ(get("/v1/counties?assisted=false").json().at("items").as_array().size(), 0U);
    EXPECT_EQ(frames_told(), 1);
}

TEST_F(Catalog, KeepsPairingsApartByProgrammeAndShowsThemWithTheirCounty) {
    post("/v1/counties", county_body());
    json::object body{
        {"district_code", "310112"},  {"district_name", "闵行区"}, {"county_code", "530624"},
        {"county_name", "大关县"},    {"certainty", "STATED"},     {"programme", "EAST_WEST_COLLABORATION"},
        {"valid_from", "2021-01-01"}, {"valid_to", nullptr},       {"note", nullptr}};
    EXPECT_EQ(post("/v1/pairings", body).status, 201);
    EXPECT_EQ(post("/v1/pairings", body).status, 200);
    body["certainty"] = "INFERRED";
    EXPECT_EQ(post("/v1/pairings", body).problem(), "pairing-exists");
    EXPECT_EQ(put("/v1/pairings/1", body, get("/v1/pairings/1").header("ETag")).status, 200);
    json::object whole{{"district_code", "441900"},  {"district_name", "东莞市"},
                       {"county_code", "530600"},    {"county_name", "昭通市"},
                       {"certainty", "STATED"},      {"programme", "POVERTY_COOPERATION"},
                       {"valid_from", "2016-09-01"}, {"valid_to", "2021-01-01"}};
    EXPECT_EQ(post("/v1/pairings", whole).status, 201);
    const auto county = get("/v1/counties/530624").json();
    EXPECT_EQ(county.at("pairings").as_array().size(), 2U);
    EXPECT_EQ(county.at("pairings").at(0).at("certainty").as_string(), "INFERRED");
    EXPECT_TRUE(county.at("pairings").at(0).at("valid_now").as_bool());
    EXPECT_FALSE(county.at("pairings").at(1).at("valid_now").as_bool());
    EXPECT_EQ(get("/v1/pairings?district=310112").json().at("items").as_array().size(), 1U);
    whole["valid_to"] = "2016-09-01";
    EXPECT_EQ(post("/v1/pairings", whole).pointer(), "/valid_to");
}

TEST_F(Catalog, RefusesAProducerWhoseCodesNameAnotherArea) {
    post("/v1/counties", county_body());
    auto body = merchant_body();
    const std::string shanghai = "91310112MA1000000";
    body["uscc"] = shanghai + Uscc::check_character(shanghai);
    EXPECT_EQ(post("/v1/merchants", body).problem(), "area-mismatch");
    const std::string prefecture = "93530600MA1000000";
    body["uscc"] = prefecture + Uscc::check_character(prefecture);
    EXPECT_EQ(post("/v1/merchants", body).problem(), "area-mismatch");
    body["area_note"] = "在市级市场监管局登记";
    EXPECT_EQ(post("/v1/merchants", body).status, 201);
    body["uscc"] = "93530624MA100000X1";
    EXPECT_EQ(post("/v1/merchants", body).pointer(), "/uscc");
}

TEST_F(Catalog, ShowsEverybodyTheTelephoneOfAMerchantUntilItIsCorrected) {
    const auto target = "/v1/merchants/" + std::to_string(add_merchant());
    const auto shown = get(target);
    EXPECT_EQ(shown.json().at("service_phone").as_string(), "08702123456");
    auto other = merchant_body();
    other["service_phone"] = "400-810-1234";
    EXPECT_EQ(post("/v1/merchants", other).status, 200) << "it is no other house";
    EXPECT_EQ(get(target).json().at("service_phone").as_string(), "08702123456");
    for (const auto* wrong : {"110", "021-64160000-123", "0870-1123456"}) {
        other["service_phone"] = wrong;
        EXPECT_EQ(put(target, other, shown.header("ETag")).pointer(), "/service_phone") << wrong;
    }
    other["service_phone"] = "400-810-1234";
    EXPECT_EQ(put(target, other, shown.header("ETag")).json().at("service_phone").as_string(), "4008101234");
    const auto changes = host_.call_as("operator", "GET", target + "/changes").body;
    EXPECT_NE(changes.find("service_phone=08702123456"), std::string::npos) << changes;
    other["service_phone"] = nullptr;
    EXPECT_FALSE(put(target, other, "*").json().as_object().contains("service_phone"));
}

TEST_F(Catalog, RegistersAMerchantOnceAndRefusesOtherFactsUnderItsName) {
    const auto id = add_merchant();
    EXPECT_EQ(made(post("/v1/merchants", merchant_body()), "merchant_id"), id);
    auto other = merchant_body();
    other["kind"] = "COMPANY";
    EXPECT_EQ(post("/v1/merchants", other).problem(), "merchant-exists");
    EXPECT_EQ(get("/v1/merchants/" + std::to_string(id)).json().at("kind").as_string(), "COOPERATIVE");
    EXPECT_EQ(get("/v1/merchants/999").problem(), "merchant-unknown");
    EXPECT_EQ(get("/v1/merchants?county=530624").json().at("items").as_array().size(), 1U);
}

TEST_F(Catalog, ShowsAProductWithItsTagAndAnswers304) {
    const auto id = add_product();
    const auto target = "/v1/products/" + std::to_string(id);
    const auto first = get(target);
    ASSERT_EQ(first.status, 200);
    const auto body = first.json();
    EXPECT_EQ(body.at("county").at("name").as_string(), "大关县");
    EXPECT_EQ(body.at("image").as_string(), "/media/noodles.svg");
    EXPECT_EQ(body.at("skus").at(0).at("gtin").as_string(), "09520000000011");
    EXPECT_EQ(body.at("skus").at(0).at("unit_price_text").as_string(), "39.60元/千克");
    EXPECT_FALSE(body.at("certified_now").as_bool());
    EXPECT_FALSE(body.at("saleable").as_bool());
    const auto etag = first.header("ETag");
    EXPECT_EQ(host_.call("GET", target, {}, {{"If-None-Match", etag}}).status, 304);
    EXPECT_EQ(get("/v1/products/999").problem(), "product-unknown");
    EXPECT_EQ(get("/v1/products/x").problem(), "product-unknown");
}

TEST_F(Catalog, RefusesProductsThatBreakARule) {
    const auto merchant = add_merchant();
    const auto refused = [&](const char* member, json::value value) {
        auto body = product_body(merchant);
        body[member] = std::move(value);
        return post("/v1/products", body);
    };
    EXPECT_EQ(refused("category", "tobacco").problem(), "category-not-listable");
    EXPECT_EQ(refused("category", "nonsense").pointer(), "/category");
    EXPECT_EQ(refused("shelf_life_days", nullptr).pointer(), "/shelf_life_days");
    EXPECT_EQ(refused("return_policy", "FRESH_EXEMPT").pointer(), "/return_policy");
    EXPECT_EQ(refused("origin_statement", "云南高原").pointer(), "/origin_statement");
    EXPECT_EQ(refused("county_code", "530524").pointer(), "/county_code");
    EXPECT_EQ(refused("merchant_id", 999).pointer(), "/merchant_id");
    EXPECT_EQ(refused("image", "https://elsewhere.example/x.png").pointer(), "/image");
    EXPECT_EQ(refused("skus", json::array{sku_body("9520000000012")}).pointer(), "/skus/0/gtin");
    EXPECT_EQ(refused("nonsense", 1).pointer(), "/nonsense");
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM product"), 0);
}

TEST_F(Catalog, RefusesANameOrAGtinThatIsTakenAndLeavesNothingBehind) {
    const auto merchant = add_merchant();
    ASSERT_EQ(post("/v1/products", product_body(merchant)).status, 201);
    EXPECT_EQ(post("/v1/products", product_body(merchant, "9520000000028")).problem(), "product-exists");
    EXPECT_EQ(post("/v1/products", product_body(merchant, "9520000000011", "箬竹笋")).problem(),
              "gtin-taken");
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM product"), 1);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM product_version"), 1);
}

TEST_F(Catalog, FindsProductsByNameAliasCountyCategoryAndCertification) {
    const auto merchant = add_merchant();
    const auto noodles = made(post("/v1/products", product_body(merchant)), "product_id");
    auto tea = product_body(merchant, "9520000000028", "高山绿茶");
    tea["category"] = "tea";
    tea["alias"] = json::array{};
    made(post("/v1/products", tea), "product_id");
    const auto found = [&](const std::string& query) {
        return get("/v1/products?" + query).json().at("items").as_array().size();
    };
    EXPECT_EQ(found("q=%E7%AD%87%E7%AB%B9"), 1U);                    // 筇竹, an alias.
    EXPECT_EQ(found("q=%E5%A4%A7%E5%85%B3%20%E8%8C%B6"), 1U);        // 大关 茶
    EXPECT_EQ(found("q=%E5%A4%A7%E5%85%B3%E3%80%80%E7%AE%AC"), 1U);  // 大关　箬
    EXPECT_EQ(found("q=%E8%8A%B1%E6%A4%92"), 0U);                    // 花椒
    EXPECT_EQ(found("county=530624"), 2U);
    EXPECT_EQ(found("category=tea"), 1U);
    EXPECT_EQ(found("scheme=MINHANG_YOUPIN"), 0U);
    learn(certification_of(noodles));
    EXPECT_EQ(found("scheme=MINHANG_YOUPIN"), 1U);
    EXPECT_EQ(get("/v1/products?scheme=X").json().at("errors").at(0).at("parameter").as_string(), "scheme");
}

TEST_F(Catalog, PagesThroughProductsCertifiedOnesFirst) {
    const auto merchant = add_merchant();
    std::uint64_t last = 0;
    for (int i = 1; i <= 5; ++i) {
        const auto digits = "95200000000" + std::to_string(i);
        const auto gtin = digits + gs1_check_digit(digits);
        const auto name = "商品" + std::to_string(i);
        last = made(post("/v1/products", product_body(merchant, gtin.c_str(), name.c_str())), "product_id");
    }
    learn(certification_of(last));
    std::vector<std::uint64_t> seen;
    std::string cursor;
    do {
        const auto page = get("/v1/products?limit=2" + (cursor.empty() ? "" : "&cursor=" + cursor)).json();
        for (const auto& item : page.at("items").as_array()) {
            seen.push_back(item.at("product_id").to_number<std::uint64_t>());
        }
        const auto& next = page.at("next");
        cursor = next.is_null() ? "" : std::string{next.as_string()};
    } while (!cursor.empty());
    ASSERT_EQ(seen.size(), 5U);
    EXPECT_EQ(seen.front(), last);
    EXPECT_TRUE(std::is_sorted(seen.begin() + 1, seen.end()));
    EXPECT_EQ(get("/v1/products?cursor=forged").problem(), "invalid-cursor");
    EXPECT_EQ(get("/v1/products?limit=0").status, 422);
}

TEST_F(Catalog, FreezesEveryVersionOfATextAndGuardsItByItsTag) {
    const auto id = add_product();
    const auto target = "/v1/products/" + std::to_string(id);
    const auto token = [&] {
        const security::TokenSigner signer{host_.secrets().read("access_token_private")};
        return "Bearer " + signer.sign({1, 0, "test", {"operator"}}, now(), std::chrono::minutes{10});
    }();
    auto body = text_body();
    body["summary"] = "新包装。";
    const auto change = [&](const std::string& if_match) {
        std::vector<std::pair<std::string, std::string>> headers{{"Authorization", token}};
        if (!if_match.empty()) headers.emplace_back("If-Match", if_match);
        return host_.call("POST", target + "/versions", text(body), headers);
    };
    EXPECT_EQ(change("").status, 428);
    const auto etag = get(target).header("ETag");
    const auto changed = change(etag);
    ASSERT_EQ(changed.status, 201);
    EXPECT_EQ(changed.json().at("version").as_int64(), 2);
    EXPECT_EQ(change(etag).problem(), "version-stale");
    EXPECT_EQ(change("\"nonsense\"").status, 412);
    const auto versions = get(target + "/versions").json().at("items").as_array();
    ASSERT_EQ(versions.size(), 2U);
    for (const auto& version : versions) {
        const std::string canonical{version.at("text").as_string()};
        EXPECT_EQ(security::hex(security::sha256(canonical)), version.at("snapshot_hash").as_string());
    }
    EXPECT_EQ(versions.at(1).at("snapshot_hash"), product(id).at("snapshot_hash"));
    EXPECT_EQ(offers().back().product_version(), 2);

    const auto read_as = [&](const char* role, std::uint64_t organisation) {
        return host_.call_as(role, "GET", target + "/versions", {}, organisation);
    };
    for (const auto& answer : {read_as("merchant", cooperative), read_as("auditor", 0)})
        EXPECT_EQ(answer.json().at("items").at(1).at("by_account"), 1) << answer.body;
    for (const auto& answer : {get(target + "/versions"), read_as("merchant", cooperative + 1)})
        EXPECT_EQ(answer.body.find("by_account"), std::string::npos) << "who wrote it is not for everybody";
}

TEST_F(Catalog, AppendsPricesAndPublishesTheOfferAgain) {
    const auto id = add_product();
    const auto sku = product(id).at("skus").at(0).at("sku_id").to_number<std::uint64_t>();
    const auto target = "/v1/skus/" + std::to_string(sku) + "/prices";
    EXPECT_EQ(post(target, {{"price_fen", 2080}}).status, 201);
    EXPECT_EQ(post(target, {{"price_fen", 2080}}).status, 201);  // The price it has: no new version.
    EXPECT_EQ(product(id).at("skus").at(0).at("price_version").as_int64(), 2);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM price"), 2);
    const auto published = offers();
    ASSERT_EQ(published.size(), 2U);
    EXPECT_EQ(published.back().price_fen(), 2080);
    EXPECT_EQ(published.back().price_version(), 2);
    EXPECT_EQ(post(target, {{"price_fen", 0}}).pointer(), "/price_fen");
    EXPECT_EQ(post("/v1/skus/999/prices", {{"price_fen", 100}}).problem(), "sku-unknown");
}

TEST_F(Catalog, LeafsThroughPricesAsTheyWereWhenSomebodyBeganAlsoAfterARestart) {
    const auto merchant = add_merchant();
    std::vector<std::uint64_t> products;
    for (int i = 1; i <= 3; ++i) {
        const auto digits = "95200000000" + std::to_string(i);
        const auto gtin = digits + gs1_check_digit(digits);
        auto body = product_body(merchant, gtin.c_str(), ("商品" + std::to_string(i)).c_str());
        body["skus"].at(0).as_object()["price_fen"] = 1000 * i;
        products.push_back(made(post("/v1/products", body), "product_id"));
    }
    const auto leaf = [&](const std::string& cursor) {
        return get("/v1/products?limit=1&sort=price_ascending" + (cursor.empty() ? "" : "&cursor=" + cursor))
            .json();
    };
    const auto id_in = [](const json::value& page) {
        return page.at("items").at(0).at("product_id").to_number<std::uint64_t>();
    };
    auto page = leaf({});
    EXPECT_EQ(id_in(page), products[0]);
    const auto price = [&](std::uint64_t id, int fen, std::size_t size = 0) {
        const auto sku = product(id).at("skus").at(size).at("sku_id").as_int64();
        ASSERT_EQ(post("/v1/skus/" + std::to_string(sku) + "/prices", {{"price_fen", fen}}).status, 201);
    };
    price(products[0], 9000);  // Would be seen again.
    price(products[2], 1500);
    price(products[2], 500);  // Would be missed.
    auto size = sku_body("9520000000042");
    size["price_fen"] = 600;
    ASSERT_EQ(post("/v1/products/" + std::to_string(products[1]) + "/skus", size).status, 201);
    price(products[1], 550, 1);  // So would this one, by a size that was not there.
    host_.run(make_service);
    page = leaf(std::string{page.at("next").as_string()});
    EXPECT_EQ(id_in(page), products[1]);
    page = leaf(std::string{page.at("next").as_string()});
    EXPECT_EQ(id_in(page), products[2]);
    EXPECT_TRUE(page.at("next").is_null());
    EXPECT_EQ(id_in(leaf({})), products[2]) << "a new list goes by what they cost now";
}

TEST_F(Catalog, ListsAndUnlists) {
    const auto id = add_product();
    const auto target = "/v1/products/" + std::to_string(id) + "/listing";
    EXPECT_EQ(post(target, {{"listed", false}}).status, 200);
    EXPECT_EQ(get("/v1/products").json().at("items").as_array().size(), 0U);
    EXPECT_EQ(get("/v1/products?listed=any").json().at("items").as_array().size(), 1U);
    EXPECT_FALSE(offers().back().listed());
    EXPECT_EQ(post(target, json::object{}).pointer(), "/listed");
}

TEST_F(Catalog, LetsMerchantsWriteForTheirOwnOnly) {
    const auto merchant = add_merchant();
    EXPECT_EQ(post("/v1/products", product_body(merchant), "merchant", cooperative + 1).problem(),
              "not-your-merchant");
    const auto answer = post("/v1/products", product_body(merchant), "merchant", cooperative);
    ASSERT_EQ(answer.status, 201);
    const auto target = "/v1/products/" + std::to_string(made(answer, "product_id")) + "/listing";
    EXPECT_EQ(post(target, {{"listed", false}}, "merchant", cooperative + 1).status, 403);
    EXPECT_EQ(post(target, {{"listed", false}}, "merchant").status, 403);  // Of no organisation at all.
}

TEST_F(Catalog, RefusesWhoeverMayNotWrite) {
    const auto id = add_product();
    const std::vector<std::pair<std::string, json::object>> writes{
        {"/v1/counties", county_body()},
        {"/v1/merchants", merchant_body()},
        {"/v1/products", product_body(1)},
        {"/v1/products/" + std::to_string(id) + "/listing", {{"listed", true}}}};
    for (const auto& [target, body] : writes) {
        EXPECT_EQ(host_.call("POST", target, text(body)).problem(), "token-missing") << target;
        EXPECT_EQ(post(target, body, "auditor").problem(), "role-missing") << target;
    }
    EXPECT_EQ(post("/v1/counties", county_body(), "merchant").status, 403);
}

TEST_F(Catalog, LetsNoStatementBreakWhatTheSchemaGuards) {
    const auto id = add_product();
    learn(certification_of(id));
    const auto refuses = [&](const std::string& sql) {
        try {
            host_.transact([&](database::Session& session) { session.run(sql); });
        } catch (const std::runtime_error&) {
            return true;
        }
        return false;
    };
    EXPECT_TRUE(refuses("UPDATE product_version SET canonical = CONCAT(canonical, 'x')"));
    EXPECT_TRUE(refuses("UPDATE product_version SET category = 'tobacco'"));
    EXPECT_TRUE(refuses("UPDATE price SET price_fen = 0"));
    EXPECT_TRUE(refuses("UPDATE certification SET valid_to = valid_from"));
}

TEST_F(Catalog, StopsTheOffersOfAMerchantWhoMayNotSell) {
    const auto id = add_product();
    learn(certification_of(id));
    EXPECT_EQ(post("/v1/merchants/1/active", {{"active", false}}).status, 200);
    EXPECT_FALSE(product(id).at("saleable").as_bool());
    EXPECT_FALSE(offers().back().listed());
    EXPECT_EQ(post("/v1/merchants/1/active", {{"active", true}}).status, 200);
    EXPECT_TRUE(product(id).at("saleable").as_bool());
    EXPECT_EQ(post("/v1/merchants/999/active", {{"active", true}}).problem(), "merchant-unknown");
}

TEST_F(Catalog, ShowsAfterARestartWhatWasStored) {
    const auto id = add_product();
    const auto before = get("/v1/products/" + std::to_string(id)).body;
    host_.run(make_service);
    EXPECT_EQ(get("/v1/products/" + std::to_string(id)).body, before);
}

TEST_F(Catalog, ShowsSoonWhatAnotherProcessWrote) {
    static boost::asio::io_context io;  // A pool's thread may still be inside it when the call is over.
    const auto id = add_product();
    MysqlCatalogStore elsewhere{host_.pool(), [](database::Session&, const Announcement&) {}, [] {}};
    const Author author{static_cast<AccountId>(1), {}, false};
    ASSERT_TRUE(support::finish(io, elsewhere.set_listed(static_cast<ProductId>(id), false, author)));
    EXPECT_TRUE(support::eventually([&] { return !product(id).at("listed").as_bool(); }));
}

}  // namespace
}  // namespace shanhai::catalog
