#include "trace/tests/examples.hpp"

#include <gtest/gtest.h>
#include <array>

namespace shanhai::trace {
namespace {

TEST(BaseDetails, ReadAsBeforeWhereNobodySaidTheMonths) {
    auto details = examples::bamboo_base().details;
    const auto without = details.canonical();
    EXPECT_TRUE(without.ends_with("\nmu_x100=12000\nyield_kg_per_mu=700\n")) << without;
    const std::array<std::int64_t, 2> april_and_may{5, 4};
    details.harvest_months = *Months::of(april_and_may);
    EXPECT_EQ(details.canonical(), without + "harvest_month=4\nharvest_month=5\n");
}

TEST(BaseDetails, SayWhereTheyLieOnlyWhereSomebodyDid) {
    auto details = examples::bamboo_base().details;
    const auto without = details.canonical();
    details.position = *Position::of(27.748914, 103.886996);
    EXPECT_EQ(details.canonical(), without + "latitude_e5=2774891\nlongitude_e5=10388700\n");
}

TEST(Base, TellsEverybodyTheValleyAndNotTheField) {
    auto base = examples::bamboo_base();
    EXPECT_EQ(base.for_everybody().details, base.details);
    EXPECT_FALSE(base.for_everybody().position_about) << "there is nothing to round";
    base.details.position = *Position::of(27.748914, 103.886996);
    const auto seen = base.for_everybody();
    EXPECT_EQ(seen.details.position, *Position::of(27.75, 103.89));
    EXPECT_TRUE(seen.position_about);
    EXPECT_EQ(base.details.position, *Position::of(27.748914, 103.886996));
}

}  // namespace
}  // namespace shanhai::trace
