#include "audit/domain/tile_path.hpp"

#include <gtest/gtest.h>

namespace shanhai::audit {
namespace {

TEST(TilePath, TakesTheOneSpellingOfAnIndex) {
    for (const std::uint64_t index : {std::uint64_t{0}, std::uint64_t{7}, std::uint64_t{999},
                                      std::uint64_t{1'000}, std::uint64_t{1'234'067}, TilePath::index_max}) {
        const auto path = TilePath::parse(tile_path_index(index));
        ASSERT_TRUE(path) << index;
        EXPECT_EQ(path->index, index);
        EXPECT_EQ(path->width, tile_width_max);
    }
    EXPECT_EQ(TilePath::parse("x001/x234/067.p/17")->width, 17U);
    EXPECT_EQ(TilePath::parse("000.p/255")->width, 255U);
}

TEST(TilePath, RefusesEverythingElse) {
    for (const auto* bad : {"",
                            "0",
                            "00",
                            "0000",
                            "x123",
                            "x12",
                            "x000/000",
                            "x001",
                            "x001/",
                            "/001",
                            "001/002",
                            "x001x234",
                            "abc",
                            "-01",
                            "+01",
                            "000.p/0",
                            "000.p/256",
                            "000.p/01",
                            "000.p/",
                            ".p/01",
                            "000.p/1/2",
                            "x036/x028/x797/x018/x963/x968",
                            "x036/x028/x797/x018/x963/968",
                            "x999/x999/x999/x999/x999/x999/999"}) {
        EXPECT_FALSE(TilePath::parse(bad)) << bad;
    }
}

}  // namespace
}  // namespace shanhai::audit
