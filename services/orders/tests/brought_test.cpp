#include "orders/domain/brought.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <algorithm>

namespace shanhai::orders {
namespace {

using std::chrono::hours;

const Instant paid = std::chrono::sys_days{std::chrono::year{2026} / 5 / 4};

/// Packs of SKU `sku` at `fen`, certified at payment as far as was known then.
OrderLine line(std::uint64_t sku, const std::string& county, std::int64_t quantity, std::int64_t fen,
               bool certified = true) {
    auto terms = std::make_shared<OfferTerms>();
    terms->sku = SkuId{sku};
    terms->price = Fen{fen};
    return {OrderLineId{sku}, terms, LotId{sku}, "L", county, quantity, CertificationId{}, certified};
}
Order order_of(std::vector<OrderLine> lines, OrderState state = OrderState::paid) {
    Order order;
    order.state = state;
    if (state == OrderState::paid) order.paid = paid;
    for (const auto& one : lines) order.total += one.total();
    order.lines = std::move(lines);
    return order;
}
/// SKU `sku`, certified since long ago and suspended `since`.
Offer suspended(std::uint64_t sku, Instant since) {
    const Certification certification{CertificationId{9},
                                      paid - hours{1000},
                                      paid + hours{1000},
                                      CertificationState::suspended,
                                      since,
                                      {{CertificationState::certified, paid - hours{1000}}}};
    return {line(sku, "530624", 1, 1).terms, true, {certification}};
}

TEST(Brought, IsWhatTheCertifiedLinesOfEachCountyCost) {
    const auto order = order_of({line(1, "530625", 1, 1500), line(2, "530624", 2, 1990),
                                 line(3, "530624", 1, 700), line(4, "530624", 1, 999, false)});
    const std::vector<Brought> wanted{{"530624", Fen{4680}}, {"530625", Fen{1500}}};
    EXPECT_EQ(brought_by(order, OfferBook{}), wanted);
}

TEST(Brought, IsNothingUnlessTheOrderIsPaidAndSomethingCounts) {
    for (const auto state : {OrderState::created, OrderState::expired, OrderState::cancelled}) {
        EXPECT_TRUE(brought_by(order_of({line(1, "530624", 1, 1990)}, state), OfferBook{}).empty());
    }
    EXPECT_TRUE(brought_by(order_of({line(1, "530624", 1, 1990, false)}), OfferBook{}).empty());
}

TEST(Brought, HearsOfASuspensionThatThePaymentOvertook) {
    const auto order = order_of({line(1, "530624", 1, 1990)});
    OfferBook late;
    late.add(suspended(1, paid - hours{1}));
    EXPECT_TRUE(brought_by(order, late).empty());
    OfferBook after;
    after.add(suspended(1, paid + hours{1}));
    EXPECT_EQ(brought_by(order, after).size(), 1U) << "what happens later takes nothing back";
}

RC_GTEST_PROP(Brought, IsNeverMoreThanWasPaidAndAllOfWhatCounts, ()) {
    std::vector<OrderLine> lines;
    Fen counted;
    for (int i = *rc::gen::inRange(0, 20); i > 0; --i) {
        lines.push_back(line(static_cast<std::uint64_t>(i), "53062" + std::to_string(*rc::gen::inRange(1, 5)),
                             *rc::gen::inRange(1, 50), *rc::gen::inRange(0, 1'000'000),
                             *rc::gen::arbitrary<bool>()));
        if (lines.back().certified_at_payment) counted += lines.back().total();
    }
    const auto order = order_of(std::move(lines));
    const auto all = brought_by(order, OfferBook{});
    Fen sum;
    for (const auto& one : all) sum += one.amount;
    RC_ASSERT(sum == counted);
    RC_ASSERT(sum <= order.total);
    RC_ASSERT(std::ranges::adjacent_find(all, [](const auto& a, const auto& b) {
                  return a.county_code >= b.county_code;
              }) == all.end());
}

}  // namespace
}  // namespace shanhai::orders
