#include "catalog/domain/net_content.hpp"

#include "catalog/domain/product.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace shanhai::catalog {
namespace {

std::int64_t told(std::string_view name) {
    const auto weight = weight_told(name);
    return weight ? weight->count() : 0;
}

TEST(WeightTold, IsReadOfTheNamesThatPeopleGive) {
    const std::pair<const char*, std::int64_t> names[] = {
        {"500克袋装", 500},        {"500 g", 500},        {"2.5千克真空装", 2500},
        {"1公斤", 1000},           {"3斤", 1500},         {"2两", 100},
        {"1.25kg", 1250},          {"1 KG 家庭装", 1000}, {"500克×4礼盒", 2000},
        {"10克 x 10片", 100},      {"10x50g", 500},       {"净重227克", 227},
        {"简装500克（示例）", 500}};
    for (const auto& [name, grams] : names) EXPECT_EQ(told(name), grams) << name;
}

TEST(WeightTold, IsNothingWhereANameCouldMeanMoreThanOneThing) {
    for (const char* name :
         {"三件套",    "单个",      "两只装",          "200×230厘米 春秋被", "约2.5千克箱装",
          "400-500克", "500克两袋", "5包500克",        "2袋×250克",          "250克+100克",
          "500克/袋",  "500克×2×3", "500克×2 赠100克", "一斤装500克",        "5gap",
          "0克",       "0.5克",     "1.2345千克",      "1234567克",          "500",
          "克",        "",          "毛重500克",       "2026 500克"}) {
        EXPECT_EQ(told(name), 0) << name;
    }
}

TEST(WeightTold, IsTheProductOfWeightAndCountAndOfNothingElse) {
    const std::vector<std::pair<std::string, std::int64_t>> units{
        {"克", 1}, {"g", 1}, {"千克", 1000}, {"公斤", 1000}, {"kg", 1000}, {"斤", 500}, {"两", 50}};
    const std::vector<std::string> signs{"×", "x", "*", " × ", "X"};
    const std::vector<std::string> wrappings{"", "袋装", "礼盒", " 真空"};
    EXPECT_TRUE(rc::check([&] {
        const auto unit = *rc::gen::elementOf(units);
        const auto amount = *rc::gen::inRange<std::int64_t>(1, 1000);
        const auto count = *rc::gen::inRange<std::int64_t>(1, 100);
        const auto times = *rc::gen::elementOf(signs);
        const auto weight = std::to_string(amount) + unit.first;
        const auto wrapping = *rc::gen::elementOf(wrappings);
        const auto name = *rc::gen::arbitrary<bool>() ? weight + times + std::to_string(count) + wrapping
                                                      : std::to_string(count) + times + weight + wrapping;
        RC_ASSERT(told(weight + wrapping) == amount * unit.second);
        RC_ASSERT(told(name) == amount * count * unit.second);
        RC_ASSERT(told(name + "或" + std::to_string(amount)) == 0);
        RC_ASSERT(told("约" + name) == 0);
    }));
    EXPECT_TRUE(rc::check([](const std::string& anything) {
        const auto weight = weight_told(anything);
        if (weight) RC_ASSERT(weight->count() > 0);
    }));
}

TEST(Sku, WeighsWhatItsNameTells) {
    Sku sku;
    sku.gtin = *Gtin::parse("6901234567892");
    sku.name = "500克袋装";
    sku.net_content = Gram{1};
    EXPECT_EQ(sku.fault("/skus/0", 365)->fields().at(0).pointer, "/skus/0/net_content_g");
    sku.net_content = Gram{500};
    EXPECT_FALSE(sku.fault("/skus/0", 365));
    sku.name = "礼盒";
    sku.net_content = Gram{1};
    EXPECT_FALSE(sku.fault("/skus/0", 365));
}

}  // namespace
}  // namespace shanhai::catalog
