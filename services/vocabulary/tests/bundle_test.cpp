#include "vocabulary/bundle.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace shanhai {
namespace {

using Shares = std::vector<std::vector<PackShare>>;

TEST(BundleShares, FollowWhatThePartsCostByThemselves) {
    // 3 × 19.90 and 2 × 200.00 for 399.00: 459.70 apart.
    const std::vector<BundlePart> parts{{Fen{1990}, 3}, {Fen{20000}, 2}};
    const Shares expected{{{Fen{1727}, 2}, {Fen{1728}, 1}}, {{Fen{17359}, 2}}};
    EXPECT_EQ(share_out(Fen{39900}, parts), expected);
    EXPECT_EQ(bought_apart(parts), Fen{45970});
}

TEST(BundleShares, GiveATieToTheEarlierPart) {
    const std::vector<BundlePart> parts{{Fen{100}, 1}, {Fen{100}, 1}};
    const Shares expected{{{Fen{76}, 1}}, {{Fen{75}, 1}}};
    EXPECT_EQ(share_out(Fen{151}, parts), expected);
}

TEST(BundleShares, AreNoneWhenAPackWouldCostNothing) {
    const std::vector<BundlePart> parts{{Fen{1}, 9}, {Fen{100'000}, 1}};
    EXPECT_FALSE(share_out(Fen{50'000}, parts));
    EXPECT_TRUE(share_out(Fen{100'009}, parts));
}

TEST(BundleShares, AreNoneOfABundleThatIsDearerThanItsParts) {
    const std::vector<BundlePart> parts{{Fen{100}, 2}};
    EXPECT_TRUE(share_out(Fen{200}, parts));
    EXPECT_FALSE(share_out(Fen{201}, parts));
    EXPECT_FALSE(share_out(Fen{1}, {}));
}

RC_GTEST_PROP(BundleSharesProperty, SumToThePriceAndNeverExceedAFenOfDifference, ()) {
    const auto count = *rc::gen::inRange<std::size_t>(1, bundle_components_max + 1);
    std::vector<BundlePart> parts;
    for (std::size_t i = 0; i < count; ++i) {
        parts.push_back({Fen{*rc::gen::oneOf(rc::gen::inRange<std::int64_t>(1, 100),
                                             rc::gen::inRange<std::int64_t>(1, line_fen_max.count() + 1))},
                         *rc::gen::inRange<std::int64_t>(1, bundle_component_packs_max + 1)});
    }
    const auto apart = bought_apart(parts);
    const Fen price{*rc::gen::inRange<std::int64_t>(1, apart.count() + 1)};
    const auto shares = share_out(price, parts);
    if (!shares) return;
    RC_ASSERT(shares->size() == parts.size());
    Fen sum;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto& of_part = (*shares)[i];
        std::int64_t packs = 0;
        Fen part;
        for (const auto& share : of_part) {
            RC_ASSERT(share.packs > 0);
            RC_ASSERT(share.price >= Fen{1});
            packs += share.packs;
            part += share.price * share.packs;
        }
        RC_ASSERT(packs == parts[i].packs);
        RC_ASSERT(of_part.size() == 1 ||
                  (of_part.size() == 2 && of_part[1].price == of_part[0].price + Fen{1}));
        // No part costs more than its own list price, but for the fen that a remainder may add.
        RC_ASSERT(part <= parts[i].list_price * parts[i].packs + Fen{1});
        sum += part;
    }
    RC_ASSERT(sum == price);
}

/// The plain price always can be shared out: every pack then costs what it costs by itself.
RC_GTEST_PROP(BundleSharesProperty, LeaveThePartsTheirPricesWhenNothingIsTakenOff, ()) {
    const auto count = *rc::gen::inRange<std::size_t>(1, bundle_components_max + 1);
    std::vector<BundlePart> parts;
    for (std::size_t i = 0; i < count; ++i) {
        parts.push_back({Fen{*rc::gen::inRange<std::int64_t>(1, 1'000'000)},
                         *rc::gen::inRange<std::int64_t>(1, bundle_component_packs_max + 1)});
    }
    const auto shares = share_out(bought_apart(parts), parts);
    RC_ASSERT(shares.has_value());
    for (std::size_t i = 0; i < parts.size(); ++i) {
        RC_ASSERT((*shares)[i] == std::vector<PackShare>(1, {parts[i].list_price, parts[i].packs}));
    }
}

}  // namespace
}  // namespace shanhai
