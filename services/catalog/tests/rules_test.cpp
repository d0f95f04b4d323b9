#include "catalog/domain/catalogue.hpp"
#include "catalog/domain/category.hpp"
#include "catalog/domain/product.hpp"
#include "vocabulary/ids.hpp"
#include "vocabulary/valid.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace shanhai::catalog {
namespace {

using namespace std::chrono_literals;

CountyCode code(std::string_view text) { return *CountyCode::parse(text); }
AreaCode area(std::string_view text) { return *AreaCode::parse(text); }
Date day(std::string_view text) { return *parse_date(text); }

County daguan() {
    return {.code = code("530624"),
            .name = "大关县",
            .short_name = "大关县",
            .prefecture = "昭通市",
            .province = "云南省",
            .assisted = true,
            .former_codes = {}};
}

ProductText noodles() {
    ProductText text;
    text.name = "箬竹面";
    text.aliases = {"筇竹面"};
    text.category = "food_processed";
    text.summary = "掺入鲜笋的挂面。";
    text.description = "慢火烘干。";
    text.storage = "阴凉干燥处";
    text.shelf_life_days = 365;
    text.origin_statement = "云南省昭通市大关县";
    return text;
}

Merchant merchant(MerchantKind kind, std::string_view uscc_area) {
    const auto body = "93" + std::string{uscc_area} + "MA1000000";
    return {.id = static_cast<MerchantId>(1),
            .name = "合作社",
            .kind = kind,
            .county = code("530624"),
            .uscc = *Uscc::parse(body + Uscc::check_character(body)),
            .food_licence = std::nullopt,
            .organisation = static_cast<OrganisationId>(9),
            .self_operated = false,
            .sample = true,
            .active = true,
            .area_note = {}};
}

TEST(Pairing, HoldsFromItsFirstDayUntilBeforeItsLast) {
    Pairing pairing{.district = area("310112"),
                    .district_name = "闵行区",
                    .area = area("530624"),
                    .area_name = "大关县",
                    .valid_from = day("2021-01-01"),
                    .valid_to = day("2026-01-01"),
                    .note = {}};
    EXPECT_FALSE(pairing.valid_on(day("2020-12-31")));
    EXPECT_TRUE(pairing.valid_on(day("2021-01-01")));
    EXPECT_TRUE(pairing.valid_on(day("2025-12-31")));
    EXPECT_FALSE(pairing.valid_on(day("2026-01-01")));
    pairing.valid_to.reset();
    EXPECT_TRUE(pairing.valid_on(day("2099-01-01")));
    pairing.area = area("530000");
    EXPECT_FALSE(Valid<Pairing>::of(pairing));
}

TEST(Merchant, MustBeRegisteredWhereItProduces) {
    EXPECT_FALSE(merchant(MerchantKind::cooperative, "530624").fault());
    EXPECT_EQ(merchant(MerchantKind::cooperative, "530524").fault()->code(), "area-mismatch");
    EXPECT_EQ(merchant(MerchantKind::company, "310112").fault()->code(), "area-mismatch");
    auto of_prefecture = merchant(MerchantKind::company, "530600");
    EXPECT_TRUE(of_prefecture.fault());
    of_prefecture.area_note = "在市级市场监管局登记";
    EXPECT_FALSE(of_prefecture.fault());
    EXPECT_FALSE(merchant(MerchantKind::distributor, "310112").fault());
}

TEST(Merchant, OffersItsOwnCountysGoodsUnlessItIsADistributor) {
    EXPECT_FALSE(merchant(MerchantKind::cooperative, "530624").fault_of_offering(code("530624")));
    EXPECT_TRUE(merchant(MerchantKind::cooperative, "530624").fault_of_offering(code("530524")));
    EXPECT_FALSE(merchant(MerchantKind::distributor, "310112").fault_of_offering(code("530524")));
    auto inactive = merchant(MerchantKind::distributor, "310112");
    inactive.active = false;
    EXPECT_EQ(inactive.fault_of_offering(code("530524"))->code(), "merchant-inactive");
}

TEST(Merchant, IsWrittenByItsOwnHouseAlone) {
    const auto own = merchant(MerchantKind::cooperative, "530624");
    const auto account = static_cast<AccountId>(1);
    const Author insider{account, static_cast<OrganisationId>(9), true};
    const Author stranger{account, static_cast<OrganisationId>(8), true};
    const Author nobody{account, {}, true};
    const Author platform{account, {}, false};
    EXPECT_FALSE(own.fault_of_writing(insider));
    EXPECT_FALSE(own.fault_of_writing(platform));
    EXPECT_EQ(own.fault_of_writing(stranger)->code(), "not-your-merchant");
    EXPECT_EQ(own.fault_of_writing(nobody)->code(), "not-your-merchant");
}

TEST(ProductText, NeverListsTobacco) {
    auto text = noodles();
    text.category = "tobacco";
    EXPECT_EQ(text.fault()->code(), "category-not-listable");
}

TEST(ProductText, ObeysItsCategory) {
    EXPECT_FALSE(noodles().fault());
    const auto broken = [](auto breaks) {
        auto text = noodles();
        breaks(text);
        return text.fault() ? text.fault()->fields().at(0).pointer : "";
    };
    EXPECT_EQ(broken([](ProductText& text) { text.category = "x"; }), "/category");
    EXPECT_EQ(broken([](ProductText& text) { text.shelf_life_days.reset(); }), "/shelf_life_days");
    EXPECT_EQ(broken([](ProductText& text) { text.shelf_life_days = 731; }), "/shelf_life_days")
        << "no noodles keep so long";
    EXPECT_EQ(broken([](ProductText& text) { text.storage.clear(); }), "/storage");
    EXPECT_EQ(broken([](ProductText& text) { text.return_policy = ReturnPolicy::fresh_exempt; }),
              "/return_policy");
    EXPECT_EQ(broken([](ProductText& text) { text.return_policy = ReturnPolicy::custom_exempt; }),
              "/return_policy");
    EXPECT_EQ(broken([](ProductText& text) {
                  text.category = "handicraft_bamboo";
                  text.shelf_life_days.reset();
                  text.storage.clear();
                  text.return_policy = ReturnPolicy::custom_exempt;
              }),
              "");
}

TEST(ProductText, NamesItsCountyAndKeepsProtectedNamesInTheirArea) {
    auto text = noodles();
    EXPECT_FALSE(text.fault_of_origin(daguan()));
    text.origin_statement = "云南";
    EXPECT_EQ(text.fault_of_origin(daguan())->fields().at(0).pointer, "/origin_statement");
    text = noodles();
    text.name = "松江大米";
    EXPECT_FALSE(text.fault_of_origin(daguan()));  // As a variety's name, without the mark.
    text.tags = {"地理标志"};
    EXPECT_EQ(text.fault_of_origin(daguan())->code(), "geo-indication-elsewhere");
}

TEST(ProductText, HasOneCanonicalTextForOneContent) {
    const auto canonical = [](const ProductText& text) {
        return text.canonical(code("530624"), static_cast<MerchantId>(7));
    };
    const auto text = canonical(noodles());
    EXPECT_EQ(text, canonical(noodles()));
    EXPECT_TRUE(text.starts_with("shanhai-product-text/1\nmerchant_id=7\ncounty_code=530624\nname=箬竹面\n"));
    auto other = noodles();
    other.tags = {"一县一品"};
    EXPECT_NE(text, canonical(other));
    auto moved = noodles();  // What leaves one member for another must show.
    moved.aliases = {};
    moved.tags = {"筇竹面"};
    EXPECT_NE(text, canonical(moved));
}

TEST(ProductText, NamesItsPicturesLastInTheirOrder) {
    const auto canonical = [](std::vector<std::string> images) {
        auto text = noodles();
        text.images = std::move(images);
        return text.canonical(code("530624"), static_cast<MerchantId>(7));
    };
    const auto without = canonical({});
    // As when a product had one picture: what was frozen then is the same still.
    EXPECT_EQ(canonical({"/media/a.svg"}), without + "image=/media/a.svg\n");
    EXPECT_EQ(canonical({"/media/b.svg", "/media/a.svg"}),
              without + "image=/media/b.svg\nimage=/media/a.svg\n");
}

TEST(ProductText, HasNinePicturesAtMostAndNoneTwice) {
    auto text = noodles();
    for (int i = 0; i < 9; ++i) text.images.push_back("/media/" + std::to_string(i) + ".svg");
    EXPECT_FALSE(text.fault());
    text.images.push_back("/media/9.svg");
    EXPECT_EQ(text.fault()->fields()[0].pointer, "/images");
    text.images = {"/media/1.svg", "/media/2.svg", "/media/1.svg"};
    EXPECT_EQ(text.fault()->fields()[0].pointer, "/images/2");
    EXPECT_EQ(text.cover(), "/media/1.svg");
    text.images.clear();
    EXPECT_EQ(text.cover(), find_category(text.category)->image());
}

TEST(NewProduct, HasSkusOfDifferentGtins) {
    NewProduct product{static_cast<MerchantId>(1), code("530624"), noodles(), {}, false};
    EXPECT_TRUE(product.fault());
    Sku sku;
    sku.gtin = *Gtin::parse("6901234567892");
    product.skus = {sku};
    EXPECT_FALSE(product.fault());
    product.skus = {sku, sku};
    EXPECT_EQ(product.fault()->fields().at(0).pointer, "/skus/1/gtin");
}

TEST(NewProduct, TakesNoGtinThatGoodsOfOpenTradeDoNotCarry) {
    NewProduct product{static_cast<MerchantId>(1), code("530624"), noodles(), {}, false};
    Sku sku;
    sku.gtin = *Gtin::parse("00000000000000");
    product.skus = {sku};
    EXPECT_EQ(product.fault()->fields().at(0).pointer, "/skus/0/gtin");
    sku.gtin = *Gtin::parse("6901234567892");
    sku.min_remaining_days = 365;
    product.skus = {sku};
    EXPECT_EQ(product.fault()->fields().at(0).pointer, "/skus/0/min_remaining_days");
}

TEST(Product, IsInventedWhenNoRealGoodsCarryItsCodes) {
    Product product{
        .county = code("530624"), .text = {}, .snapshot_hash = {}, .skus = {}, .certifications = {}};
    Sku sku;
    sku.gtin = *Gtin::parse("9525306240017");
    product.skus = {sku};
    EXPECT_TRUE(product.invented());
    sku.gtin = *Gtin::parse("6901234567892");
    product.skus.push_back(sku);
    EXPECT_FALSE(product.invented());
}

TEST(Product, ChangesByItselfOnlyAtItsNextBoundary) {
    EXPECT_TRUE(rc::check([] {
        Product product{
            .county = code("530624"), .text = {}, .snapshot_hash = {}, .skus = {}, .certifications = {}};
        const auto first = day("2026-01-01");
        const auto count = *rc::gen::inRange(0, 4);
        for (int i = 0; i < count; ++i) {
            Certification one{
                .scheme = *SchemeCode::parse("MINHANG_YOUPIN"), .authority = {}, .number = {}, .reason = {}};
            one.valid_from = first + std::chrono::days{*rc::gen::inRange(0, 60)};
            one.valid_to = one.valid_from + std::chrono::days{*rc::gen::inRange(1, 60)};
            product.certifications.push_back(one);
        }
        const auto at = start_of(first) + std::chrono::hours{*rc::gen::inRange(0, 150 * 24)};
        const auto boundary = product.next_boundary(at).value_or(start_of(first + std::chrono::days{400}));
        const auto between = at + (boundary - at - 1us) / *rc::gen::inRange(1, 10);
        RC_ASSERT(boundary > at);
        RC_ASSERT(product.certified_at(between) == product.certified_at(at));
    }));
}

TEST(Category, HasACodeOnce) {
    for (const auto& category : categories()) EXPECT_EQ(find_category(category.code), &category);
    EXPECT_EQ(find_category("nonsense"), nullptr);
}

}  // namespace
}  // namespace shanhai::catalog
