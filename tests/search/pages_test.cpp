#include "search/leafing.hpp"

#include <set>

namespace shanhai::catalog {
namespace {

TEST_F(Leafing, NeitherRepeatsNorSkipsWhatIsCertifiedOrSuspendedMeanwhile) {
    for (const auto* query : {"q=", "first=MINHANG_YOUPIN", "q=%E4%BA%91%E5%8D%97"}) {
        SCOPED_TRACE(query);
        showcase_.follow(whole(sample()));
        stored_ = sample();
        const auto undisturbed = leaf(query, [] {});
        ASSERT_GT(undisturbed.size(), 40U);
        const auto disturbed = leaf(query, [this] {
            suspend(called("箬竹面"));        // Was on the first page.
            suspend(called("叶城薄皮核桃"));  // Would be on a later one.
            suspend(called("大关山珍组合"));
            certify(called("高原菌菇汤料包"));  // Was to come last.
            certify(called("罗平菜花蜜"));
        });
        EXPECT_EQ(disturbed, undisturbed);
    }
}

TEST_F(Leafing, ShowsANewListAsThingsStandNow) {
    suspend(called("箬竹面"));
    certify(called("高原菌菇汤料包"));
    const auto names = leaf("q=", [] {});
    EXPECT_EQ(names.front(), "箬竹笋（清水笋）");
    const auto place = [&names](const char* name) { return std::ranges::find(names, name) - names.begin(); };
    EXPECT_LT(place("高原菌菇汤料包"), place("箬竹面"));
}

TEST_F(Leafing, DropsFromASchemesListWhatIsSuspendedAtOnce) {
    const auto names = leaf("scheme=MINHANG_YOUPIN", [this] { suspend(called("大关山珍组合")); });
    EXPECT_EQ(names.size(), 18U);
    EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), 18U);
}

TEST_F(Leafing, FindsNothingByWhatCannotBeLookedFor) {
    for (const auto* typed : {"！", "。，", "😀"}) {
        const auto found = list("q=" + escaped(typed));
        EXPECT_TRUE(found.at("items").as_array().empty()) << typed;
        EXPECT_EQ(found.at("ranking").at("rule"), "CERTIFIED_FIRST");
    }
    EXPECT_FALSE(list("q=").at("items").as_array().empty()) << "nothing typed is all";
}

/// Else no copy of the first page, nor of the shop's HTML that holds it, were ever good again.
TEST_F(Leafing, BeginsWithTheSameBytesAsLongAsNothingChanges) {
    const auto first = list("limit=5");
    later();
    EXPECT_EQ(list("limit=5"), first);
    suspend(called("箬竹面"));
    EXPECT_NE(list("limit=5"), first);
}

TEST_F(Leafing, GoesOnOnlyWithACursorOfTheSameWords) {
    const auto next = std::string{list("limit=1&q=" + escaped("笋")).at("next").as_string()};
    EXPECT_EQ(status("limit=1&q=" + escaped("笋") + "&cursor=" + next), 200);
    EXPECT_EQ(status("limit=1&q=" + escaped("茶") + "&cursor=" + next), 422);
    EXPECT_EQ(status("limit=1&cursor=" + next), 422);
}

}  // namespace
}  // namespace shanhai::catalog
