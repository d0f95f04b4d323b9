#include "catalog/domain/drawing.hpp"

#include <gtest/gtest.h>
#include <algorithm>

namespace shanhai::catalog {
namespace {

TEST(Drawing, IsOneOfThoseThatComeWithThePages) {
    ASSERT_FALSE(drawings().empty());
    EXPECT_TRUE(std::ranges::all_of(drawings(), is_drawing));
    EXPECT_TRUE(std::ranges::all_of(
        drawings(), [](auto one) { return one.starts_with("/media/goods/") && one.ends_with(".svg"); }));
    EXPECT_TRUE(is_drawing("/media/goods/ruozhu-noodles.svg"));
}

TEST(Drawing, IsNothingElse) {
    for (const auto* other : {"", "/media/goods/", "/media/goods/nothing.svg", "/media/tea.svg",
                              "/media/goods/../tea.svg", "media/goods/ruozhu-noodles.svg",
                              "/media/goods/ruozhu-noodles.svg?", "/media/goods/ruozhu-noodles.svgz"}) {
        EXPECT_FALSE(is_drawing(other)) << other;
    }
}

}  // namespace
}  // namespace shanhai::catalog
