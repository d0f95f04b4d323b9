#include "trace/domain/lot.hpp"
#include "trace/tests/examples.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <functional>

namespace shanhai::trace {
namespace {

using examples::bamboo_base;
using examples::day;
using examples::lampshade;
using examples::lot_request;
using examples::noodles;

const Date today = day("2026-05-01");

TEST(DraftLot, TakesCountyFromTheBaseAndWeightFromTheSku) {
    const auto lot = draft_lot(lot_request(), bamboo_base(), noodles(), today);
    ASSERT_TRUE(lot);
    EXPECT_EQ(lot->county.text(), "530624");
    EXPECT_EQ(lot->net_content, Gram{500});
    EXPECT_EQ(lot->merchant, MerchantId{5});
    EXPECT_EQ(lot->product, ProductId{7});
    EXPECT_EQ(lot->mass(), Gram{750'000});
    EXPECT_TRUE(lot->saleable);
}

TEST(DraftLot, NamesTheFieldThatBreaksARule) {
    struct Case {
        const char* pointer;
        std::function<void(LotRequest&)> spoil;
    };
    const Case cases[] = {
        {"/harvest_date", [](LotRequest& lot) { lot.harvest = day("2026-04-04"); }},
        {"/production_date",
         [](LotRequest& lot) {
             lot.production = day("2026-05-02");
             lot.expiry = std::nullopt;
         }},
        {"/expiry_date", [](LotRequest& lot) { lot.expiry = lot.production; }},
        {"/quantity", [](LotRequest& lot) { lot.quantity = 0; }},
        {"/quantity", [](LotRequest& lot) { lot.quantity = lot_quantity_max + 1; }},
        {"/net_content_g", [](LotRequest& lot) { lot.net_content = Gram{0}; }},
        {"/net_content_g", [](LotRequest& lot) { lot.net_content = Gram{1}; }},
        {"/county_code", [](LotRequest& lot) { lot.county = *CountyCode::parse("310112"); }},
    };
    for (const auto& [pointer, spoil] : cases) {
        auto request = lot_request();
        spoil(request);
        const auto lot = draft_lot(request, bamboo_base(), noodles(), today);
        ASSERT_FALSE(lot) << pointer;
        EXPECT_EQ(lot.error().kind(), Failure::invalid);
        ASSERT_EQ(lot.error().fields().size(), 1U) << pointer;
        EXPECT_EQ(lot.error().fields().front().pointer, pointer);
    }
}

TEST(DraftLot, TakesNoGoodsFromAnotherCountyThanTheProductSays) {
    auto base = bamboo_base();
    base.details.county = *CountyCode::parse("310112");
    const auto lot = draft_lot(lot_request(), base, noodles(), today);
    ASSERT_FALSE(lot);
    EXPECT_EQ(lot.error().fields().front().pointer, "/base_id");
}

TEST(DraftLot, AcceptsGoodsThatAreNeitherHarvestedNorExpire) {
    auto request = lot_request();
    request.harvest = std::nullopt;
    request.expiry = std::nullopt;
    const auto lot = draft_lot(request, bamboo_base(), lampshade(), today);
    ASSERT_TRUE(lot);
    EXPECT_TRUE(lot->sold_on(day("2099-01-01")));
}

TEST(DraftLot, ReckonsTheExpiryOfFoodByItsShelfLife) {
    auto request = lot_request();
    request.expiry = std::nullopt;
    EXPECT_EQ(draft_lot(request, bamboo_base(), noodles(), today)->expiry, day("2027-04-03"));
    request.production = day("2020-01-01");
    request.harvest = std::nullopt;
    const auto old = draft_lot(request, bamboo_base(), noodles(), today);
    ASSERT_TRUE(old);
    EXPECT_FALSE(old->sold_on(today)) << "made in 2020, good for a year";
    request.production = day("2016-01-01");
    EXPECT_FALSE(draft_lot(request, bamboo_base(), noodles(), today)) << "nothing new is ten years old";
}

TEST(DraftLot, NeverMakesFoodKeepLongerThanItDoes) {
    auto request = lot_request();
    for (const auto* late : {"2027-04-04", "2029-04-03", "9999-12-31"}) {
        request.expiry = day(late);
        const auto refused = draft_lot(request, bamboo_base(), noodles(), today);
        ASSERT_FALSE(refused) << late;
        EXPECT_EQ(refused.error().fields().front().pointer, "/expiry_date");
    }
    auto unknown = noodles();
    unknown.shelf_life_days.reset();
    request.expiry = std::nullopt;
    EXPECT_FALSE(draft_lot(request, bamboo_base(), unknown, today)) << "food with neither";
    request.expiry = day("2026-05-03");
    EXPECT_TRUE(draft_lot(request, bamboo_base(), unknown, today));
}

TEST(DraftLot, MakesNothingOfWhatWasHarvestedTooLongAgo) {
    auto fresh = noodles();
    fresh.shelf_life_days = 21;
    auto request = lot_request();
    request.expiry = std::nullopt;
    request.harvest = day("2026-03-13");
    EXPECT_TRUE(draft_lot(request, bamboo_base(), fresh, today));
    request.harvest = day("2026-03-12");
    EXPECT_FALSE(draft_lot(request, bamboo_base(), fresh, today)) << "fresh goods are not stored first";
    EXPECT_TRUE(draft_lot(request, bamboo_base(), noodles(), today));
    request.harvest = day("2025-04-01");
    EXPECT_FALSE(draft_lot(request, bamboo_base(), noodles(), today));
}

TEST(DraftLot, MakesNoLotOfFoodWithoutAnExpiryItCanKeep) {
    EXPECT_TRUE(rc::check([] {
        auto sku = noodles();
        sku.shelf_life_days = *rc::gen::inRange(1, 3651);
        auto request = lot_request();
        request.harvest = std::nullopt;
        request.production = today - std::chrono::days{*rc::gen::inRange(-400, 4000)};
        request.expiry = std::nullopt;
        if (*rc::gen::arbitrary<bool>()) {
            request.expiry = request.production + std::chrono::days{*rc::gen::inRange(-400, 5000)};
        }
        const auto lot = draft_lot(request, bamboo_base(), sku, today);
        if (!lot) return;
        RC_ASSERT(lot->expiry.has_value());
        RC_ASSERT(lot->production <= today);
        RC_ASSERT(*lot->expiry > lot->production);
        RC_ASSERT(*lot->expiry <= lot->production + std::chrono::days{*sku.shelf_life_days});
    }));
}

TEST(Base, IsConfirmedByAnotherPersonThanItsRegistrar) {
    auto base = bamboo_base();
    EXPECT_FALSE(base.fault_of_yielding());
    base.confirmed_by.reset();
    EXPECT_EQ(base.fault_of_yielding()->code(), "base-unconfirmed");
    const std::set writers{AccountId{21}, AccountId{23}};
    for (const auto writer : writers)
        EXPECT_EQ(Base::fault_of_confirming(writer, writers)->code(), "second-person-needed");
    EXPECT_FALSE(Base::fault_of_confirming(AccountId{22}, writers));
}

TEST(Lot, IsSoldUntilTheDayBeforeItExpires) {
    auto lot = *draft_lot(lot_request(), bamboo_base(), noodles(), today);
    EXPECT_TRUE(lot.sold_on(day("2027-04-02")));
    EXPECT_FALSE(lot.sold_on(day("2027-04-03")));
    lot.saleable = false;
    EXPECT_FALSE(lot.sold_on(day("2026-05-01")));
}

TEST(Yield, IsAreaTimesYieldAndATenth) {
    // 120 mu × 700 kg = 84 t, and ten per cent more.
    EXPECT_EQ(bamboo_base().yield_max(), Gram{92'400'000});
}

TEST(Yield, LetsTheLastGramThroughAndNotOneMore) {
    auto lot = *draft_lot(lot_request(), bamboo_base(), noodles(), today);
    const auto left = bamboo_base().yield_max() - lot.mass();
    const auto check = [&](Gram registered) {
        return check_yield(bamboo_base(), lot, "方竹笋丝", {{"方竹笋干", registered}});
    };
    EXPECT_TRUE(check(left));
    const auto refused = check(left + Gram{1});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), "yield-exceeded");
    EXPECT_EQ(refused.error().kind(), Failure::conflict);
}

TEST(Yield, NeverOverflowsWithinTheBoundsOfABase) {
    auto base = bamboo_base();
    base.details.area = base_area_max;
    base.details.yield_kg_per_mu = yield_kg_per_mu_max;
    EXPECT_GT(base.yield_max(), Gram{0});
}

TEST(Yield, IsThatOfTheCropWhateverElseGrowsThere) {
    auto base = bamboo_base();  // 120 mu.
    base.details.product_words = {"核桃", "土蜂蜜"};
    base.details.yield_kg_per_mu = 400;
    const auto lot = *draft_lot(lot_request(), base, noodles(), today);
    const Gram honey_max{120 * 60 * 1'100};
    const auto left = honey_max - lot.mass();
    EXPECT_TRUE(check_yield(base, lot, "三台土蜂蜜", {{"深山蜜", left}, {"泡核桃", Gram{30'000'000}}}));
    const auto refused = check_yield(base, lot, "三台土蜂蜜", {{"深山蜜", left + Gram{1}}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), "yield-exceeded");
    EXPECT_TRUE(check_yield(base, lot, "泡核桃", {{"深山蜜", honey_max}}));
    EXPECT_TRUE(check_yield(base, lot, "泡核桃", {{"泡核桃", left + Gram{1}}}));
    EXPECT_FALSE(check_yield(base, lot, "山货礼盒", {{"", left + Gram{1}}})) << "a name that says nothing";
    EXPECT_FALSE(check_yield(base, lot, "泡核桃", {{"泡核桃", base.yield_max()}})) << "and altogether";
}

TEST(CropOf, IsTheWordThatTheGoodsNameElseWhatYieldsLeast) {
    const std::vector<std::string> words{"早稻", "火腿", "没听说过"};
    EXPECT_EQ(crop_of(words, "宣威火腿").word, "火腿");
    EXPECT_EQ(crop_of(words, "没听说过的东西").kg_per_mu_max, kg_per_mu_unknown);
    EXPECT_EQ(crop_of(words, "火腿炒稻米").word, "稻") << "of several the least";
    EXPECT_EQ(crop_of(words, "礼盒").word, "稻") << "of none the least";
    EXPECT_EQ(crop_of({"野生松茸"}, "松茸").word, "野生") << "gathered, whatever the label leaves out";
}

TEST(Yield, HoldsHoweverTheLotsAreCut) {
    EXPECT_TRUE(rc::check([](const std::vector<std::uint16_t>& quantities) {
        Gram registered{};
        for (const auto quantity : quantities) {
            auto request = lot_request();
            request.quantity = 1 + quantity;
            const auto lot = *draft_lot(request, bamboo_base(), noodles(), today);
            if (check_yield(bamboo_base(), lot, "笋", {{"笋", registered}})) registered += lot.mass();
            RC_ASSERT(registered <= bamboo_base().yield_max());
        }
    }));
}

TEST(CheckedExpiry, IsNeverLaterThanTheGoodsKeep) {
    auto old = examples::lot(1, "2026-04-03");
    old.expiry = day("2036-03-31");
    EXPECT_EQ(checked_expiry(old, noodles()), day("2027-04-03"));
    old.expiry = std::nullopt;
    EXPECT_EQ(checked_expiry(old, noodles()), day("2027-04-03"));
    old.expiry = day("2026-10-03");
    EXPECT_EQ(checked_expiry(old, noodles()), old.expiry);
    old.production = day("2200-12-30");
    old.expiry = std::nullopt;
    EXPECT_EQ(checked_expiry(old, noodles()), told_day_max);
}

TEST(CheckedExpiry, IsWhatTheLotSaysWhenNobodySaidHowLongTheGoodsKeep) {
    auto old = examples::lot(1, "2026-04-03");
    old.expiry = day("2036-03-31");
    auto unknown = noodles();
    unknown.shelf_life_days.reset();
    EXPECT_EQ(checked_expiry(old, unknown), old.expiry);
    EXPECT_EQ(checked_expiry(old, lampshade()), old.expiry);
    old.expiry = std::nullopt;
    EXPECT_EQ(checked_expiry(old, unknown), std::nullopt);
}

TEST(Lot, CountsAgainstTheYearOfItsHarvest) {
    auto request = lot_request();
    request.harvest = day("2025-12-30");
    request.production = day("2026-01-04");
    request.expiry = std::nullopt;
    EXPECT_EQ(draft_lot(request, bamboo_base(), noodles(), today)->harvest_year(), std::chrono::year{2025});
    request.harvest = std::nullopt;
    EXPECT_EQ(draft_lot(request, bamboo_base(), noodles(), today)->harvest_year(), std::chrono::year{2026});
}

TEST(Writer, ActsForItsOwnOrganisationOnly) {
    const KnownMerchant merchant{MerchantId{5}, "大关县筇竹专业合作社", OrganisationId{9}, true};
    const KnownMerchant nobodys{MerchantId{6}, "上海闵援", OrganisationId{0}, true};
    EXPECT_TRUE(Writer::merchant_staff(OrganisationId{9}).may_act_for(merchant));
    EXPECT_FALSE(Writer::merchant_staff(OrganisationId{8}).may_act_for(merchant));
    EXPECT_FALSE(Writer::merchant_staff(OrganisationId{0}).may_act_for(nobodys));
    EXPECT_TRUE(Writer::operator_staff().may_act_for(merchant));
    EXPECT_TRUE(Writer::operator_staff().may_act_for(nobodys));
}

}  // namespace
}  // namespace shanhai::trace
