#include "orders/domain/receiver.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <algorithm>

namespace shanhai::orders {
namespace {

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

}  // namespace
}  // namespace shanhai::orders
