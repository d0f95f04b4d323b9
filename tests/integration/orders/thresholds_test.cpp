#include "integration/orders/looked_up.hpp"

namespace shanhai::orders {
namespace {

/// SKU 1 is of organisation 50, SKU 2 of 60.
class ThresholdsTest : public LookedUpTest {
protected:
    support::Answer set(const std::string& sku, const std::string& body, const std::string& role = "operator",
                        std::uint64_t organisation = 0) {
        return host_.call_as(role, "PUT", "/v1/stock/" + sku + "/thresholds", body, organisation);
    }
    support::Answer list(const std::string& skus, const std::string& role = "operator",
                         std::uint64_t organisation = 0) {
        return host_.call_as(role, "GET", "/v1/stock/thresholds?sku_ids=" + skus, {}, organisation);
    }
    json::value of(const std::string& sku) { return list(sku).json().at("items").at(0); }

    static constexpr const char* few = R"({"low_stock_below":50,"near_expiry_days":90})";
};

TEST_F(ThresholdsTest, AreEverybodysUntilTheHouseSaysOtherwise) {
    const auto before = of("1");
    EXPECT_EQ(before.at("low_stock_below").as_int64(), 20);
    EXPECT_EQ(before.at("near_expiry_days").as_int64(), 60);
    EXPECT_TRUE(before.at("set_at").is_null());
    EXPECT_TRUE(before.at("set_by").is_null());
    const auto said = set("1", few, "merchant", 50);
    ASSERT_EQ(said.status, 200) << said.body;
    EXPECT_EQ(said.json(), of("1"));
    EXPECT_EQ(of("1").at("low_stock_below").as_int64(), 50);
    EXPECT_EQ(of("1").at("near_expiry_days").as_int64(), 90);
    EXPECT_FALSE(of("1").at("set_by").is_null());
    EXPECT_EQ(of("2").at("low_stock_below").as_int64(), 20) << "another house's";
}

TEST_F(ThresholdsTest, KeepWhoSaidWhatAndLetTheLastWordCount) {
    ASSERT_EQ(set("1", few, "merchant", 50).status, 200);
    ASSERT_EQ(set("1", few, "merchant", 50).status, 200) << "the same again is no other word";
    ASSERT_EQ(set("1", R"({"low_stock_below":0,"near_expiry_days":0})").status, 200);
    EXPECT_EQ(of("1").at("low_stock_below").as_int64(), 0);
    EXPECT_EQ(of("1").at("near_expiry_days").as_int64(), 0);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM stock_threshold WHERE sku_id = 1 AND set_by > 0"), 2);
    const auto both = list("2,1").json().at("items").as_array();
    ASSERT_EQ(both.size(), 2U);
    EXPECT_EQ(both.at(0).at("sku_id").as_int64(), 1);
}

TEST_F(ThresholdsTest, AreSetByTheOwnHouseAndTheOperatorAlone) {
    EXPECT_EQ(set("1", few, "merchant", 60).problem(), "not-your-merchant");
    EXPECT_EQ(set("1", few, "merchant").problem(), "not-your-merchant");
    EXPECT_EQ(set("1", few, "auditor").problem(), "role-missing");
    EXPECT_EQ(set("1", few, "certifier").problem(), "role-missing");
    EXPECT_EQ(host_.call("PUT", "/v1/stock/1/thresholds", few).problem(), "token-missing");
    EXPECT_EQ(list("1,2", "merchant", 50).problem(), "not-your-merchant");
    EXPECT_EQ(list("1", "merchant", 50).status, 200);
    EXPECT_EQ(list("1", "auditor").status, 200);
    EXPECT_EQ(host_.call("GET", "/v1/stock/thresholds?sku_ids=1").problem(), "token-missing");
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM stock_threshold"), 0);
}

TEST_F(ThresholdsTest, RefuseWhatIsNone) {
    EXPECT_EQ(set("999", few).problem(), "sku-unknown");
    const auto pointer = [&](const char* body) {
        const auto answer = set("1", body);
        EXPECT_EQ(answer.problem(), "validation-failed") << body;
        return answer.pointer();
    };
    EXPECT_EQ(pointer(R"({"low_stock_below":-1,"near_expiry_days":60})"), "/low_stock_below");
    EXPECT_EQ(pointer(R"({"low_stock_below":1000001,"near_expiry_days":60})"), "/low_stock_below");
    EXPECT_EQ(pointer(R"({"low_stock_below":20,"near_expiry_days":366})"), "/near_expiry_days");
    EXPECT_EQ(pointer(R"({"low_stock_below":20})"), "/near_expiry_days");
    EXPECT_EQ(pointer(R"({"low_stock_below":"20","near_expiry_days":60})"), "/low_stock_below");
    EXPECT_EQ(pointer(R"({"low_stock_below":20,"near_expiry_days":60,"lots":1})"), "/lots");
    EXPECT_EQ(set("1", R"({"low_stock_below":1000000,"near_expiry_days":365})").status, 200);
    for (const auto* skus : {"0", "1,,2", "x", "1,"}) EXPECT_EQ(parameter(list(skus)), "sku_ids") << skus;
    EXPECT_TRUE(list("999").json().at("items").as_array().empty());
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM stock_threshold"), 1);
}

}  // namespace
}  // namespace shanhai::orders
