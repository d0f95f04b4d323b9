#include "orders/domain/receiver.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <algorithm>

namespace shanhai::orders {
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

TEST(Masking, HidesTheFinePartWhateverTheLanguage) {
    struct Case {
        const char* address;
        const char* masked;
    };
    for (const auto& [address, masked] : {
             Case{"Room 502, Building 3, No. 6258 Humin Road, Minhang, Shanghai",
                  "*** Humin Road, Minhang, Shanghai"},
             {"Flat B, 12/F, Tower C, Jade Court, Shanghai", "***, Jade Court, Shanghai"},
             {"3rd Floor, 88 Century Avenue, Pudong, Shanghai", "*** Century Avenue, Pudong, Shanghai"},
             {"Shanghai Minhang Humin Lu 6258 Nong 12 Hao 502 Shi", "Shanghai Minhang Humin Lu ***"},
             {"Apt 5, 1 Main St", "*** Main St"},
             {"Somewhere Village, Daguan, Yunnan", "***, Daguan, Yunnan"},
             {"沪闵路6258弄12号502", "沪闵路6258弄***"},
             {"上海市闵行区沪闵路6258号５０２室", "上海市闵行区沪闵路6258号***"},
             {"3号楼502室，沪闵路6258号，上海市", "***，沪闵路6258号，上海市"},
             {"Room 502, 上海市闵行区沪闵路6258号3号楼", "***, 上海市闵行区沪闵路6258号***"},
             {"钟楼区北大街99号A座1208", "钟楼区北大街99号***"},
             {"沪闵路6258号 3号楼502室", "沪闵路6258号 ***"},
             {"沪闵路6258号 / 3 / 502", "沪闵路6258号 / ***"},
             {"沪闵路6258号B1车库", "沪闵路6258号***"},
             {"沪闵路6258号三号楼五零二室", "沪闵路6258号***"},
             {"新北市板橋區文化路188號5樓之2", "新北市板橋區文化路188號***"},
             {"滬閔路6258號3號樓502室", "滬閔路6258號***"},
             {"滬閔路6258號2棟3單元4戶", "滬閔路6258號***"},
             {"沪闵路6258号，西门，3，502，右", "沪闵路6258号，西门，***"},
         }) {
        EXPECT_EQ(masked_address(address), masked) << address;
    }
}

RC_GTEST_PROP(MaskingProperty, NeverShowsARoomOrABuilding, ()) {
    const auto room = std::to_string(*rc::gen::inRange(1000, 9999));
    const auto building = std::to_string(*rc::gen::inRange(100, 999));
    const auto form = *rc::gen::element<std::string>(
        "上海市闵行区沪闵路6号%号楼@室", "上海市闵行区沪闵路6号%幢@", "沪闵路6弄%号@室",
        "@室, %栋, 沪闵路6号, 上海市", "Room @, Building %, No. 6 Humin Road, Shanghai",
        "@/% Humin Road, Shanghai", "Unit @ Block %, Humin Road", "Humin Lu 6 Hao % Dong @ Shi, Shanghai",
        "沪闵路6号 Block % Room @", "闵行区 @ 室 % 栋", "沪闵路6号 / % / @", "沪闵路6號%號樓@室",
        "沪闵路6号,%,@,右手", "沪闵路6号%-@后门", "沪闵路6號%棟@戶");
    std::string address;
    for (const char c : form) address += c == '@' ? room : c == '%' ? building : std::string(1, c);
    const auto masked = masked_address(address);
    RC_ASSERT(masked.find(room) == std::string::npos);
    RC_ASSERT(masked.find(building) == std::string::npos);
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
