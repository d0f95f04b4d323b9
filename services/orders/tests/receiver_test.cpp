#include "orders/domain/receiver.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <algorithm>

namespace shanhai::orders {
namespace {

TEST(PhoneDigits, TakesWhatPeopleWrite) {
    EXPECT_EQ(*phone_digits("13812345678"), "13812345678");
    EXPECT_EQ(*phone_digits("+86 138-1234-5678"), "13812345678");
    EXPECT_EQ(*phone_digits("021-64981234"), "02164981234");
    EXPECT_EQ(*phone_digits("0870-5621234"), "08705621234");
}

TEST(PhoneDigits, RefusesWhatIsNone) {
    for (const char* bad :
         {"", "12345", "12812345678", "138123456789", "1381234567a", "0012345678", "64981234"}) {
        EXPECT_FALSE(phone_digits(bad)) << bad;
    }
}

TEST(Masking, ShowsTheFirstCharacterOfAName) {
    EXPECT_EQ(masked_name("张三丰"), "张*");
    EXPECT_EQ(masked_name("李"), "李*");
    EXPECT_EQ(masked_name("𠮷野"), "𠮷*");
}

TEST(Masking, HidesBuildingUnitAndRoom) {
    EXPECT_EQ(masked_address("上海市闵行区沪闵路6258号3号楼502室"), "上海市闵行区沪闵路6258号***");
    EXPECT_EQ(masked_address("上海市闵行区莘庄镇春申路1弄12栋3单元402"), "上海市闵行区莘庄镇春申路1弄***");
    EXPECT_EQ(masked_address("莘庄小区3-502"), "莘庄小区***");
    EXPECT_EQ(masked_address("大关县天星镇中心村"), "大关县天星***");
}

RC_GTEST_PROP(MaskingProperty, ShowsAtMostFiveDigitsOfANumber, ()) {
    const auto length = *rc::gen::inRange<std::size_t>(10, 13);
    const auto digits = *rc::gen::container<std::string>(length, rc::gen::inRange<char>('0', '9' + 1));
    const auto masked = masked_phone(digits);
    RC_ASSERT(masked.size() == digits.size());
    RC_ASSERT(std::ranges::count(masked, '*') >= static_cast<std::ptrdiff_t>(length - 5));
}

}  // namespace
}  // namespace shanhai::orders
