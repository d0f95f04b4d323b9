#include "certification/domain/figures.hpp"

#include <gtest/gtest.h>

namespace shanhai::certification {
namespace {

TEST(Figures, AddUpBySchemeCountyAndCategory) {
    const std::vector<Cell> cells{
        {"BAIXIAN_BAIPIN",
         "530521",
         "tea",
         {.applied = 3, .returned = 2, .recommended = 2, .certified = 1, .rejected = 1}},
        {"MINHANG_YOUPIN", "530624", "noodles", {.applied = 2, .recommended = 1, .withdrawn = 1}},
        {"MINHANG_YOUPIN", "530624", "tea", {.applied = 4, .certified = 4, .suspended = 1}},
        {"MINHANG_YOUPIN", "", "", {.applied = 1}}};
    const auto figures = add_up(cells, {});
    EXPECT_EQ(figures.total, (Counts{10, 2, 3, 5, 1, 1, 1}));
    EXPECT_EQ(figures.total.open(), 3);
    ASSERT_EQ(figures.schemes.size(), 2U);
    EXPECT_EQ(figures.schemes[0].name, "MINHANG_YOUPIN");
    EXPECT_EQ(figures.schemes[0].counts.applied, 7);
    ASSERT_EQ(figures.counties.size(), 3U);
    EXPECT_EQ(figures.counties[0].name, "530624") << "the largest first";
    EXPECT_EQ(figures.counties[0].counts, (Counts{6, 0, 1, 4, 0, 1, 1}));
    EXPECT_EQ(figures.counties[2].name, "") << "what is not known is counted, too";
    ASSERT_EQ(figures.categories.size(), 3U);
    EXPECT_EQ(figures.categories[0].name, "tea");
    EXPECT_EQ(figures.categories[0].counts.applied, 7);
    Counts of_counties;
    for (const auto& group : figures.counties) of_counties += group.counts;
    EXPECT_EQ(of_counties, figures.total);
}

TEST(Figures, AreZeroOfNothing) {
    const auto figures = add_up({}, {});
    EXPECT_EQ(figures.total, Counts{});
    EXPECT_TRUE(figures.counties.empty());
    EXPECT_TRUE(figures.waits.empty());
}

TEST(Figures, TakeTheNearestRank) {
    using std::chrono::hours;
    std::vector<Waited> waits;
    for (int days = 10; days >= 1; --days) waits.push_back({Action::recommend, hours{24 * days}, 1});
    waits.push_back({Action::certify, hours{5}, 100});
    waits.push_back({std::nullopt, hours{7}, 1});
    waits.push_back({Action::certify, hours{9}, 1});
    const auto all = ranked(waits);
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].action, std::nullopt);
    EXPECT_EQ(all[1].action, Action::recommend);
    EXPECT_EQ(all[1].count, 10);
    EXPECT_EQ(all[1].median, hours{24 * 5}) << "half took no longer than five days";
    EXPECT_EQ(all[1].ninetieth, hours{24 * 9});
    EXPECT_EQ(all[2].count, 101);
    EXPECT_EQ(all[2].ninetieth, hours{5});
}

}  // namespace
}  // namespace shanhai::certification
