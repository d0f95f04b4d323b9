#include "catalog/domain/search/mentions.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

namespace shanhai::catalog::search {
namespace {

const std::vector<std::string> characters{"山", "海", "笋", "a", "é", "𬜬", " ", "，", "干"};

std::string text_of(const std::vector<std::uint8_t>& places) {
    std::string text;
    for (const auto place : places) text += characters[place % characters.size()];
    return text;
}

RC_GTEST_PROP(Mentions, MissNothingThatATextHas,
              (std::vector<std::uint8_t> before, std::vector<std::uint8_t> words,
               std::vector<std::uint8_t> after)) {
    Mentions mentions;
    mentions.add("另一段话");
    mentions.add(text_of(before) + text_of(words) + text_of(after));
    RC_ASSERT(mentions.may_have(text_of(words)));
}

TEST(Mentions, KnowMostOfWhatNoTextHas) {
    Mentions mentions;
    EXPECT_FALSE(mentions.may_have("笋干"));
    mentions.add("春笋煮透后晾晒成干，含水低。");
    EXPECT_TRUE(mentions.may_have("晾晒成干"));
    EXPECT_FALSE(mentions.may_have("笋干")) << "both are there, apart";
    EXPECT_FALSE(mentions.may_have("手机壳"));
    EXPECT_TRUE(mentions.may_have("机")) << "one character is no pair";
}

}  // namespace
}  // namespace shanhai::catalog::search
