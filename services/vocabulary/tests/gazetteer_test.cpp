#include "vocabulary/gazetteer.hpp"

#include "vocabulary/region.hpp"

#include <gtest/gtest.h>
#include <algorithm>
#include <array>
#include <fstream>
#include <set>
#include <string>

namespace shanhai {
namespace {

/// A province's rough box, by the first two digits of its codes, in degrees.
struct Box {
    std::string_view province;
    double south, north, west, east;
};
constexpr std::array boxes{Box{"31", 30.6, 31.9, 120.8, 122.3}, Box{"52", 24.6, 29.3, 103.5, 109.7},
                           Box{"53", 21.1, 29.3, 97.5, 106.3},  Box{"54", 26.8, 36.6, 78.3, 99.2},
                           Box{"63", 31.5, 39.3, 89.3, 103.1},  Box{"65", 34.3, 49.2, 73.4, 96.4}};

TEST(Gazetteer, HasOnlyAreasThatThereAre) {
    std::set<std::string_view> codes;
    for (const auto& area : known_areas()) {
        EXPECT_TRUE(is_region(area.code)) << area.code;
        EXPECT_TRUE(codes.insert(area.code).second) << area.code << " twice";
        EXPECT_FALSE(area.english.empty()) << area.code;
        EXPECT_EQ(area.seat.has_value(), !area.code.ends_with("00")) << area.code;
    }
}

TEST(Gazetteer, SeatsEachCountyInItsProvince) {
    for (const auto& area : known_areas()) {
        if (!area.seat) continue;
        const auto box = std::ranges::find(boxes, area.code.substr(0, 2), &Box::province);
        ASSERT_NE(box, boxes.end()) << area.code;
        EXPECT_TRUE(box->south <= area.seat->latitude() && area.seat->latitude() <= box->north) << area.code;
        EXPECT_TRUE(box->west <= area.seat->longitude() && area.seat->longitude() <= box->east) << area.code;
    }
}

TEST(Gazetteer, KnowsNothingOfOtherCodes) {
    EXPECT_EQ(find_area("999999"), nullptr);
    EXPECT_EQ(find_area(""), nullptr);
    EXPECT_EQ(find_area("533421"), nullptr) << "香格里拉县, a code of before";
    ASSERT_NE(find_area("530624"), nullptr);
    EXPECT_EQ(find_area("530624")->english, "Daguan County");
    EXPECT_EQ(find_area("530600")->english, "Zhaotong");
    EXPECT_EQ(find_area("530000")->english, "Yunnan");
}

TEST(Gazetteer, HasEveryCountyOfTheSampleDataWithWhatItLiesIn) {
    std::ifstream sample{SHANHAI_SAMPLES "/counties.csv"};
    std::string line;
    std::getline(sample, line);
    int counties = 0;
    while (std::getline(sample, line)) {
        const auto code = line.substr(0, 6);
        for (const auto& one : {code, code.substr(0, 4) + "00", code.substr(0, 2) + "0000"}) {
            EXPECT_NE(find_area(one), nullptr) << one << " of " << line;
        }
        ++counties;
    }
    EXPECT_GT(counties, 50);
}

}  // namespace
}  // namespace shanhai
