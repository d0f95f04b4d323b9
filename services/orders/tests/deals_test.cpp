#include "orders/domain/deals.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <vector>

namespace shanhai::orders {
namespace {

using std::chrono::days;
using std::chrono::hours;

const Date monday{std::chrono::year{2026} / 5 / 4};
/// Noon in Shanghai.
Instant noon(Date day) { return start_of(day) + hours{12}; }

/// Costs `fen` since noon of Monday, by the third price there was.
AskedPrice asked(std::int64_t fen) { return {3, Fen{fen}, noon(monday)}; }
DealDay deal(int days_before, std::int32_t version, std::int64_t fen) {
    return {monday - days{days_before}, version, Fen{fen}};
}

TEST(Deals, CompareWithTheLowestOfTheSevenDaysBeforeThePriceWasEntered) {
    const std::vector deals{deal(8, 1, 900), deal(7, 1, 1800), deal(1, 2, 1700), deal(0, 3, 1500)};
    EXPECT_EQ(lowest_deal_before(asked(1500), deals), Fen{1700});
    EXPECT_EQ(compared_price(asked(1500), deals, monday), Fen{1700});
}

TEST(Deals, CountWhatWasSoldCheaplyOnTheVeryDayUntilThen) {
    const std::vector deals{deal(3, 1, 1800), deal(0, 2, 1100), deal(0, 3, 1500)};
    EXPECT_EQ(compared_price(asked(1500), deals, monday), std::nullopt)
        << "an hour at 11 yuan was a price, too";
    EXPECT_EQ(lowest_deal_before(asked(1500), deals), Fen{1100});
}

TEST(Deals, CompareWithNothingWithoutADealOrWithoutALowerPrice) {
    EXPECT_EQ(compared_price(asked(1500), {}, monday), std::nullopt);
    const std::vector old{deal(8, 1, 1800)};
    EXPECT_EQ(compared_price(asked(1500), old, monday), std::nullopt);
    const std::vector same{deal(2, 1, 1500)};
    EXPECT_EQ(compared_price(asked(1500), same, monday), std::nullopt);
    const std::vector lower{deal(2, 1, 1400)};
    EXPECT_EQ(compared_price(asked(1500), lower, monday), std::nullopt);
    auto unsaid = asked(1000);
    unsaid.since.reset();
    EXPECT_EQ(compared_price(unsaid, same, monday), std::nullopt) << "nobody said since when";
}

TEST(Deals, CompareWithNoMoreThanWasAskedInThoseDays) {
    const auto since = [](int days_before) { return noon(monday - days{days_before}); };
    const std::vector dear_for_an_hour{OfferedPrice{1, Fen{1500}, since(90)},
                                       OfferedPrice{2, Fen{9900}, since(0)},
                                       OfferedPrice{3, Fen{1500}, since(0)}};
    auto now = asked(1500);
    now.offered_before = lowest_offered(now, dear_for_an_hour);
    EXPECT_EQ(now.offered_before, Fen{1500});
    EXPECT_EQ(compared_price(now, std::vector{deal(0, 2, 9900)}, monday), std::nullopt);
    EXPECT_EQ(compared_price(asked(1500), std::vector{deal(0, 2, 9900)}, monday), Fen{9900})
        << "the deal alone";
    const std::vector long_ago{OfferedPrice{1, Fen{1500}, since(90)}, OfferedPrice{2, Fen{1990}, since(8)}};
    EXPECT_EQ(lowest_offered(now, long_ago), Fen{1990});
    const std::vector until_then{OfferedPrice{1, Fen{1500}, since(90)}, OfferedPrice{2, Fen{1990}, since(7)}};
    EXPECT_EQ(lowest_offered(now, until_then), Fen{1500}) << "at noon of the first of the seven days";
    const std::vector unsaid{OfferedPrice{1, Fen{1500}, {}}, OfferedPrice{2, Fen{1990}, {}}};
    EXPECT_EQ(lowest_offered(now, unsaid), Fen{1500}) << "nobody knows when it ended";
    EXPECT_EQ(lowest_offered(now, {}), std::nullopt);
}

TEST(Deals, StopComparingAfterThirtyDays) {
    const std::vector deals{deal(2, 1, 1800)};
    EXPECT_EQ(compared_price(asked(1500), deals, monday + days{29}), Fen{1800});
    EXPECT_EQ(compared_price(asked(1500), deals, monday + days{30}), std::nullopt);
}

TEST(Deals, SayWhatAPriceOfTodayWouldBeComparedWith) {
    const std::vector deals{deal(8, 1, 900), deal(7, 1, 1800), deal(0, 3, 1500)};
    EXPECT_EQ(lowest_deal_lately(deals, monday), Fen{1500});
    EXPECT_EQ(lowest_deal_lately(deals, monday - days{1}), Fen{900});
    EXPECT_EQ(lowest_deal_lately({}, monday), std::nullopt);
}

struct RawDeal {
    Instant at;
    std::int32_t version;
};

/// A history of prices, each some hours after the one before, and deals at the price of their moment.
struct History {
    std::vector<std::pair<Instant, Fen>> prices;  ///< Version n is the (n - 1)th.
    std::vector<RawDeal> deals;

    Fen price(std::int32_t version) const { return prices[static_cast<std::size_t>(version) - 1].second; }
    AskedPrice now() const {
        return {static_cast<std::int32_t>(prices.size()), prices.back().second, prices.back().first};
    }
    std::vector<DealDay> by_day() const {
        std::vector<DealDay> found;
        for (const auto& deal : deals)
            found.push_back({shanghai_date(deal.at), deal.version, price(deal.version)});
        return found;
    }
};

History some_history() {
    History history;
    auto at = noon(monday) - days{40};
    const auto versions = *rc::gen::inRange(1, 7);
    for (int version = 1; version <= versions; ++version) {
        history.prices.emplace_back(at, Fen{*rc::gen::inRange<std::int64_t>(1000, 1010)});
        const auto until = at + hours{*rc::gen::inRange(1, 300)};
        for (auto left = *rc::gen::inRange(0, 5); left > 0; --left) {
            const auto length = std::chrono::floor<std::chrono::minutes>(until - at).count();
            history.deals.push_back(
                {at + std::chrono::minutes{*rc::gen::inRange<std::int64_t>(0, length)}, version});
        }
        at = until;
    }
    return history;
}

RC_GTEST_PROP(DealsProperty, NeverCompareWithMoreThanAnybodyPaidInTheHundredAndSixtyEightHoursBefore, ()) {
    const auto history = some_history();
    const auto now = history.now();
    const auto deals = history.by_day();
    const auto compared = compared_price(now, deals, shanghai_date(*now.since));
    if (!compared) return;
    RC_ASSERT(*compared > now.price);
    bool found = false;
    for (const auto& deal : history.deals) {
        if (deal.version == now.version) continue;
        found = found || history.price(deal.version) == *compared;
        if (deal.at >= *now.since - days{7}) RC_ASSERT(*compared <= history.price(deal.version));
    }
    RC_ASSERT(found);
}

RC_GTEST_PROP(DealsProperty, NeedNoDealsOfBeforeTheyAreReadFrom, ()) {
    const auto history = some_history();
    const auto now = history.now();
    const auto today = shanghai_date(*now.since) + days{*rc::gen::inRange(0, 40)};
    const auto all = history.by_day();
    auto read = all;
    std::erase_if(read, [&](const DealDay& deal) { return deal.day < deals_needed_from(now.since, today); });
    RC_ASSERT(compared_price(now, read, today) == compared_price(now, all, today));
    RC_ASSERT(lowest_deal_lately(read, today) == lowest_deal_lately(all, today));
}

}  // namespace
}  // namespace shanhai::orders
