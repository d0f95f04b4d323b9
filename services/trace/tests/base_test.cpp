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

}  // namespace
}  // namespace shanhai::trace
