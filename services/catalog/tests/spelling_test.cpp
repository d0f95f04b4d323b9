#include "catalog/domain/search/spelling.hpp"

#include "vocabulary/folding.hpp"

#include <gtest/gtest.h>

namespace shanhai::catalog::search {
namespace {

SpelledWord::Match match(std::u16string_view word, std::string_view text) {
    return SpelledWord::of(word)->at(folded(text), 0);
}

TEST(SpelledWord, IsSpelledWhollyByInitialsOrPartly) {
    const struct {
        std::u16string_view word;
        const char* text;
        Spelled how;
        bool to_the_end;
    } cases[] = {
        {u"ruozhumian", "箬竹面", Spelled::wholly, true},
        {u"ruozhu", "箬竹面", Spelled::wholly, false},
        {u"rzm", "箬竹面", Spelled::initials, true},
        {u"rzhm", "箬竹面", Spelled::initials, true},
        {u"rz", "箬竹面", Spelled::initials, false},
        {u"ruozh", "箬竹面", Spelled::partly, false},
        {u"rzhumian", "箬竹面", Spelled::partly, true},
        {u"ruozhumianx", "箬竹面", Spelled::no, false},
        {u"zhu", "箬竹面", Spelled::no, false},
        {u"xian", "西安", Spelled::wholly, true},
        {u"xian", "鲜笋", Spelled::wholly, false},
        {u"ruozhusunqingshuisun", "箬竹笋（清水笋）", Spelled::wholly, true},
        {u"ruozhusun", "箬竹笋（清水笋）", Spelled::wholly, true},
        {u"gapcha", "GAP茶", Spelled::wholly, true},
        {u"gapc", "GAP茶", Spelled::initials, true},
        {u"changning", "长宁", Spelled::wholly, true},
        {u"zhangning", "长宁", Spelled::wholly, true},
        {u"a", "ア", Spelled::no, false},
    };
    for (const auto& [word, text, how, to_the_end] : cases) {
        const auto found = match(word, text);
        EXPECT_EQ(found.how, how) << unfolded(word) << " of " << text;
        EXPECT_EQ(found.to_the_end, to_the_end) << unfolded(word) << " of " << text;
    }
}

TEST(SpelledWord, IsNothingButLettersAndNotTooLong) {
    EXPECT_FALSE(SpelledWord::of(u""));
    EXPECT_FALSE(SpelledWord::of(u"茶"));
    EXPECT_FALSE(SpelledWord::of(u"r2"));
    EXPECT_FALSE(SpelledWord::of(std::u16string(SpelledWord::length_max + 1, u'a')));
    // As many ways to read it as there are: each is followed once.
    const std::u16string word(SpelledWord::length_max, u'a');
    EXPECT_EQ(SpelledWord::of(word)->within(std::u16string(100, u'阿')), Spelled::wholly);
}

/// Whatever a text is spelled as anywhere, its postings name it as a candidate.
TEST(SpelledWord, IsLookedForWhereverItMayBe) {
    for (const auto* text : {"箬竹面", "GAP绿茶", "昌宁 红茶", "长乐", "2号线"}) {
        const auto whole = folded(text);
        std::vector<Postings::Pair> pairs;
        add_spellings(whole, 7, pairs);
        const auto postings = Postings{}.followed_by(Slots{}, std::move(pairs));
        for (const auto* word :
             {u"ruo", u"r", u"rz", u"ruoz", u"zhumian", u"zm", u"gap", u"gaplv", u"lc", u"luch", u"cn",
              u"changninghong", u"nhc", u"zhangle", u"cl", u"hao", u"hx"}) {
            const auto spelled = *SpelledWord::of(word);
            const auto how = spelled.within(whole);
            if (how == Spelled::no) continue;
            EXPECT_TRUE(spelled.candidates(postings, how == Spelled::partly).has(7))
                << unfolded(word) << text;
        }
    }
}

}  // namespace
}  // namespace shanhai::catalog::search
