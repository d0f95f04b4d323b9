#include "catalog/http/showcase.hpp"

#include <gtest/gtest.h>

namespace shanhai::catalog {
namespace {

const auto merchant_id = static_cast<MerchantId>(1);
const auto product_id = static_cast<ProductId>(7);

CountyCode daguan() { return *CountyCode::parse("530624"); }
Instant moment(std::string_view text) { return *parse_rfc3339(text); }

/// One product, certified for the year 2026.
Catalogue catalogue(std::uint64_t revision, const char* name = "箬竹面") {
    Catalogue facts;
    facts.revision = revision;
    facts.counties.emplace(daguan(), County{.code = daguan(),
                                            .name = "大关县",
                                            .short_name = "大关县",
                                            .prefecture = "昭通市",
                                            .province = "云南省",
                                            .former_codes = {}});
    facts.merchants.emplace(merchant_id, Merchant{.id = merchant_id,
                                                  .name = "合作社",
                                                  .county = daguan(),
                                                  .uscc = std::nullopt,
                                                  .food_licence = std::nullopt,
                                                  .area_note = {}});
    Certification year{
        .scheme = *SchemeCode::parse("MINHANG_YOUPIN"), .authority = {}, .number = {}, .reason = {}};
    year.valid_from = *parse_date("2026-01-01");
    year.valid_to = *parse_date("2027-01-01");
    Product product{.id = product_id,
                    .merchant = merchant_id,
                    .county = daguan(),
                    .text = {},
                    .snapshot_hash = {},
                    .listed = true,
                    .skus = {},
                    .certifications = {year}};
    product.text.name = name;
    product.text.category = "food_processed";
    facts.products.emplace(product_id, std::move(product));
    return facts;
}

/// Shows what it is set to.
class SetClock final : public Clock {
public:
    Instant now() const override { return at; }
    Steady steady() const override { return {}; }
    void wait(std::chrono::microseconds /*length*/) const override {}

    Instant at = moment("2026-06-01T00:00:00Z");
};

void show(Showcase& showcase, Catalogue whole) {
    CatalogueNews news;
    news.whole = true;
    news.read = std::move(whole);
    showcase.follow(std::move(news));
}

bool says(const Showcase& showcase, const char* text) {
    return showcase.view()->product(product_id)->body->find(text) != std::string::npos;
}

TEST(Showcase, RendersAgainWhenACertificationLapses) {
    SetClock clock;
    Showcase showcase{clock};
    const auto tick = [&](const char* at) {
        clock.at = moment(at);
        showcase.tick();
    };
    show(showcase, catalogue(1));
    EXPECT_TRUE(says(showcase, "\"certified_now\":true"));
    const auto before = showcase.view()->product(product_id)->etag;
    tick("2026-12-31T15:59:59Z");
    EXPECT_TRUE(says(showcase, "\"certified_now\":true"));
    tick("2026-12-31T16:00:00Z");  // Midnight in Shanghai.
    EXPECT_TRUE(says(showcase, "\"certified_now\":false"));
    EXPECT_TRUE(says(showcase, "\"saleable\":false"));
    EXPECT_NE(showcase.view()->product(product_id)->etag, before);
    tick("2026-12-31T15:59:59Z");  // The clock was ahead, and stepped back.
    EXPECT_TRUE(says(showcase, "\"certified_now\":true"));
}

TEST(Showcase, KnowsTheGoodsOfAMerchantAndHowManyACountyLists) {
    const SetClock clock;
    Showcase showcase{clock};
    auto facts = catalogue(1);
    const auto add = [&facts](std::uint64_t id, std::uint64_t merchant, bool listed) {
        auto product = facts.products.at(product_id);
        product.id = static_cast<ProductId>(id);
        product.merchant = static_cast<MerchantId>(merchant);
        product.listed = listed;
        product.certifications.clear();
        facts.products.emplace(product.id, std::move(product));
    };
    add(3, 1, true);  // Not certified, hence behind 7.
    add(4, 1, false);
    add(5, 2, true);
    show(showcase, std::move(facts));

    const auto view = showcase.view();
    std::vector<std::uint64_t> ids;
    for (const auto& shown : view->of_merchant(merchant_id)) ids.push_back(number(shown->product->id));
    EXPECT_EQ(ids, (std::vector<std::uint64_t>{7, 3, 4}));
    EXPECT_TRUE(view->of_merchant(static_cast<MerchantId>(3)).empty());
    EXPECT_EQ(view->listed_of(*view->facts->county(daguan())), 3) << "4 is not listed";
    auto elsewhere = *view->facts->county(daguan());
    elsewhere.code = *CountyCode::parse("530524");
    EXPECT_EQ(view->listed_of(elsewhere), 0);
}

TEST(Showcase, NeverGoesBackToAnOlderCatalogue) {
    const SetClock clock;
    Showcase showcase{clock};
    show(showcase, catalogue(2, "新名"));
    show(showcase, catalogue(1, "旧名"));
    EXPECT_TRUE(says(showcase, "新名"));
}

TEST(Showcase, ShowsAnOlderCatalogueOnceABackupWasBroughtBack) {
    const SetClock clock;
    Showcase showcase{clock};
    show(showcase, catalogue(5, "丢了的名字"));
    CatalogueNews news;
    news.whole = true;
    news.known = 5;
    news.read = catalogue(2, "备份里的名字");
    showcase.follow(std::move(news));
    EXPECT_TRUE(says(showcase, "备份里的名字"));
    EXPECT_EQ(showcase.view()->revision, 2U);
}

TEST(Showcase, RendersOnlyWhatChanged) {
    const SetClock clock;
    Showcase showcase{clock};
    show(showcase, catalogue(1));
    const auto body = showcase.view()->product(product_id)->body;
    show(showcase, catalogue(2));
    EXPECT_EQ(showcase.view()->product(product_id)->body, body);
    show(showcase, catalogue(3, "新名"));
    EXPECT_NE(showcase.view()->product(product_id)->body, body);
}

TEST(Showcase, ShowsThatItsMerchantMayNotSell) {
    const SetClock clock;
    Showcase showcase{clock};
    show(showcase, catalogue(1));
    auto facts = catalogue(2);
    facts.merchants.at(merchant_id).active = false;
    show(showcase, std::move(facts));
    EXPECT_TRUE(says(showcase, "\"saleable\":false"));
}

TEST(Etag, CarriesTheVersionOfTheText) {
    EXPECT_EQ(version_of_etag(etag_of(7, "body")), 7);
    EXPECT_NE(etag_of(7, "body"), etag_of(7, "other"));
    for (const auto* text : {"", "\"\"", "\"v\"", "\"v7\"", "v7-00", "W/\"v7-00\"", "\"x7-00\""}) {
        EXPECT_FALSE(version_of_etag(text)) << text;
    }
}

}  // namespace
}  // namespace shanhai::catalog
