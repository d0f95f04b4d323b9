#include "vocabulary/codes.hpp"
#include "vocabulary/ids.hpp"
#include "vocabulary/trade.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <set>

namespace shanhai {
namespace {

TEST(CountyCode, TakesCountiesOnly) {
    EXPECT_TRUE(CountyCode::parse("530624"));
    for (const auto* text : {"", "53062", "5306240", "53062x", "530600", "530000", "030624"}) {
        EXPECT_FALSE(CountyCode::parse(text)) << text;
    }
    EXPECT_EQ(CountyCode::parse("530624")->prefecture(), "5306");
}

TEST(Gtin, ChecksItsLastDigitAndPads) {
    EXPECT_EQ(Gtin::parse("6901234567892")->text(), "06901234567892");
    EXPECT_EQ(Gtin::parse("06901234567892")->text(), "06901234567892");
    for (const auto* text : {"6901234567893", "690123456789", "", "69012345678921", "690123456789x"}) {
        EXPECT_FALSE(Gtin::parse(text)) << text;
    }
}

TEST(Uscc, ComputesTheCheckCharacterOfGb32100) {
    EXPECT_EQ(Uscc::check_character("91350100M000100Y4"), '3');
    EXPECT_TRUE(Uscc::parse("91350100M000100Y43"));
    EXPECT_EQ(Uscc::parse("91350100M000100Y43")->area(), "350100");
    EXPECT_FALSE(Uscc::parse("91350100M000100Y4Z"));
    EXPECT_FALSE(Uscc::parse("91350100M000100O43"));
    EXPECT_FALSE(Uscc::parse("91350100"));
}

TEST(OrderNumber, CarriesItsDayAndACheckDigit) {
    const auto at = *parse_rfc3339("2026-05-03T16:30:00Z");  // Already the 4th in Shanghai.
    const auto order = OrderNumber::make(at, 42);
    EXPECT_EQ(order.text().size(), OrderNumber::length);
    EXPECT_TRUE(order.text().starts_with("SH20260504"));
    EXPECT_TRUE(OrderNumber::parse(order.text()));
    auto mistyped = order.text();
    mistyped[12] = mistyped[12] == '9' ? '0' : static_cast<char>(mistyped[12] + 1);
    EXPECT_FALSE(OrderNumber::parse(mistyped));
    EXPECT_FALSE(OrderNumber::parse("SH2026"));
}

TEST(OrderNumber, NeverRepeatsWithinTheSequence) {
    std::set<std::string> seen;
    for (std::uint64_t i = 0; i < 20'000; ++i) seen.insert(OrderNumber::make(Instant{}, i * 499'979).text());
    EXPECT_EQ(seen.size(), 20'000U);
}

TEST(WireNames, ReadBack) {
    EXPECT_EQ(wire_name(ChannelKind::metro_qr), "METRO_QR");
    EXPECT_EQ(from_wire_name<ChannelKind>("ONLINE"), ChannelKind::online);
    EXPECT_FALSE(from_wire_name<ChannelKind>("online"));
}

TEST(Gtin, GivesGoodsOfOpenTradeNoneThatGs1KeepsFromIt) {
    const auto tradable = [](std::string digits) {
        digits += gs1_check_digit(digits);
        return static_cast<bool>(Gtin::parse(digits)->for_open_trade());
    };
    for (const auto* digits : {"690123456789", "952530624001", "03600029145", "1690123456789", "9638507"}) {
        EXPECT_TRUE(tradable(digits)) << digits;
    }
    for (const auto* digits : {"000000000000", "0000000", "200000000001", "299999999999", "23456789012",
                               "43456789012", "53456789012", "980123456789", "990123456789", "999999999999",
                               "9690123456789", "0123456", "2123456", "000000123456"}) {
        EXPECT_FALSE(tradable(digits)) << digits;
    }
}

TEST(AreaCode, HoldsTheCountiesBelowIt) {
    const auto holds = [](std::string_view area, std::string_view county) {
        return AreaCode::parse(area)->holds(*CountyCode::parse(county));
    };
    EXPECT_TRUE(holds("530624", "530624"));
    EXPECT_TRUE(holds("530600", "530624"));
    EXPECT_TRUE(holds("530000", "530624"));
    EXPECT_FALSE(holds("530500", "530624"));
    EXPECT_FALSE(holds("530625", "530624"));
    EXPECT_FALSE(AreaCode::parse("53062"));
    EXPECT_FALSE(AreaCode::parse("030624"));
}

TEST(SchemeCode, IsCapitalsDigitsAndSingleUnderscores) {
    for (const char* good : {"ABC", "MINHANG_YOUPIN", "A1_2", "SSSSSSSSSSSSSSSSSSSSSSSS"}) {
        EXPECT_TRUE(SchemeCode::parse(good)) << good;
    }
    for (const char* bad :
         {"", "AB", "abc", "1AB", "_AB", "AB_", "A__B", "A B", "SSSSSSSSSSSSSSSSSSSSSSSSS", "闵行"}) {
        EXPECT_FALSE(SchemeCode::parse(bad)) << bad;
    }
}

}  // namespace
}  // namespace shanhai
