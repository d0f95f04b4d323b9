#include "catalog/http/view.hpp"
#include "catalog/store/news.hpp"
#include "integration/catalog/fixture.hpp"

#include <random>

// A copy of the catalogue in memory follows the tables by what was touched; here as another process's would.

namespace shanhai::catalog {
namespace {

class Copies : public Catalog {
protected:
    CatalogueNews news(std::uint64_t known) {
        CatalogueNews news;
        host_.transact([&](database::Session& session) { news = read_news(session, known); });
        return news;
    }
    static std::vector<std::string> said_by(const View& view) {
        std::vector<std::string> said;
        for (const auto& shown : view.order) said.push_back(*shown->body);
        for (const auto& [code, county] : view.facts->counties)
            said.push_back(county.canonical() + std::to_string(view.listed_of(county)));
        for (const auto& [former, code] : view.facts->present_codes)
            said.push_back(std::string{former.text()} + std::string{code.text()});
        for (const auto& [id, pairing] : view.facts->pairings) said.push_back(pairing.canonical());
        for (const auto& [id, merchant] : view.facts->merchants) said.push_back(merchant.canonical());
        return said;
    }

    std::string target(const std::string& more = {}) {
        std::uniform_int_distribution<std::size_t> any{0, products_.size() - 1};
        return "/v1/products/" + std::to_string(products_[any(random_)]) + more;
    }
    void add() {
        auto digits = "95200000" + std::to_string(1000 + products_.size());
        digits += gs1_check_digit(digits);
        products_.push_back(made(
            post("/v1/products", product_body(merchant_, digits.c_str(), digits.c_str())), "product_id"));
    }
    /// A write of some kind, by the service.
    Answer write(int step) {
        const auto word = std::to_string(step);
        switch (std::uniform_int_distribution{0, 6}(random_)) {
            case 0:
                add();
                return get(target());
            case 1:
                return post(target("/listing"), {{"listed", step % 2 == 0}});
            case 2: {
                const auto known = get(target());
                const auto sku = known.json().at("skus").at(0).at("sku_id").as_int64();
                return post("/v1/skus/" + std::to_string(sku) + "/prices", {{"price_fen", 1000 + step}});
            }
            case 3: {
                auto county = county_body();
                county["prefecture"] = "昭通市" + word;
                return put("/v1/counties/530624", county, "*");
            }
            case 4: {
                auto pairing = pairing_body();
                pairing["note"] = "第" + word + "次";
                return put("/v1/pairings/1", pairing, "*");
            }
            case 5:
                return post("/v1/merchants/" + std::to_string(merchant_) + "/active",
                            {{"active", step % 2 == 0}});
            default: {
                auto text = text_body(("名" + word).c_str());
                return host_.call("POST", target("/versions"), catalog::text(text),
                                  {{"Authorization", host_.bearer("operator")}, {"If-Match", "*"}});
            }
        }
    }

    std::uint64_t merchant_ = add_merchant();
    std::mt19937 random_{20261128};
    std::vector<std::uint64_t> products_;
};

TEST_F(Copies, ThatFollowAreAlwaysWhatIsReadAnew) {
    for (int i = 0; i < 5; ++i) add();
    const auto at = now();
    auto view = View{}.followed_by(news(0), at);
    int followed = 0;
    for (int step = 0; step < 60; ++step) {
        const auto answer = write(step);
        ASSERT_LT(answer.status, 300) << answer.body;
        if (step % 7 == 3) continue;  // Several writes at once.
        auto fresh = news(view.revision);
        ASSERT_FALSE(fresh.whole);
        if (fresh.read.revision > view.revision) ++followed;
        view = view.followed_by(std::move(fresh), at);
        ASSERT_EQ(said_by(view), said_by(View{}.followed_by(news(0), at))) << step;
    }
    EXPECT_GT(followed, 30);
}

TEST_F(Copies, ReadNothingAgainThatNobodyTouched) {
    add();
    add();
    const auto known = news(0).read.revision;
    EXPECT_EQ(news(known).read.revision, known);
    EXPECT_TRUE(news(known).read.products.empty());
    post(target("/listing"), {{"listed", false}});
    const auto fresh = news(known);
    EXPECT_FALSE(fresh.whole);
    EXPECT_FALSE(fresh.places);
    EXPECT_TRUE(fresh.merchants.empty());
    EXPECT_EQ(fresh.read.products.size(), 1U);
}

TEST_F(Copies, ReadAMerchantAndNoneOfItsGoodsWhenItIsStopped) {
    add();
    const auto known = news(0).read.revision;
    ASSERT_LT(post("/v1/merchants/" + std::to_string(merchant_) + "/active", {{"active", false}}).status,
              300);
    const auto fresh = news(known);
    EXPECT_EQ(fresh.read.merchants.size(), 1U);
    EXPECT_TRUE(fresh.products.empty()) << "thousands of goods may be the merchant's";
    EXPECT_FALSE(product(products_.front()).at("saleable").as_bool());
}

TEST_F(Copies, ReadEverythingWhenNobodyCanTellWhatWasTouched) {
    add();
    const auto known = news(0).read.revision;
    host_.transact([](database::Session& session) { session.execute("DELETE FROM touch_note"); });
    EXPECT_TRUE(news(known - 1).whole);
    EXPECT_FALSE(news(known - 1).went_back());
    EXPECT_TRUE(news(known + 1).went_back()) << "as after a backup was brought back";
}

}  // namespace
}  // namespace shanhai::catalog
