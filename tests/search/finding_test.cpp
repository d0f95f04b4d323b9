#include "search/leafing.hpp"
#include "vocabulary/folding.hpp"

#include <algorithm>

namespace shanhai::catalog {
namespace {

class Finding : public Leafing {
protected:
    bool finds(const std::string& words, const std::string& name) {
        return std::ranges::count(names_in(list("limit=100&q=" + escaped(words))), name) == 1;
    }
    template <class Use>
    void for_each_listed(Use use) {
        for (const auto& [id, product] : stored_.products) {
            if (product.listed) use(product);
        }
    }
};

std::string spelled(const std::string& name, bool whole) {
    std::string letters;
    for (const auto unit : folded(name)) {
        const Readings readings{unit};
        if (readings.begin() == readings.end()) {
            letters += static_cast<char>(unit);
        } else {
            letters += spelling(*readings.begin()).substr(0, whole ? std::string::npos : 1);
        }
    }
    return letters;
}

TEST_F(Finding, FindsEveryProductByItsNameItsPinyinAndItsInitials) {
    for_each_listed([this](const Product& product) {
        const auto& name = product.text.name;
        EXPECT_EQ(names_in(list("q=" + escaped(name))).front(), name);
        EXPECT_TRUE(finds(spelled(name, true), name)) << spelled(name, true);
        EXPECT_TRUE(finds(spelled(name, false), name)) << spelled(name, false);
        auto joined = spelled(name, true);
        std::erase(joined, ' ');
        EXPECT_TRUE(finds(joined, name)) << joined;
        for (const auto& alias : product.text.aliases) EXPECT_TRUE(finds(alias, name)) << alias;
    });
}

TEST_F(Finding, FindsEveryProductByWhereItComesFrom) {
    for_each_listed([this](const Product& product) {
        const auto& county = *showcase_.view()->facts->county(product.county);
        for (const auto& place : {county.name, county.short_name, county.prefecture, county.province})
            EXPECT_TRUE(finds(place, product.text.name)) << place;
    });
}

TEST_F(Finding, ReadsDescriptionsWhereNothingElseFits) {
    const auto words = "q=" + escaped("低温慢烘");
    const auto found = list(words);
    EXPECT_EQ(names_in(found), std::vector<std::string>{"箬竹面"});
    EXPECT_TRUE(found.at("corrected_to").is_null());
    EXPECT_EQ(facets(words).at("products").as_int64(), 1);
    EXPECT_EQ(names_in(list("exact=true&" + words)), std::vector<std::string>{"箬竹面"});
    auto product = stored_.products.at(called("箬竹面"));
    product.text.description = "换了一种说法，宜送长辈。";
    change(product);
    EXPECT_TRUE(names_in(list(words)).empty()) << "it says so no more";
    EXPECT_TRUE(finds("宜送长辈", "箬竹面"));
    EXPECT_TRUE(finds("宜送長輩", "箬竹面")) << "in the characters of Hong Kong";
    EXPECT_TRUE(names_in(list("exact=true&q=" + escaped("辈宜"))).empty());
}

TEST_F(Finding, TakesNoTextForTheCertificationThatItMentions) {
    for (auto [id, product] : std::map{stored_.products}) {
        product.certifications.clear();
        if (product.text.name == "箬竹笋干")
            product.text.description = "与闵行优品同一条线加工。闵行优品笋干的吃法：冷水泡发。";
        if (product.text.name == "景东香菇") product.text.name = "闵行优米";
        change(product);
    }
    for (const auto* words : {"闵行优品 笋干", "闵行优品笋干", "闵行优品"}) {
        const auto found = list("limit=100&q=" + escaped(words));
        EXPECT_TRUE(names_in(found).empty()) << words;
        EXPECT_TRUE(found.at("corrected_to").is_null()) << words << ": a scheme's name is no error";
    }
    EXPECT_TRUE(finds("同一条线加工", "箬竹笋干")) << "whatever else it says is read";
    certify(called("箬竹笋干"));
    EXPECT_TRUE(finds("闵行优品 笋干", "箬竹笋干"));
}

TEST_F(Finding, PrefersWhatIsCalledSoToWhatOnlyMentionsIt) {
    ASSERT_NE(stored_.products.at(called("鲁甸火腿酥饼")).text.description.find("核桃"), std::string::npos);
    EXPECT_FALSE(finds("核桃", "鲁甸火腿酥饼"));
}

TEST_F(Finding, FindsByWhatSizesAreCalled) {
    EXPECT_TRUE(finds("250克袋装", "景东香菇"));
    auto product = stored_.products.at(called("景东香菇"));
    for (auto& sku : product.skus) sku.name = "尝鲜罐";
    change(product);
    EXPECT_FALSE(finds("250克袋装", "景东香菇"));
    EXPECT_TRUE(finds("尝鲜罐", "景东香菇"));
}

TEST_F(Finding, HidesWhatIsNotListed) {
    EXPECT_FALSE(finds("凤庆古树红茶", "凤庆古树红茶（停售示例）"));
    const auto names = names_in(list("limit=100&listed=any&q=" + escaped("凤庆古树红茶")));
    ASSERT_FALSE(names.empty());
    EXPECT_EQ(names.front(), "凤庆古树红茶（停售示例）");
}

TEST_F(Finding, FollowsWhatChanges) {
    auto product = stored_.products.at(ProductId{1});
    product.text.name = "孔雀饼";
    change(product);
    EXPECT_TRUE(finds("孔雀", "孔雀饼"));
    EXPECT_TRUE(finds("kqb", "孔雀饼"));
    product.listed = false;
    change(product);
    EXPECT_FALSE(finds("孔雀", "孔雀饼"));
}

TEST_F(Finding, CountsCharactersAndRefusesWhatIsNoFilter) {
    const auto repeated = [](int times) {
        std::string text;
        for (int i = 0; i < times; ++i) text += "笋";
        return escaped(text);
    };
    EXPECT_EQ(status("q=" + repeated(100)), 200);
    for (const auto& refused :
         {"q=" + repeated(101), std::string{"season=later"}, std::string{"category=nonsense"},
          std::string{"county=53"}, std::string{"scheme=x"}, std::string{"merchant_id=0"}})
        EXPECT_EQ(status(refused), 422) << refused;
    EXPECT_EQ(answered(router_, "/v1/products/facets", "season=later").status, 422);
    EXPECT_EQ(answered(router_, "/v1/products/suggestions", "q=" + repeated(101)).status, 422);
}

TEST_F(Finding, SaysByWhichRuleAListIsOrdered) {
    const auto rule = [this](const std::string& query) {
        return std::string{list(query).at("ranking").at("rule").as_string()};
    };
    EXPECT_EQ(rule(""), "CERTIFIED_FIRST");
    EXPECT_EQ(rule("county=530624"), "CERTIFIED_FIRST");
    EXPECT_EQ(rule("q=" + escaped("笋")), "BEST_MATCH_FIRST");
    EXPECT_EQ(rule("first=MINHANG_YOUPIN&q=" + escaped("笋")), "SCHEME_FIRST");
}

TEST_F(Finding, PutsWhatIsCalledSoBeforeWhatOnlyMentionsItWhicheverSchemeComesFirst) {
    int overtaken = 0;
    for (const std::string scheme : {"MINHANG_YOUPIN", "BAIXIAN_BAIPIN", "COUNTY_RECOGNITION"}) {
        for (const std::string words : {"红茶", "核桃"}) {
            SCOPED_TRACE(scheme + ' ' + words);
            const auto called_so = [&](const std::string& name) {
                return name.find(words) != std::string::npos;
            };
            const auto found = names_in(list("limit=100&first=" + scheme + "&q=" + escaped(words)));
            EXPECT_TRUE(std::ranges::is_partitioned(found, called_so)) << ::testing::PrintToString(found);
            const auto certified = names_in(list("limit=100&scheme=" + scheme + "&q=" + escaped(words)));
            const auto is_first = [&](const std::string& name) {
                return std::ranges::count(certified, name) > 0;
            };
            const auto end_of_called = std::ranges::partition_point(found, called_so);
            EXPECT_TRUE(std::ranges::is_partitioned(found.begin(), end_of_called, is_first));
            EXPECT_TRUE(std::ranges::is_partitioned(end_of_called, found.end(), is_first));
            const bool a_name_is_not = !std::ranges::all_of(found.begin(), end_of_called, is_first);
            overtaken += a_name_is_not && std::ranges::any_of(end_of_called, found.end(), is_first) ? 1 : 0;
        }
    }
    EXPECT_GT(overtaken, 0) << "nothing that is only mentioned is certified under a scheme";
}

TEST_F(Finding, NarrowsByCategorySchemeAndSeason) {
    EXPECT_EQ(names_in(list("limit=100&category=coffee")).size(), 2U);
    EXPECT_EQ(names_in(list("limit=100&scheme=COUNTY_RECOGNITION")), std::vector<std::string>{"彝绣手拿包"});
    EXPECT_EQ(names_in(list("limit=100&season=now")).size(), 2U);
    EXPECT_EQ(names_in(list("limit=100&category=tea&county=530524&q=" + escaped("红茶"))).size(), 3U);
}

/// Each figure is what its own list has.
TEST_F(Finding, CountsWhatTheListsHave) {
    for (const auto& query : {std::string{}, "q=" + escaped("茶"), std::string{"scheme=BAIXIAN_BAIPIN"},
                              std::string{"season=now&q="} + escaped("云南")}) {
        SCOPED_TRACE(query);
        const auto counts = facets(query);
        const auto listed = [&](const std::string& more) {
            return names_in(list("limit=100&" + (query.empty() ? more : query + "&" + more))).size();
        };
        EXPECT_EQ(counts.at("products").as_int64(), static_cast<std::int64_t>(listed("")));
        for (const auto& [member, code] :
             {std::pair{"counties", "county_code"}, std::pair{"categories", "category"}}) {
            const std::string parameter = code == std::string_view{"category"} ? "category=" : "county=";
            for (const auto& one : counts.at(member).as_array()) {
                EXPECT_EQ(
                    one.at("products").as_int64(),
                    static_cast<std::int64_t>(listed(parameter + std::string{one.at(code).as_string()})));
            }
        }
    }
    const auto of_all = facets("");
    for (const auto& one : of_all.at("schemes").as_array()) {
        const auto scheme = std::string{one.at("scheme").as_string()};
        EXPECT_EQ(one.at("products").as_int64(),
                  static_cast<std::int64_t>(names_in(list("limit=100&scheme=" + scheme)).size()));
    }
    EXPECT_EQ(of_all.at("in_season").as_int64(), 2);
}

TEST_F(Finding, CountsOfAKindWhatAllOtherChoicesLeave) {
    const auto chosen = facets("county=530524");
    EXPECT_EQ(chosen.at("products").as_int64(), 4);
    EXPECT_EQ(chosen.at("counties"), facets("").at("counties"));
    ASSERT_EQ(chosen.at("categories").as_array().size(), 1U);
    EXPECT_EQ(chosen.at("categories").at(0).at("category").as_string(), "tea");
    EXPECT_EQ(facets("q=" + escaped("香茹")).at("corrected_to").as_string(), "香菇");
}

TEST_F(Finding, PutsNothingRightThatIsMeantAsItWasTyped) {
    const auto words = "q=" + escaped("香茹");
    EXPECT_EQ(list(words + "&exact=false").at("corrected_to").as_string(), "香菇");
    const auto meant = list(words + "&exact=true");
    EXPECT_TRUE(meant.at("items").as_array().empty());
    EXPECT_TRUE(meant.at("corrected_to").is_null());
    EXPECT_EQ(facets(words + "&exact=true").at("products").as_int64(), 0);
    EXPECT_EQ(list("exact=true&q=" + escaped("香菇")), list("q=" + escaped("香菇"))) << "as it is right";
    EXPECT_FALSE(list("exact=true&q=ruozh").at("items").as_array().empty()) << "half a syllable is no error";
    EXPECT_EQ(status("exact=yes&" + words), 422);
    EXPECT_EQ(answered(router_, "/v1/products/facets", "exact=1").status, 422);
}

TEST_F(Finding, SuggestsWhileOneTypes) {
    const auto texts = [this](const std::string& typed) {
        std::vector<std::string> all;
        const auto made = suggestions(typed);
        for (const auto& one : made.at("items").as_array()) {
            all.push_back(std::string{one.at("kind").as_string()} + " " +
                          std::string{one.at("text").as_string()});
        }
        return all;
    };
    EXPECT_TRUE(texts("").empty());
    EXPECT_EQ(texts("ru").front(), "PRODUCT 箬竹面");
    EXPECT_LE(texts("ru").size(), 8U);
    EXPECT_EQ(texts("daguan").front(), "COUNTY 大关县");
    EXPECT_EQ(texts("大").front(), "COUNTY 大关县");
    EXPECT_EQ(texts("ka").front(), "CATEGORY 咖啡");
    EXPECT_EQ(texts("咖").at(1), "PRODUCT 保山小粒咖啡（熟豆）");
    EXPECT_TRUE(texts("手机").empty());
    const auto county = suggestions("昌宁").at("items").at(0);
    EXPECT_EQ(county.at("county_code").as_string(), "530524");
    EXPECT_EQ(county.at("products").as_int64(), 4);
    // The same for everybody, so that caches between keep one copy.
    const auto response = answered(router_, "/v1/products/suggestions", "q=ru");
    const auto header = [&response](std::string_view name) {
        const auto found =
            std::ranges::find(response.headers, name, &std::pair<std::string, std::string>::first);
        return found == response.headers.end() ? "" : found->second;
    };
    EXPECT_EQ(header("Cache-Control"), "public, max-age=60");
    EXPECT_EQ(header("Vary"), "");
}

}  // namespace
}  // namespace shanhai::catalog
