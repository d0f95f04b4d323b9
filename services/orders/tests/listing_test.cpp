#include "orders/domain/listing.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace shanhai::orders {
namespace {

TEST(OrderNumberPart, TakesAWholeNumberOrItsDayAndFourDigits) {
    const auto whole = OrderNumber::make(now(), 123456).text();
    for (auto length = OrderNumberPart::length_min; length <= whole.size(); ++length)
        EXPECT_TRUE(OrderNumberPart::parse(whole.substr(0, length))) << length;
    auto mistyped = whole;
    mistyped.back() = mistyped.back() == '0' ? '1' : '0';
    for (const auto& bad : {std::string{}, std::string{"SH"}, whole.substr(0, 13), mistyped, whole + "0",
                            std::string{"SH2026050%_1234"}, std::string{"AB202605041234"}}) {
        EXPECT_FALSE(OrderNumberPart::parse(bad)) << bad;
    }
}

RC_GTEST_PROP(ListPositionProperty, IsReadAsItWasWritten, (std::uint32_t seconds, std::uint64_t order)) {
    const ListPosition position{instant_of(std::int64_t{seconds} * 1'000'001), OrderId{order}};
    const auto read = ListPosition::read(position.text());
    RC_ASSERT(read.has_value());
    RC_ASSERT(read->created == position.created);
    RC_ASSERT(read->order == position.order);
}

TEST(ListPosition, IsNothingElse) {
    for (const auto* text : {"", "1", "1 ", " 1", "x 1", "1 x", "1 1 "})
        EXPECT_FALSE(ListPosition::read(text)) << text;
}

TEST(ListedOrder, ShowsAMerchantItsOwnLinesAndWhatTheyCost) {
    const auto line = [](std::uint64_t merchant, std::int64_t price, std::int64_t quantity) {
        auto terms = std::make_shared<OfferTerms>();
        terms->merchant = MerchantId{merchant};
        terms->price = Fen{price};
        OrderLine made;
        made.terms = terms;
        made.quantity = quantity;
        return made;
    };
    ListedOrder listed;
    listed.order.total = Fen{1000};
    listed.order.lines = {line(5, 100, 2), line(6, 300, 1), line(5, 250, 2)};
    listed.keep_lines_of(MerchantId{5});
    ASSERT_EQ(listed.order.lines.size(), 2U);
    EXPECT_EQ(listed.order.total, Fen{700});
}

TEST(OrderFilter, FindsNoUnpaidOrdersOfAMerchant) {
    OrderFilter filter;
    filter.merchant = MerchantId{5};
    EXPECT_FALSE(filter.empty());
    filter.state = OrderState::paid;
    EXPECT_FALSE(filter.empty());
    filter.state = OrderState::created;
    EXPECT_TRUE(filter.empty());
    filter.merchant.reset();
    EXPECT_FALSE(filter.empty());
}

}  // namespace
}  // namespace shanhai::orders
