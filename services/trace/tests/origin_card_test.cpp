#include "trace/domain/origin_card.hpp"
#include "trace/tests/examples.hpp"

#include <gtest/gtest.h>

namespace shanhai::trace {
namespace {

using examples::day;

OriginFacts facts_with(std::vector<Lot> lots) {
    OriginFacts facts;
    facts.counties.push_back({*CountyCode::parse("530624"), "大关县"});
    facts.skus.push_back(examples::noodles());
    facts.bases.push_back(examples::bamboo_base());
    facts.lots = std::move(lots);
    return facts;
}

TEST(OriginCard, ShowsTheNewestLotThatIsSold) {
    auto blocked = examples::lot(4, "2026-04-20");
    blocked.saleable = false;
    auto expired = examples::lot(3, "2026-04-10");
    expired.expiry = day("2026-04-30");
    const auto cards = origin_cards(
        facts_with({examples::lot(1, "2026-04-03"), examples::lot(2, "2026-04-03"), expired, blocked}),
        day("2026-05-01"));

    const auto& card = cards.of_product.at(ProductId{7});
    ASSERT_TRUE(card.lot);
    EXPECT_EQ(card.lot->id, LotId{2});
    EXPECT_EQ(card.county.name, "大关县");
    EXPECT_EQ(card.base->id, BaseId{3});
    EXPECT_EQ(cards.of_lot.size(), 4U);
    EXPECT_FALSE(cards.of_lot.at(LotId{4}).lot->saleable);
}

TEST(OriginCard, SaysNoMoreThanTheCountyWhileThereIsNoLot) {
    const auto cards = origin_cards(facts_with({}), day("2026-05-01"));
    const auto& card = cards.of_product.at(ProductId{7});
    EXPECT_EQ(card.county.code.text(), "530624");
    EXPECT_FALSE(card.base);
    EXPECT_FALSE(card.lot);
    EXPECT_TRUE(card.steps.empty());
}

TEST(OriginCard, TellsTheStepsInTheirOrder) {
    auto lot =
        *draft_lot(examples::lot_request(), examples::bamboo_base(), examples::noodles(), day("2026-05-01"));
    lot.id = LotId{1};
    const auto cards = origin_cards(facts_with({lot}), day("2026-05-01"));
    const auto& steps = cards.of_lot.at(LotId{1}).steps;
    ASSERT_EQ(steps.size(), 4U);
    EXPECT_EQ(steps[0].kind, OriginStep::Kind::harvested);
    EXPECT_EQ(steps[0].place, "天星镇");
    EXPECT_EQ(steps[0].detail, "方竹笋、竹荪");
    EXPECT_EQ(steps[1].at, day("2026-04-03"));
    EXPECT_EQ(steps[2].detail, "HGZ-530624-26-0117");
    EXPECT_EQ(steps[3].detail, "QC-2026-0403");
}

TEST(OriginCard, NamesACountyThatTheCatalogHasNotDescribedByItsCode) {
    auto facts = facts_with({examples::lot(1, "2026-04-03")});
    facts.counties.clear();
    const auto cards = origin_cards(facts, day("2026-05-01"));
    EXPECT_EQ(cards.of_product.at(ProductId{7}).county.code.text(), "530624");
}

}  // namespace
}  // namespace shanhai::trace
