#include "vocabulary/licence.hpp"

#include "vocabulary/ids.hpp"

#include <gtest/gtest.h>

namespace shanhai {
namespace {

TEST(FoodLicence, ChecksItsFormAndCheckDigit) {
    const std::string digits = "1165306240001";  // Kind, class, area, sequence.
    const auto good = "SC" + digits + mod_11_10_check_digit(digits);
    ASSERT_TRUE(FoodLicence::parse(good));
    EXPECT_EQ(FoodLicence::parse(good)->area(), "530624");
    auto wrong = good;
    wrong.back() = wrong.back() == '9' ? '0' : static_cast<char>(wrong.back() + 1);
    for (const auto& text : {wrong, std::string{"SC"}, std::string{}, "XX" + good.substr(2), good + "1"}) {
        EXPECT_FALSE(FoodLicence::parse(text)) << text;
    }
}

TEST(Area, IsTheCountysOrItsPrefecturesWithAWord) {
    const auto county = *CountyCode::parse("530624");
    const auto code = [&](std::string_view area, bool explained) {
        const auto fault = fault_of_area(area, county, explained, "/uscc");
        return fault ? fault->code() + fault->fields().front().pointer : std::string{};
    };
    EXPECT_EQ(code("530624", false), "");
    EXPECT_EQ(code("530600", true), "");
    EXPECT_EQ(code("530600", false), "area-mismatch/uscc");
    EXPECT_EQ(code("530625", true), "area-mismatch/uscc");
    EXPECT_EQ(code("530000", true), "area-mismatch/uscc");
    EXPECT_EQ(code("310112", true), "area-mismatch/uscc");
}

TEST(BusinessLicence, IsANumberOfDigitsAndCapitals) {
    EXPECT_TRUE(business_licence_number("93530624MA6K00000C"));
    for (const char* bad :
         {"", "12345", "93530624ma6k00000c", "9353 0624", "1234567890123456789012345678901"})
        EXPECT_FALSE(business_licence_number(bad)) << bad;
}

}  // namespace
}  // namespace shanhai
