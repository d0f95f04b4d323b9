#include "integration/catalog/fixture.hpp"

#include "catalog/domain/bundle.hpp"
#include "catalog/store/news.hpp"

#include "shanhai/event/v1/bundle.pb.h"
#include "support/told_facts.hpp"

namespace shanhai::catalog {
namespace {

using event::v1::BundlePublished;

class BundlesOfTheCatalog : public Catalog {
protected:
    BundlesOfTheCatalog() {
        merchant_ = add_merchant();
        product_ = made(post("/v1/products", product_body(merchant_)), "product_id");
        learn(certification_of(product_));
        noodles_ = sku_of(product_);
        const auto tea =
            made(post("/v1/products", product_body(merchant_, "9520000000028", "昌宁红茶")), "product_id");
        tea_ = sku_of(tea);
        other_merchant_ = made(post("/v1/merchants", merchant_body("另一家合作社（示例）")), "merchant_id");
    }
    std::uint64_t sku_of(std::uint64_t id) {
        return product(id).at("skus").as_array().at(0).at("sku_id").to_number<std::uint64_t>();
    }

    static json::object part(std::uint64_t sku, int quantity) {
        return {{"sku_id", sku}, {"quantity", quantity}};
    }
    /// Three packs of noodles and two of tea: 99.00 apart, 88.00 together.
    json::object offer() const {
        return {{"name", "大关笋礼盒"},
                {"summary", "面三袋，茶两袋。"},
                {"image", nullptr},
                {"price_fen", 8800},
                {"components", json::array{part(noodles_, 3), part(tea_, 2)}}};
    }
    json::object bundle() const {
        auto body = offer();
        body["merchant_id"] = merchant_;
        body["listed"] = true;
        return body;
    }
    Answer add(const json::object& body, const std::string& role = "operator",
               std::uint64_t organisation = 0) {
        return post("/v1/bundles", body, role, organisation);
    }
    std::vector<BundlePublished> facts() { return support::told_facts<BundlePublished>(host_); }

    std::uint64_t merchant_ = 0;
    std::uint64_t other_merchant_ = 0;
    std::uint64_t product_ = 0;
    std::uint64_t noodles_ = 0;
    std::uint64_t tea_ = 0;
};

TEST_F(BundlesOfTheCatalog, SayWhatIsInThemAndTellIt) {
    const auto added = add(bundle());
    ASSERT_EQ(added.status, 201) << added.body;
    const auto body = added.json();
    EXPECT_EQ(body.at("parts_fen").as_int64(), 5 * 1980);
    EXPECT_FALSE(body.at("saleable").as_bool()) << "the tea is not certified";
    std::int64_t shared = 0;
    for (const auto& one : body.at("components").as_array()) shared += one.at("share_fen").as_int64();
    EXPECT_EQ(shared, 8800);
    EXPECT_EQ(body.at("components").at(0).at("product_name").as_string(), "箬竹面");

    const auto told = facts();
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].version(), 1);
    EXPECT_EQ(told[0].price_fen(), 8800);
    EXPECT_TRUE(told[0].listed());
    ASSERT_EQ(told[0].components_size(), 2);
    EXPECT_EQ(told[0].components(0).quantity(), 3);
}

TEST_F(BundlesOfTheCatalog, AreNotMadeTwice) {
    const auto first = add(bundle());
    const auto again = add(bundle());
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(made(first, "bundle_id"), made(again, "bundle_id"));
    EXPECT_EQ(facts().size(), 1U);
    auto other = bundle();
    other["price_fen"] = 8801;
    const auto refused = add(other);
    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(refused.problem(), "bundle-exists");
}

TEST_F(BundlesOfTheCatalog, AreThereAlreadyWhateverBecameOfTheirParts) {
    const auto first = add(bundle());
    ASSERT_EQ(post("/v1/skus/" + std::to_string(noodles_) + "/prices", {{"price_fen", 1}}).status, 201);
    const auto again = add(bundle());
    EXPECT_EQ(again.status, 200) << "dearer than its parts now, and there all the same: " << again.body;
    EXPECT_EQ(made(again, "bundle_id"), made(first, "bundle_id"));
    auto unlisted = bundle();
    unlisted["listed"] = false;
    EXPECT_EQ(add(unlisted).problem(), "bundle-exists");
}

TEST_F(BundlesOfTheCatalog, AreFewWithTheSameSku) {
    for (std::size_t i = 0; i < bundles_of_sku_max; ++i) {
        auto one = bundle();
        one["name"] = "礼盒" + std::to_string(i);
        ASSERT_EQ(add(one).status, 201);
    }
    const auto refused = add(bundle());
    EXPECT_EQ(refused.status, 422);
    EXPECT_EQ(refused.pointer(), "/components/0/sku_id");
    auto last = offer();
    last["name"] = "礼盒0";
    last["price_fen"] = 8700;
    EXPECT_EQ(put("/v1/bundles/1", last, "*").status, 200) << "it is one of them itself";
}

TEST_F(BundlesOfTheCatalog, NameTheRuleAndThePartThatBreaksIt) {
    struct Refusal {
        std::string_view member;
        json::value value;
        std::string code;
        std::string pointer;
    };
    const std::vector<Refusal> refusals{
        {"components", json::array{part(noodles_, 1)}, "validation-failed", "/components"},
        {"components", json::array{part(noodles_, 1), part(noodles_, 2)}, "validation-failed",
         "/components/1/sku_id"},
        {"components", json::array{part(noodles_, 1), part(999'999, 2)}, "validation-failed",
         "/components/1/sku_id"},
        {"components", json::array{part(noodles_, 51), part(tea_, 2)}, "validation-failed",
         "/components/0/quantity"},
        {"components", json::array{part(noodles_, 100)}, "validation-failed", "/components/0/quantity"},
        {"merchant_id", other_merchant_, "validation-failed", "/components/0/sku_id"},
        {"merchant_id", 999'999, "validation-failed", "/merchant_id"},
        {"price_fen", 9901, "bundle-dearer", "/price_fen"},
        {"price_fen", 4, "bundle-too-cheap", "/price_fen"},
        {"price_fen", 0, "validation-failed", "/price_fen"},
        {"image", json::string{"/pictures/" + std::string(64, 'a') + "/wide.webp"}, "validation-failed",
         "/image"}};
    for (const auto& refusal : refusals) {
        auto body = bundle();
        body[refusal.member] = refusal.value;
        const auto answer = add(body);
        EXPECT_EQ(answer.status, 422) << answer.body;
        EXPECT_EQ(answer.problem(), refusal.code) << answer.body;
        EXPECT_EQ(answer.pointer(), refusal.pointer) << answer.body;
    }
    EXPECT_TRUE(facts().empty());
    auto plain = bundle();
    plain["price_fen"] = 9900;
    EXPECT_EQ(add(plain).status, 201) << "as dear as its parts is not dearer";
}

TEST_F(BundlesOfTheCatalog, AreChangedByWhoeverSawTheLastVersion) {
    const auto added = add(bundle());
    const auto at = "/v1/bundles/" + std::to_string(made(added, "bundle_id"));
    auto wanted = offer();
    wanted["price_fen"] = 8000;
    EXPECT_EQ(host_.call_as("operator", "PUT", at, text(wanted)).status, 428);
    const auto changed = put(at, wanted, std::string{added.header("ETag")});
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(changed.json().at("version").as_int64(), 2);
    const auto stale = put(at, offer(), std::string{added.header("ETag")});
    EXPECT_EQ(stale.status, 412) << stale.body;
    const auto same = put(at, wanted, "*");
    EXPECT_EQ(same.json().at("version").as_int64(), 2) << "the same again is no version";
    EXPECT_EQ(facts().back().price_fen(), 8000);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM bundle_version"), 2);
    EXPECT_EQ(host_.number("SELECT price_fen FROM bundle_version WHERE version = 1"), 8800);
    wanted.erase("summary");
    EXPECT_EQ(put(at, wanted, "*").status, 422) << "a whole needs every member";
}

TEST_F(BundlesOfTheCatalog, BelongToOneHouseAndAreListedByIt) {
    const auto refused = add(bundle(), "merchant", cooperative + 1);
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(refused.problem(), "not-your-merchant");
    const auto at =
        "/v1/bundles/" + std::to_string(made(add(bundle(), "merchant", cooperative), "bundle_id"));
    EXPECT_EQ(post(at + "/listing", {{"listed", false}}, "merchant", cooperative + 1).status, 403);
    EXPECT_EQ(post(at + "/listing", {{"listed", false}}, "merchant", cooperative).status, 200);
    EXPECT_FALSE(facts().back().listed());
    const auto none = get("/v1/bundles").json();
    EXPECT_TRUE(none.at("items").as_array().empty());
    const auto any = get("/v1/bundles?listed=any&merchant_id=" + std::to_string(merchant_)).json();
    EXPECT_EQ(any.at("items").as_array().size(), 1U);
    const auto missing = get("/v1/bundles/999999");
    EXPECT_EQ(missing.status, 404);
    EXPECT_EQ(missing.problem(), "bundle-unknown");
}

TEST_F(BundlesOfTheCatalog, AreFoundByWhatIsInThemPageByPage) {
    for (const auto* name : {"礼盒一", "礼盒二", "礼盒三"}) {
        auto body = bundle();
        body["name"] = name;
        ASSERT_EQ(add(body).status, 201);
    }
    auto tea_only = bundle();
    tea_only["name"] = "茶礼";
    tea_only["price_fen"] = 3000;
    tea_only["components"] = json::array{part(tea_, 2)};
    ASSERT_EQ(add(tea_only).status, 201);
    const auto of_noodles = "/v1/bundles?limit=2&product_id=" + std::to_string(product_);
    const auto first = get(of_noodles).json();
    ASSERT_EQ(first.at("items").as_array().size(), 2U);
    const auto second = get(of_noodles + "&cursor=" + std::string{first.at("next").as_string()}).json();
    ASSERT_EQ(second.at("items").as_array().size(), 1U);
    EXPECT_EQ(second.at("items").at(0).at("name").as_string(), "礼盒三");
    EXPECT_TRUE(second.at("next").is_null());
}

TEST_F(BundlesOfTheCatalog, AreFoundByTheirNamesAndByTheirGoods) {
    ASSERT_EQ(add(bundle()).status, 201);
    auto tea_only = bundle();
    tea_only["name"] = "春日茶礼";
    tea_only["price_fen"] = 3000;
    tea_only["components"] = json::array{part(tea_, 2)};
    ASSERT_EQ(add(tea_only).status, 201);
    const auto found = [&](const std::string& words) {
        std::vector<std::string> names;
        const auto answer = get("/v1/bundles?q=" + words).json();
        for (const auto& one : answer.at("items").as_array()) names.emplace_back(one.at("name").as_string());
        return names;
    };
    const std::vector<std::string> noodles{"大关笋礼盒"};
    const std::vector<std::string> both{"大关笋礼盒", "春日茶礼"};
    EXPECT_EQ(found("%E5%A4%A7%E5%85%B3%E7%AC%8B%E7%A4%BC%E7%9B%92"), noodles) << "大关笋礼盒, its name";
    EXPECT_EQ(found("%E6%98%A5%E6%97%A5%20%E7%A4%BC"), std::vector<std::string>{"春日茶礼"}) << "春日 礼";
    EXPECT_EQ(found("%E7%AE%AC%E7%AB%B9%E9%9D%A2"), noodles) << "箬竹面, what is in it";
    EXPECT_EQ(found("rzm"), noodles) << "the same in initials";
    EXPECT_EQ(found("%E5%BC%B1%E7%AB%B9%E9%9D%A2"), noodles) << "弱竹面, put right";
    EXPECT_EQ(found("%E7%BA%A2%E8%8C%B6"), both) << "红茶";
    EXPECT_TRUE(found("%E4%BA%91%E5%8D%97").empty()) << "云南: where everything comes from";
    EXPECT_TRUE(found("%27%25%5C").empty()) << "what cannot be looked for";
    EXPECT_TRUE(found("%E6%89%8B%E6%9C%BA").empty()) << "手机";
    EXPECT_EQ(found(""), both) << "nothing typed is all";
    EXPECT_EQ(get("/v1/bundles?q=" + std::string(101, 'a')).status, 422);
}

TEST_F(BundlesOfTheCatalog, AreFoundByNamesThatAreFoldedAndThatChange) {
    const auto found = [&](const std::string& query) {
        std::vector<std::string> names;
        const auto answer = get("/v1/bundles?" + query).json();
        for (const auto& one : answer.at("items").as_array()) names.emplace_back(one.at("name").as_string());
        return names;
    };
    using Names = std::vector<std::string>;
    const std::string shoots = "q=%E7%AB%B9%E7%AC%8B";       // 竹笋
    const std::string traditional = "q=%E7%AB%B9%E7%AD%8D";  // 竹筍
    EXPECT_EQ(found(shoots), Names{}) << "before there is any";
    auto body = bundle();
    body["name"] = "山中竹筍ＢＯＸ";
    const auto at = "/v1/bundles/" + std::to_string(made(add(body), "bundle_id"));
    for (const auto& query : {shoots, traditional, std::string{"q=box"}})
        EXPECT_EQ(found(query), Names{"山中竹筍ＢＯＸ"}) << query;
    EXPECT_EQ(found(shoots + "&merchant_id=" + std::to_string(other_merchant_)), Names{});
    for (const auto* spelled : {"shanzhongzhusun", "shanzhong", "zhusun", "szzs", "zs", "szzsbox", "zhusu"})
        EXPECT_EQ(found(std::string{"q="} + spelled), Names{"山中竹筍ＢＯＸ"}) << spelled;
    for (const auto* nothing : {"s", "shanxia", "zhongshan", "sunzhu"})
        EXPECT_EQ(found(std::string{"q="} + nothing), Names{}) << nothing;
    auto wanted = offer();
    wanted["name"] = "山中松茸";
    ASSERT_EQ(put(at, wanted, "*").status, 200);
    EXPECT_EQ(found(shoots), Names{}) << "it is called so no more";
    const std::string matsutake = "q=%E6%9D%BE%E8%8C%B8";  // 松茸
    EXPECT_EQ(found(matsutake), Names{"山中松茸"});
    ASSERT_EQ(post(at + "/listing", {{"listed", false}}).status, 200);
    EXPECT_EQ(found(matsutake), Names{});
    EXPECT_EQ(found(matsutake + "&listed=any"), Names{"山中松茸"});
}

TEST_F(BundlesOfTheCatalog, AreNotCertifiedByWhatTheyAreCalled) {
    auto body = bundle();
    body["name"] = "闵行优品 笋礼盒";
    ASSERT_EQ(add(body).status, 201);
    const auto found = [&](const std::string& words) {
        return get("/v1/bundles?q=" + words).json().at("items").as_array().size();
    };
    const std::string scheme = "%E9%97%B5%E8%A1%8C%E4%BC%98%E5%93%81";  // 闵行优品
    const std::string box = "%E7%A4%BC%E7%9B%92";                       // 礼盒
    EXPECT_EQ(found(scheme), 1U) << "words like others";
    host_.transact([](database::Session& session) {
        remember_scheme(session, *SchemeCode::parse("MINHANG_YOUPIN"), 1, "闵行优品");
    });
    EXPECT_TRUE(support::eventually([&] { return found(scheme) == 0; })) << "now the name of a scheme";
    EXPECT_EQ(found(scheme + "%20" + box), 0U);
    EXPECT_EQ(found(box), 1U);
}

TEST_F(BundlesOfTheCatalog, CannotBeSoldAsSoonAsTheyAreDearerThanTheirParts) {
    auto body = bundle();
    body["price_fen"] = 3900;
    body["components"] = json::array{part(noodles_, 2)};
    const auto at = "/v1/bundles/" + std::to_string(made(add(body), "bundle_id"));
    EXPECT_TRUE(get(at).json().at("saleable").as_bool());
    ASSERT_EQ(post("/v1/skus/" + std::to_string(noodles_) + "/prices", {{"price_fen", 1900}}).status, 201);
    const auto now_dearer = get(at).json();
    EXPECT_FALSE(now_dearer.at("saleable").as_bool());
    EXPECT_EQ(now_dearer.at("parts_fen").as_int64(), 3800);
}

}  // namespace
}  // namespace shanhai::catalog
