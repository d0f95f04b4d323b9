#include "search/asking.hpp"

namespace shanhai::catalog {
namespace {

/// Lists of an area or of a merchant, and how many there are of each.
class NarrowingOfLists : public Asking {
protected:
    std::size_t found(const std::string& query) { return names_in(list("limit=100&" + query)).size(); }
    std::string refusal(std::string_view path, const std::string& query) {
        const auto answer = answered(router_, path, query);
        return std::to_string(answer.status) + " " + std::string{answer.content()};
    }
};

TEST_F(NarrowingOfLists, AreOfAProvinceOrAPrefectureByItsName) {
    EXPECT_EQ(found("area=" + escaped("云南省")), found("q=" + escaped("云南")));
    EXPECT_EQ(found("area=" + escaped("昭通市")), 14U);
    EXPECT_EQ(found("area=" + escaped("昭通市") + "&county=530624"), 11U);
    EXPECT_EQ(found("area=" + escaped("保山市") + "&county=530624"), 0U);
    EXPECT_EQ(names_in(list("area=" + escaped("云南省") + "&q=" + escaped("香茹"))),
              std::vector<std::string>{"景东香菇"});
    EXPECT_EQ(found("area=" + escaped("青海省") + "&q=" + escaped("香菇")), 0U);
}

TEST_F(NarrowingOfLists, RefuseAnAreaThatThereIsNot) {
    for (const auto* path : {"/v1/products", "/v1/products/facets"}) {
        for (const auto* area : {"云南", "大关县", "", "南云省"}) {
            const auto answer = refusal(path, "area=" + escaped(area));
            EXPECT_TRUE(answer.starts_with("422 ")) << area << answer;
            EXPECT_NE(answer.find("\"area\""), std::string::npos) << answer;
        }
    }
}

TEST_F(NarrowingOfLists, CountAreaAndCountyAsOneChoice) {
    const auto chosen = facets("area=" + escaped("昭通市"));
    EXPECT_EQ(chosen.at("products").as_int64(), 14);
    EXPECT_EQ(chosen.at("counties"), facets("").at("counties"));
    for (const auto& one : chosen.at("counties").as_array())
        EXPECT_EQ(one.at("prefecture").as_string().empty(), one.at("province").as_string().empty());
}

TEST_F(NarrowingOfLists, KnowCountiesByTheCodesThatTheyHadBefore) {
    const auto former = *CountyCode::parse("530699");
    stored_.present_codes.emplace(former, *CountyCode::parse("530624"));
    auto& product = stored_.products.at(ProductId{1});
    const auto before = found("area=" + escaped("昭通市"));
    product.county = former;
    ++stored_.revision;
    showcase_.follow(whole(stored_));
    EXPECT_EQ(found("area=" + escaped("昭通市")), before);
}

TEST_F(NarrowingOfLists, CountOfEachMerchantWhatItsListHas) {
    for (const auto& query : {std::string{"q="}, "q=" + escaped("茶"), std::string{"category=tea"}}) {
        SCOPED_TRACE(query);
        const auto merchants = facets(query).at("merchants").as_array();
        ASSERT_GT(merchants.size(), 1U);
        std::int64_t before = merchants.front().at("products").as_int64();
        for (const auto& one : merchants) {
            const auto id = std::to_string(one.at("merchant_id").as_int64());
            const auto products = one.at("products").as_int64();
            EXPECT_EQ(products, static_cast<std::int64_t>(found(query + "&merchant_id=" + id)));
            EXPECT_LE(products, before) << "the fullest come first";
            EXPECT_EQ(facets(query + "&merchant_id=" + id).at("merchants").as_array(), merchants)
                << "who is chosen hides nobody";
            before = products;
        }
    }
}

TEST_F(NarrowingOfLists, TellTheFullestFiftyMerchantsAndTheChosenOne) {
    const auto product = stored_.products.at(ProductId{1});
    for (std::uint64_t n = 1; n <= 60; ++n) {
        auto merchant = stored_.merchants.begin()->second;
        merchant.id = MerchantId{1'000 + n};
        merchant.name = "第" + std::to_string(n) + "家";
        auto offered = product;
        offered.id = ProductId{1'000 + n};
        offered.merchant = merchant.id;
        stored_.merchants.emplace(merchant.id, merchant);
        stored_.products.emplace(offered.id, offered);
    }
    ++stored_.revision;
    showcase_.follow(whole(stored_));
    EXPECT_EQ(facets("").at("merchants").as_array().size(), 50U);
    const auto with_chosen = facets("merchant_id=1060").at("merchants").as_array();
    ASSERT_EQ(with_chosen.size(), 51U);
    EXPECT_EQ(with_chosen.back().at("name").as_string(), "第60家");
    const auto in_vain = facets("merchant_id=1060&q=" + escaped("手机")).at("merchants").as_array();
    ASSERT_EQ(in_vain.size(), 1U) << "who is chosen is told also where nothing is left";
    EXPECT_EQ(in_vain.front().at("products").as_int64(), 0);
    EXPECT_EQ(facets("merchant_id=9999").at("merchants").as_array().size(), 50U) << "nobody is called so";
}

}  // namespace
}  // namespace shanhai::catalog
