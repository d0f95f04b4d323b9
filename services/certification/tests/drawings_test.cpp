#include "certification/http/drawings.hpp"

#include <gtest/gtest.h>

namespace shanhai::certification {
namespace {

constexpr EditionId first{1};
constexpr EditionId second{2};

TEST(Drawings, GiveBackWhatWasDrawn) {
    Drawings drawings{10};
    EXPECT_EQ(drawings.find(first, "pdf"), nullptr);
    EXPECT_EQ(*drawings.keep(first, "pdf", "pages"), "pages");
    ASSERT_NE(drawings.find(first, "pdf"), nullptr);
    EXPECT_EQ(*drawings.find(first, "pdf"), "pages");
    EXPECT_EQ(drawings.find(first, "csv"), nullptr);
    EXPECT_EQ(drawings.find(second, "pdf"), nullptr);
}

TEST(Drawings, ForgetTheOldestWhenThereIsNoMoreRoom) {
    Drawings drawings{10};
    drawings.keep(first, "pdf", "12345");
    drawings.keep(first, "csv", "12345");
    drawings.keep(second, "pdf", "1");
    EXPECT_EQ(drawings.find(first, "pdf"), nullptr);
    EXPECT_NE(drawings.find(first, "csv"), nullptr);
    EXPECT_NE(drawings.find(second, "pdf"), nullptr);
    EXPECT_EQ(drawings.keep(second, "csv", "more than all there is")->size(), 22U);
    EXPECT_EQ(drawings.find(second, "csv"), nullptr);
    EXPECT_NE(drawings.find(second, "pdf"), nullptr) << "what is too large drives nothing out";
}

}  // namespace
}  // namespace shanhai::certification
