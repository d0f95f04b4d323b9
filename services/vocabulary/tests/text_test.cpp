#include "vocabulary/text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf16.h>

namespace shanhai {
namespace {

std::string taken(std::string_view text, std::size_t min = 1, std::size_t max = 50,
                  Lines lines = Lines::one) {
    const auto result = human_text(text, min, max, lines);
    return result ? *result : "REFUSED: " + result.error().message();
}

TEST(HumanText, IsTrimmedOfEveryBlankThatUnicodeKnows) {
    for (const std::string_view blank :
         {" ", "\t", "\n", "\u3000", "\u00a0", "\u200b", "\u2060", "\ufeff", "\u2003", "\u0085", "\u2028",
          "\u1680", "\u202f", "\u205f", "\u180e"}) {
        EXPECT_EQ(taken(std::string{blank} + "张 三" + std::string{blank} + std::string{blank}), "张 三")
            << blank;
    }
}

TEST(HumanText, IsRefusedWhenNothingCanBeSeen) {
    for (const std::string_view nothing :
         {"", " ", "\u3000\u3000", "\u200b", "\u2060\u00a0", "\u200d", "\u00ad\u00ad", "\ufe0f", "\u3164",
          "\u2800", "\u034f", "\U000e0041", "\u115f\u1160", "\u0301"}) {
        EXPECT_FALSE(human_text(nothing, 1, 50)) << nothing;
    }
    EXPECT_EQ(taken(" \u3000", 0), "") << "an optional text may be left empty";
    EXPECT_FALSE(human_text("\u200d", 0, 50)) << "but not look so without being so";
}

TEST(HumanText, RefusesWhatTurnsTheDirectionOfWriting) {
    for (const std::string_view mark : {"\u061c", "\u200e", "\u200f", "\u202a", "\u202b", "\u202c", "\u202d",
                                        "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"}) {
        EXPECT_FALSE(human_text("张" + std::string{mark} + "三", 1, 50)) << mark;
        EXPECT_FALSE(human_text(std::string{mark} + "张三", 1, 50)) << mark;
    }
}

TEST(HumanText, RefusesWhatIsNoCharacter) {
    using namespace std::string_literals;
    for (const std::string& bad :
         {"a\0b"s, "a\x07"s + "b", "a\x7f"s + "b", "a\u0085b"s, "a\ufffe"s + "b", "a\ufdd0"s, "a\U0010ffff"s,
          "a\u0378"s, "a\U0001fffe"s, "张\ufeff三"s, "\xff\xfe"s, "\xc0\xaf"s, "\xed\xa0\x80"s,
          "\xf4\x90\x80\x80"s, "\xe5\xbc"s}) {
        EXPECT_FALSE(human_text(bad, 0, 50)) << bad;
    }
}

TEST(HumanText, TakesEveryScriptAndTheRarestIdeographs) {
    for (const std::string_view good :
         {"𠮷合作社", "𡈽合作社", "\U0002ebf0", "\U00031350", "ئۇيغۇر", "བོད་ཡིག", "ᠮᠣᠩᠭᠣᠯ", "👩‍🌾",
          "葛\U000e0100", "Ünal-O'Neil", "ㄅㄆㄇ", "🏴\U000e0067\U000e0062\U000e007f"}) {
        EXPECT_EQ(taken(good), good);
    }
}

TEST(HumanText, IsCountedAndKeptInNormalFormC) {
    EXPECT_EQ(taken("e\u0301", 1, 1), "\u00e9");
    EXPECT_EQ(taken("\u1112\u1161\u11ab", 1, 1), "\ud55c");
    EXPECT_EQ(taken("竹笋", 2, 2), "竹笋");
    EXPECT_EQ(taken("张\u200b三", 2, 2), "张三");
    EXPECT_FALSE(human_text("竹笋", 1, 1));
    EXPECT_FALSE(human_text("竹笋", 3, 9));
    EXPECT_EQ(taken("𠮷𠮷", 2, 2), "𠮷𠮷");
}

TEST(HumanText, JoinsLinesOnlyWhereTheyMayCome) {
    for (const std::string_view ends : {"\n", "\r\n", "\r", "\u2028", "\u2029", " \n\n  ", "\u3000\r\n"}) {
        const auto address = "沪闵路6258号" + std::string{ends} + "3号楼502室\n";
        EXPECT_EQ(taken(address, 5, 200, Lines::joined), "沪闵路6258号 3号楼502室") << ends;
        EXPECT_FALSE(human_text(address, 5, 200)) << ends;
    }
    EXPECT_EQ(taken("a  b", 1, 9, Lines::joined), "a  b");
}

TEST(HumanText, TakesATabForABlank) {
    EXPECT_EQ(taken("张三\t竹笋"), "张三 竹笋");
    EXPECT_EQ(taken("a\tb", 1, 9, Lines::joined), "a b");
    EXPECT_FALSE(human_text("\t\t", 1, 9));
    EXPECT_FALSE(secret_text("a\tb", 1, 9)) << "a password stays as it was typed";
}

TEST(HumanText, RefusesWhatCannotBeSeenAmongWhatCan) {
    for (const std::string_view hidden :
         {"\U0001d159", "\ufffc", "\ue000", "\U000f0000", "\u206a", "\ufff9", "\u2061", "\u034f", "\u3164",
          "\u115f", "\uffa0", "\U000e0041", "\U000e0001"}) {
        EXPECT_FALSE(human_text("张" + std::string{hidden} + "三", 1, 50)) << hidden;
    }
    for (const std::string_view of_nothing : {"\ufe0f张", "张 \ufe0f", "\u200d张", "张 \u200c三",
                                              "张\ufe0f\ufe0f", "张\u200d\u200d三", "张\u200d\ufe0f"}) {
        EXPECT_FALSE(human_text(of_nothing, 1, 50)) << of_nothing;
    }
    for (const std::string_view no_flag :
         {"🏴\U000e0067\U000e0062", "🏴\U000e007f", "👍\U000e0067\U000e0062\U000e007f"}) {
        EXPECT_FALSE(human_text(no_flag, 1, 50)) << no_flag;
    }
}

TEST(HumanText, TakesWhatShapesTheCharacterBeforeIt) {
    for (const std::string_view good : {"👁\ufe0f\u200d🗨\ufe0f", "❤\ufe0f", "می\u200cخواهم", "ක්\u200dෂ",
                                        "1\ufe0f\u20e3", "ᠠ\u180b", "\u0600١"}) {
        EXPECT_EQ(taken(good), good);
    }
    EXPECT_EQ(taken("竹\u00ad笋"), "竹笋") << "a hyphen that only a line's end shows";
}

/// What becomes of a character between two others, by its properties alone.
TEST(HumanText, SaysOfEveryCharacterWhatBecomesOfIt) {
    for (UChar32 one = 0; one <= UCHAR_MAX_VALUE; ++one) {
        if (U_IS_SURROGATE(one)) continue;
        std::string text;
        icu::UnicodeString{one}.toUTF8String(text);
        const auto result = human_text("x" + text + "y", 1, 50);
        const auto has = [one](UProperty property) { return u_hasBinaryProperty(one, property) != 0; };
        if (result && *result == "xy") {
            ASSERT_TRUE(has(UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) << "U+" << std::hex << one;
            continue;
        }
        const bool shapes = has(UCHAR_JOIN_CONTROL) || has(UCHAR_VARIATION_SELECTOR);
        const auto kind = u_charType(one);
        const bool ideographic = one >= 0x20000 && one <= 0x3ffff && !U_IS_UNICODE_NONCHAR(one);
        const bool hidden = has(UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || kind == U_PRIVATE_USE_CHAR ||
                            kind == U_CONTROL_CHAR || kind == U_LINE_SEPARATOR ||
                            kind == U_PARAGRAPH_SEPARATOR || (kind == U_UNASSIGNED && !ideographic) ||
                            (kind == U_FORMAT_CHAR && !has(UCHAR_PREPENDED_CONCATENATION_MARK)) ||
                            one == 0x1d159 || one == 0xfffc;
        ASSERT_EQ(static_cast<bool>(result), shapes || !hidden || one == '\t') << "U+" << std::hex << one;
    }
}

/// A text of characters that meet the rules' edges.
std::string edgy_text() {
    const auto piece =
        rc::gen::element<std::string>("a", "张", "𠮷", "e", "\u0301", "\u1112", "\u1161", " ", "\n", "\r",
                                      "\u3000", "\u200b", "\u200d", "\u2028", "\u212b", "\ufe0f", "👍");
    std::string text;
    for (const auto& one : *rc::gen::container<std::vector<std::string>>(piece)) text += one;
    return text;
}

/// Most texts are looked at without ICU; a letter that is not everyday has it look at the same text.
RC_GTEST_PROP(HumanText, IsJudgedAlikeHoweverItIsLookedAt, ()) {
    const auto piece = *rc::gen::container<std::vector<std::string>>(
        rc::gen::element<std::string>("a", "Z", "0", "~", " ", "  ", "一", "龥", "\u9fff", "箬", "竹"));
    std::string text;
    for (const auto& one : piece) text += one;
    const auto max = *rc::gen::inRange<std::size_t>(1, 12);
    const auto quick = human_text(text, 1, max);
    const auto slow = human_text(text + "é", 2, max + 1);
    if (text.empty() || text.front() == ' ' || text.back() == ' ') return;
    RC_ASSERT(static_cast<bool>(quick) == static_cast<bool>(slow));
    if (quick) RC_ASSERT(*quick + "é" == *slow);
    // What is cut within a character is no text, whoever looks.
    if (static_cast<unsigned char>(text.back()) >= 0x80) {
        RC_ASSERT(human_text(text.substr(0, text.size() - 1), 0, 100).error().message() == "must be UTF-8");
    }
}

RC_GTEST_PROP(HumanText, StaysAsItIsOnceItWasTaken, ()) {
    const auto once = human_text(edgy_text(), 0, 1000, Lines::joined);
    if (!once) return;  // Nothing to be seen in it.
    const auto twice = human_text(*once, 0, 1000, Lines::one);
    RC_ASSERT(static_cast<bool>(twice));
    RC_ASSERT(*twice == *once);
    RC_ASSERT(is_utf8(*once));
}

TEST(SecretText, KeepsItsBlanksInOneNormalForm) {
    EXPECT_EQ(*secret_text(" correct horse  ", 12, 200), " correct horse  ");
    EXPECT_EQ(*secret_text("e\u0301", 1, 1), "\u00e9");
    EXPECT_FALSE(secret_text("a\nb", 1, 9));
    EXPECT_FALSE(secret_text("three emoji👍👍👍", 1, 10));
    EXPECT_FALSE(secret_text("\xff", 1, 9));
}

TEST(PastedNumber, IsWhatWasMeant) {
    EXPECT_EQ(pasted_number("\u202d138\u00a01234\u00a05678\u202c"), "138 1234 5678");
    EXPECT_EQ(pasted_number("１３８１２３４５６７８"), "13812345678");
    EXPECT_EQ(pasted_number("（021）6416‑0000"), "(021)6416-0000");
    EXPECT_EQ(pasted_number("\xff"), std::nullopt);
}

}  // namespace
}  // namespace shanhai
