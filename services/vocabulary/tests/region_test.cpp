#include "vocabulary/region.hpp"

#include <gtest/gtest.h>

namespace shanhai {
namespace {

TEST(RegionCode, TakesCountiesAndCitiesWithoutCounties) {
    for (const auto* good : {"310112", "530624", "441900", "442000", "460400", "620200", "620201", "419001",
                             "429021", "110101", "659012", "540102"}) {
        const auto code = RegionCode::parse(good);
        ASSERT_TRUE(code) << good;
        EXPECT_EQ(code->text(), good);
    }
}

TEST(RegionCode, RefusesWhatNoAreaHas) {
    for (const auto* bad : {"999999", "310199", "530600", "530000", "441901", "000000", "31011", "3101120",
                            "31011a", "+31011", "-31011", "", "710000", "810000"}) {
        EXPECT_FALSE(RegionCode::parse(bad)) << bad;
    }
}

TEST(RegionCode, IsKnownAtEveryLevel) {
    for (const auto* code :
         {"530624", "530600", "530000", "310112", "310100", "441900", "650200", "110000"}) {
        EXPECT_TRUE(is_region(code)) << code;
    }
    // Nowhere, a code of before (香格里拉县, 崇明县), a prefecture and a province that there are not, no
    // codes.
    for (const auto* code :
         {"999999", "530699", "533421", "310230", "539900", "990000", "000000", "5306", "", "53062x"}) {
        EXPECT_FALSE(is_region(code)) << code;
    }
}

}  // namespace
}  // namespace shanhai
