#include "catalog/domain/search/mentions.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

namespace shanhai::catalog::search {
namespace {

const std::vector<std::u16string> characters{u"山", u"海", u"笋", u"a", u"é", u"𬜬", u" ", u"干"};

std::u16string text_of(const std::vector<std::uint8_t>& places) {
    std::u16string text;
    for (const auto place : places) text += characters[place % characters.size()];
    return text;
}

RC_GTEST_PROP(Mentions, MissNothingThatATextHas,
              (std::vector<std::uint8_t> before, std::vector<std::uint8_t> words,
               std::vector<std::uint8_t> after)) {
    Mentions mentions;
    mentions.add(u"另一段话");
    mentions.add(text_of(before) + text_of(words) + text_of(after));
    RC_ASSERT(mentions.may_have(text_of(words)));
}

TEST(Mentions, KnowMostOfWhatNoTextHas) {
    Mentions mentions;
    EXPECT_FALSE(mentions.may_have(u"笋干"));
    mentions.add(u"春笋煮透后晾晒成干 含水低");
    EXPECT_TRUE(mentions.may_have(u"晾晒成干"));
    EXPECT_FALSE(mentions.may_have(u"笋干")) << "both are there, apart";
    EXPECT_FALSE(mentions.may_have(u"手机壳"));
    EXPECT_FALSE(mentions.may_have(u"干含")) << "of two words";
    EXPECT_TRUE(mentions.may_have(u"机")) << "one character is no pair";
}

}  // namespace
}  // namespace shanhai::catalog::search
