#include "catalog/domain/search/known_names.hpp"

#include "catalog/domain/search/words.hpp"
#include "vocabulary/folding.hpp"

#include <gtest/gtest.h>

namespace shanhai::catalog::search {
namespace {

std::vector<std::string> forms(std::string_view name) {
    std::vector<std::string> all;
    for (const auto& form : forms_of_area(name)) all.push_back(unfolded(form));
    return all;
}

TEST(Areas, AreCalledWithAndWithoutTheirSuffixAndPeoples) {
    using All = std::vector<std::string>;
    EXPECT_EQ(forms("大关县"), (All{"大关县", "大关"}));
    EXPECT_EQ(forms("云县"), All{"云县"}) << "nobody says 云";
    EXPECT_EQ(forms("芒市"), All{"芒市"});
    EXPECT_EQ(forms("云南省"), (All{"云南省", "云南"}));
    EXPECT_EQ(forms("景东彝族自治县"), (All{"景东彝族自治县", "景东", "景东县"}));
    EXPECT_EQ(forms("楚雄彝族自治州"), (All{"楚雄彝族自治州", "楚雄", "楚雄州"}));
    EXPECT_EQ(forms("双江拉祜族佤族布朗族傣族自治县"),
              (All{"双江拉祜族佤族布朗族傣族自治县", "双江", "双江县"}));
    EXPECT_EQ(forms("新疆维吾尔自治区"), (All{"新疆维吾尔自治区", "新疆"}));
    EXPECT_EQ(forms("西藏自治区"), (All{"西藏自治区", "西藏"}));
    EXPECT_EQ(forms("喀什地区"), (All{"喀什地区", "喀什"}));
}

TEST(Areas, AreSpelledInEachWayInWhichTheyAreRead) {
    using All = std::vector<std::u16string>;
    EXPECT_EQ(spellings_of(u"大关"), (All{u"daguan", u"daiguan"}));
    EXPECT_EQ(spellings_of(u"云南"), All{u"yunnan"});
    EXPECT_TRUE(spellings_of(u"アa").empty());
    EXPECT_EQ(spellings_of(u"长长长长长长").size(), spellings_max);
}

TEST(Areas, AreCalledInEnglishWithAndWithoutWhatTheyAre) {
    const auto english = [](std::string_view name) {
        std::vector<std::string> all;
        for (const auto& form : forms_in_english(name)) all.push_back(unfolded(form));
        return all;
    };
    using All = std::vector<std::string>;
    EXPECT_EQ(english("Daguan County"), (All{"daguan county", "daguan"}));
    EXPECT_EQ(english("Jingdong Yi Autonomous County"),
              (All{"jingdong yi autonomous county", "jingdong county", "jingdong"}));
    EXPECT_EQ(english("Yunnan"), All{"yunnan"});
    EXPECT_EQ(english("Shangri-La City"), (All{"shangri la city", "shangri la"}));
    EXPECT_EQ(english("Dêqên County"), (All{"deqen county", "deqen"}));
}

TEST(Areas, AreOneWordOfAQueryByTheirEnglishNames) {
    Registry facts;
    const auto daguan = *CountyCode::parse("530624");
    facts.counties.emplace(daguan, County{daguan, "大关县", "大关县", "昭通市", "云南省", true, {}});
    const auto names = KnownNames::of(facts, {}, true);
    const auto query = Query::of("Daguan County tea", names, false);
    ASSERT_EQ(query.words.size(), 2U);
    EXPECT_EQ(unfolded(query.words[0].text), "daguan county");
    EXPECT_TRUE(query.words[0].sense.named);
    EXPECT_EQ(query.words[0].sense.counties, std::vector<std::uint32_t>{530624});
    EXPECT_TRUE(query.words[1].sense.counties.empty());
    EXPECT_EQ(Query::of("Zhaotong", names, false).words[0].sense.counties.size(), 1U);
    EXPECT_EQ(Query::of("county", names, false).words.size(), 1U);
    EXPECT_TRUE(Query::of("county", names, false).words[0].sense.counties.empty())
        << "a part of every name says nothing";
}

TEST(Schemes, AreMeantAloneByTheirNames) {
    Registry facts;
    facts.schemes.emplace(*SchemeCode::parse("MINHANG_YOUPIN"), "闵行优品");
    const auto names = KnownNames::of(facts, {}, true);
    const auto whole = names.sense_of(u"闵行优品", nullptr, false);
    EXPECT_TRUE(whole.scheme_alone);
    ASSERT_EQ(whole.schemes.size(), 1U);
    EXPECT_EQ(whole.schemes.front().text(), "MINHANG_YOUPIN");
    const auto part = names.sense_of(u"优品", nullptr, false);
    EXPECT_FALSE(part.scheme_alone);
    EXPECT_EQ(part.schemes.size(), 1U);
    EXPECT_TRUE(names.sense_of(u"优", nullptr, false).schemes.empty());
}

TEST(Queries, AreReadUpToTheirTwelfthWordEachOnce) {
    const KnownNames names;
    std::string text;
    for (int i = 10; i < 30; ++i) text += std::to_string(i) + " ";
    EXPECT_EQ(Query::of(text, names, false).words.size(), Query::words_max);
    EXPECT_EQ(Query::of("笋 茶 笋", names, false).words.size(), 2U);
    EXPECT_TRUE(Query::of(" ，。 ", names, false).words.empty());
}

}  // namespace
}  // namespace shanhai::catalog::search
