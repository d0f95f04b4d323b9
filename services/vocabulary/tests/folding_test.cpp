#include "vocabulary/folding.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace shanhai {
namespace {

std::string twice_there(std::string_view text) { return unfolded(folded(text)); }

TEST(Folding, TakesFormsOfOneTextForTheSame) {
    const std::pair<const char*, const char*> same[] = {
        {"箬竹面", "箬竹面"},
        {"筍乾", "笋干"},
        {"雲南 紅茶", "云南 红茶"},
        {"ＧＡＰ　认证", "gap 认证"},
        {"２号线", "2号线"},
        {"箬竹笋（清水笋）", "箬竹笋 清水笋"},
        {"昌宁，红茶、绿茶。", "昌宁 红茶 绿茶"},
        {"  大关・笋干!! ", "大关 笋干"},
        {"lǚ LÜ", "lǚ lv"},
        {"㎏", "kg"},
        {"Pu'er xi’an", "puer xian"},
        {"", ""},
        {"，。", ""},
    };
    for (const auto& [text, expected] : same) EXPECT_EQ(twice_there(text), expected) << text;
}

TEST(Folding, KeepsCharactersBeyondTheBasicPlaneAndSeparatesAtWhatIsNoUtf8) {
    EXPECT_EQ(twice_there("𠮷面"), "𠮷面");
    EXPECT_EQ(twice_there("笋\xff干"), "笋 干");
}

/// Of every character there is, alone and in any company.
RC_GTEST_PROP(Folding, DoneTwiceIsDoneOnce, ()) {
    std::u16string units;
    const auto length = *rc::gen::inRange(0, 12);
    for (int i = 0; i < length; ++i) {
        const auto any = *rc::gen::oneOf(rc::gen::element(0x27, 0x61, 0xFC, 0x301, 0x303, 0x1100, 0x1161),
                                         rc::gen::inRange(0x20, 0x250), rc::gen::inRange(0x300, 0x370),
                                         rc::gen::inRange(0x3000, 0xA000), rc::gen::inRange(0xF900, 0x10000));
        units += static_cast<char16_t>(any);
    }
    const auto once = folded(unfolded(units));
    RC_ASSERT(folded(unfolded(once)) == once);
    const bool trimmed = once.empty() || (once.front() != u' ' && once.back() != u' ');
    RC_ASSERT(trimmed);
    RC_ASSERT(once.find(u"  ") == std::u16string::npos);
}

TEST(Folding, SimplifiesEveryCharacterToOneThatIsSimple) {
    for (int one = 0x3400; one <= 0x9FFF; ++one) {
        const std::u16string text{static_cast<char16_t>(one)};
        const auto once = folded(unfolded(text));
        ASSERT_EQ(folded(unfolded(once)), once) << one;
        ASSERT_EQ(once.size(), 1U) << one;
    }
}

std::vector<std::string> readings(char16_t character) {
    std::vector<std::string> all;
    for (const auto syllable : Readings{character}) all.emplace_back(spelling(syllable));
    return all;
}

TEST(Readings, AreThoseOfIcuAndThoseThatGoodsAndPlacesAreReadBy) {
    using All = std::vector<std::string>;
    EXPECT_EQ(readings(u'箬'), All{"ruo"});
    EXPECT_EQ(readings(u'茶'), All{"cha"});
    EXPECT_EQ(readings(u'绿'), (All{"lv", "lu"}));
    EXPECT_EQ(readings(u'长'), (All{"zhang", "chang"}));
    EXPECT_EQ(readings(u'牟'), (All{"mou", "mu"}));
    EXPECT_TRUE(readings(u'a').empty());
    EXPECT_TRUE(readings(u'ア').empty());
}

TEST(Syllables, AreFoundByTheirFirstLetters) {
    EXPECT_EQ(spelling(syllable_of("zhu")), "zhu");
    EXPECT_EQ(syllable_of("zh"), 0);
    EXPECT_EQ(syllable_of(""), 0);
    const auto range = syllables_beginning("ruo");
    ASSERT_EQ(range.last - range.first, 1);
    EXPECT_EQ(spelling(range.first), "ruo");
    EXPECT_EQ(syllables_beginning("zzz").first, syllables_beginning("zzz").last);
}

}  // namespace
}  // namespace shanhai
