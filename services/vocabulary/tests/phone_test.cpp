#include "vocabulary/phone.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <algorithm>

namespace shanhai {
namespace {

TEST(PhoneDigits, TakesWhatPeopleWriteAndPaste) {
    struct Case {
        const char* written;
        const char* meant;
    };
    for (const auto& [written, meant] : {
             Case{"13812345678", "13812345678"},
             {"+86 138-1234-5678", "13812345678"},
             {"8613812345678", "13812345678"},
             {"008613812345678", "13812345678"},
             {"(+86) 138 1234 5678", "13812345678"},
             {"（+86）138 1234 5678", "13812345678"},
             {"１３８１２３４５６７８", "13812345678"},
             {"＋８６ １３８１２３４５６７８", "13812345678"},
             {"\u202d138 1234 5678\u202c", "13812345678"},
             {"\u2068+86\u00a0138\u00a01234\u00a05678\u2069", "13812345678"},
             {"138\u20111234\u20135678", "13812345678"},
             {"013812345678", "13812345678"},
             {"021-64981234", "02164981234"},
             {"0870-5621234", "08705621234"},
             {"+86 21 6416 0000", "02164160000"},
             {"+86 (0)21 6416 0000", "02164160000"},
             {"86 870 562 1234", "08705621234"},
             {"（021）6416-0000", "02164160000"},
             {"021-6416-0000", "02164160000"},
             {"0755 8234 5678", "075582345678"},
             {"021-64160000转123", "02164160000-123"},
             {"（021）6416-0000 ext. 123", "02164160000-123"},
             {"021-64160000-123", "02164160000-123"},
             {"+86 21 6416 0000 x8", "02164160000-8"},
             {"13812345678，1234", "13812345678-1234"},
             {"021-64160000 (分机 8001)", "02164160000-8001"},
         }) {
        const auto taken = phone_digits(written);
        ASSERT_TRUE(taken) << written;
        EXPECT_EQ(*taken, meant) << written;
        EXPECT_EQ(*phone_digits(*taken), *taken) << "what is kept is taken again";
    }
}

TEST(PhoneDigits, RefusesWhatCannotBe) {
    for (const char* bad : {"",
                            "12345",
                            "12812345678",
                            "138123456789",
                            "1381234567a",
                            "0012345678",
                            "64981234",
                            "01000000000",
                            "01012345678",
                            "02612345678",
                            "021-1234567",
                            "0210000000",
                            "+1 212 555 0100",
                            "+86",
                            "86",
                            "+8613",
                            "13812345678转",
                            "13812345678转1234567",
                            "+86+13812345678",
                            "138 1234 5678 138 1234 5678",
                            "0000000000000",
                            "110",
                            "95588",
                            "+86 12345678901",
                            "138\xff"}) {
        EXPECT_FALSE(phone_digits(bad)) << bad;
    }
}

TEST(PhoneDigits, SaysWhyNumbersBeyondTheMainlandAreRefused) {
    for (const char* beyond :
         {"+852 9123 4567", "00852 91234567", "+853 6612 3456", "+886 912 345 678", "（+852）9123 4567"}) {
        const auto refused = phone_digits(beyond);
        ASSERT_FALSE(refused) << beyond;
        EXPECT_NE(refused.error().message().find("Hong Kong, Macao or Taiwan"), std::string::npos) << beyond;
    }
}

TEST(PhoneDigits, CountTheLineNotTheExtension) {
    EXPECT_EQ(phone_line("02164160000-123"), "02164160000");
    EXPECT_EQ(phone_line("13812345678"), "13812345678");
}

RC_GTEST_PROP(MaskedPhone, ShowsAtMostFiveDigitsOfANumber, ()) {
    const auto length = *rc::gen::inRange<std::size_t>(10, 13);
    const auto digits = *rc::gen::container<std::string>(length, rc::gen::inRange<char>('0', '9' + 1));
    const auto masked = masked_phone(digits);
    RC_ASSERT(masked.size() == digits.size());
    RC_ASSERT(std::ranges::count(masked, '*') >= static_cast<std::ptrdiff_t>(length - 5));
}

}  // namespace
}  // namespace shanhai
