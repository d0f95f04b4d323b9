#include "integration/catalog/fixture.hpp"

namespace shanhai::catalog {
namespace {

/// What the public may know of, and who knows more.
class VisibilityOfTheCatalog : public Catalog {
protected:
    struct Somebody {
        std::string role;  ///< Empty: the public.
        std::uint64_t organisation = 0;
    };

    static constexpr std::uint64_t another_house = cooperative + 1;

    Answer read(const std::string& target, const Somebody& who) {
        return who.role.empty() ? get(target) : host_.call_as(who.role, "GET", target, {}, who.organisation);
    }
    std::size_t listed_for(const std::string& list, const Somebody& who) {
        return read(list, who).json().at("items").as_array().size();
    }

    const std::vector<Somebody> strangers_{
        {"", 0}, {"merchant", another_house}, {"merchant", 0}, {"admin", 0}};
    const std::vector<Somebody> insiders_{
        {"merchant", cooperative}, {"operator", 0}, {"certifier", office_of_minhang}, {"auditor", 0}};
};

TEST_F(VisibilityOfTheCatalog, KeepsAProductFromThePublicUntilItIsListedFirst) {
    auto body = product_body(add_merchant());
    body["listed"] = false;
    const auto target = "/v1/products/" + std::to_string(made(post("/v1/products", body), "product_id"));
    const std::string all = "/v1/products?listed=any";
    for (const auto& who : strangers_) {
        EXPECT_EQ(read(target, who).problem(), "product-unknown") << who.role;
        EXPECT_EQ(read(target + "/versions", who).problem(), "product-unknown") << who.role;
        EXPECT_EQ(listed_for(all, who), 0U) << who.role;
    }
    for (const auto& who : insiders_) {
        EXPECT_EQ(read(target, who).status, 200) << who.role;
        EXPECT_EQ(read(target + "/versions", who).status, 200) << who.role;
        EXPECT_EQ(listed_for(all, who), 1U) << who.role;
    }
    const auto tag = read(target, insiders_.front()).header("ETag");
    EXPECT_EQ(host_.call("GET", target, {}, {{"If-None-Match", tag}}).status, 404) << "not even 304";
    EXPECT_TRUE(offers().back().never_listed());

    ASSERT_EQ(post(target + "/listing", {{"listed", true}}).status, 200);
    EXPECT_FALSE(offers().back().never_listed());
    EXPECT_EQ(get(target).status, 200);
    EXPECT_EQ(listed_for("/v1/products", {}), 1U);

    ASSERT_EQ(post(target + "/listing", {{"listed", false}}).status, 200);
    EXPECT_FALSE(get(target).json().at("listed").as_bool()) << "whoever has its address is told so";
    EXPECT_EQ(get(target + "/versions").status, 200);
    EXPECT_EQ(listed_for(all, {}), 1U);
    EXPECT_EQ(listed_for("/v1/products", {}), 0U);
    EXPECT_FALSE(offers().back().never_listed());
}

TEST_F(VisibilityOfTheCatalog, RefusesATokenThatIsNoneWhereEverybodyMayRead) {
    const auto id = add_product();
    const auto target = "/v1/products/" + std::to_string(id);
    EXPECT_EQ(host_.call("GET", target, {}, {{"Authorization", "Bearer nonsense"}}).problem(),
              "token-invalid");
    EXPECT_EQ(get(target).status, 200);
}

TEST_F(VisibilityOfTheCatalog, KeepsABundleFromThePublicUntilItIsListedFirst) {
    const auto merchant = add_merchant();
    const auto product = post("/v1/products", product_body(merchant)).json();
    const auto sku = product.at("skus").at(0).at("sku_id").to_number<std::uint64_t>();
    const json::object part{{"sku_id", sku}, {"quantity", 2}};
    const json::object body{{"merchant_id", merchant}, {"name", "两袋装"}, {"summary", "两袋"},
                            {"price_fen", 3000},       {"listed", false},  {"components", json::array{part}}};
    const auto target = "/v1/bundles/" + std::to_string(made(post("/v1/bundles", body), "bundle_id"));
    const std::string all = "/v1/bundles?listed=any";
    for (const auto& who : strangers_) {
        EXPECT_EQ(read(target, who).problem(), "bundle-unknown") << who.role;
        EXPECT_EQ(listed_for(all, who), 0U) << who.role;
    }
    for (const auto& who : insiders_) {
        EXPECT_EQ(read(target, who).status, 200) << who.role;
        EXPECT_EQ(listed_for(all, who), 1U) << who.role;
    }
    ASSERT_EQ(post(target + "/listing", {{"listed", true}}).status, 200);
    ASSERT_EQ(post(target + "/listing", {{"listed", false}}).status, 200);
    EXPECT_FALSE(get(target).json().at("listed").as_bool());
    EXPECT_EQ(listed_for(all, {}), 1U);
}

TEST_F(VisibilityOfTheCatalog, KeepsABundleWithGoodsThatWereNeverListedFromThePublic) {
    const auto merchant = add_merchant();
    auto hidden = product_body(merchant);
    hidden["listed"] = false;
    const auto product = post("/v1/products", hidden).json();
    const json::object part{{"sku_id", product.at("skus").at(0).at("sku_id")}, {"quantity", 2}};
    const json::object body{{"merchant_id", merchant}, {"name", "两袋装"}, {"summary", "两袋"},
                            {"price_fen", 3000},       {"listed", true},   {"components", json::array{part}}};
    const auto target = "/v1/bundles/" + std::to_string(made(post("/v1/bundles", body), "bundle_id"));
    const auto id = std::to_string(product.at("product_id").to_number<std::uint64_t>());
    for (const auto& who : strangers_) {
        EXPECT_EQ(read(target, who).problem(), "bundle-unknown") << who.role;
        EXPECT_EQ(listed_for("/v1/bundles?product_id=" + id, who), 0U) << who.role;
    }
    for (const auto& who : insiders_) {
        EXPECT_TRUE(read(target, who).json().at("components").at(0).as_object().contains("product_name"));
        EXPECT_EQ(listed_for("/v1/bundles?product_id=" + id, who), 1U) << who.role;
    }
    ASSERT_EQ(post("/v1/products/" + id + "/listing", {{"listed", true}}).status, 200);
    EXPECT_EQ(get(target).status, 200);
    EXPECT_EQ(listed_for("/v1/bundles", {}), 1U);
}

TEST_F(VisibilityOfTheCatalog, SaysOfAnotherHousesGoodsInABundleNoMoreThanThePublicKnows) {
    const auto merchant = add_merchant();
    auto hidden = product_body(merchant);
    hidden["listed"] = false;
    const auto product = post("/v1/products", hidden).json();
    const json::object part{{"sku_id", product.at("skus").at(0).at("sku_id")}, {"quantity", 2}};
    const json::object body{
        {"merchant_id", made(post("/v1/merchants", merchant_body("另一家合作社")), "merchant_id")},
        {"name", "两袋装"},
        {"summary", "两袋"},
        {"price_fen", 3000},
        {"listed", false},
        {"components", json::array{part}}};
    const auto said = [&] { return post("/v1/bundles", body).json().at("errors").at(0).at("detail"); };
    EXPECT_EQ(said(), "there is no such SKU");
    const auto id = std::to_string(product.at("product_id").to_number<std::uint64_t>());
    ASSERT_EQ(post("/v1/products/" + id + "/listing", {{"listed", true}}).status, 200);
    EXPECT_EQ(said(), "this SKU is another merchant's");
}

}  // namespace
}  // namespace shanhai::catalog
