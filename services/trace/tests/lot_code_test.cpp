#include "trace/domain/lot_code.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace shanhai::trace {
namespace {

TEST(LotCode, KeepsWhatProducersPrint) {
    for (const auto* text : {"A", "DG20260402-01", "26.04;(3)", "20260402:3=a_b", "ABCDEFGHIJKLMNOPQRST"}) {
        const auto code = LotCode::parse(text);
        ASSERT_TRUE(code) << text;
        EXPECT_EQ(code->text(), text);
    }
}

TEST(LotCode, RefusesWhatDoesNotStandUnescapedInALink) {
    for (const auto* text :
         {"", "ABCDEFGHIJKLMNOPQRSTU", "A B", "A/B", "50%", "A&B", "<A>", "A?", "竹笋", "A\n"}) {
        EXPECT_FALSE(LotCode::parse(text)) << text;
    }
}

TEST(LotCode, IsPrintableAsciiOfAtMostTwentyCharacters) {
    EXPECT_TRUE(rc::check([](const std::string& text) {
        const auto code = LotCode::parse(text);
        if (!code) return;
        RC_ASSERT(text.size() >= 1 && text.size() <= 20);
        for (const char c : text) {
            RC_ASSERT(c > 0x20 && c < 0x7f && std::string_view{"%&/<>?"}.find(c) == std::string_view::npos);
        }
    }));
}

}  // namespace
}  // namespace shanhai::trace
