#include "orders/domain/holds.hpp"
#include "orders/http/client_network.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace shanhai::orders {
namespace {

constexpr HoldCaps caps{5, 10, 200, 80, 20};

TEST(HoldCaps, LeavesTheLastPackToWhoeverComesFirst) {
    EXPECT_FALSE(shelf_limit(caps, {1, 0}, 0, 1));
    EXPECT_FALSE(shelf_limit(caps, {4, 0}, 0, 4));
}

TEST(HoldCaps, KeepsAReserveForNetworksThatHoldNothing) {
    EXPECT_FALSE(shelf_limit(caps, {100, 0}, 0, 80));
    EXPECT_EQ(shelf_limit(caps, {100, 0}, 0, 81), HoldLimit::shelf);
    EXPECT_EQ(shelf_limit(caps, {20, 80}, 3, 1), HoldLimit::shelf);
    EXPECT_FALSE(shelf_limit(caps, {20, 80}, 0, 1));
    EXPECT_EQ(shelf_limit(caps, {20, 80}, 0, 2), HoldLimit::shelf);
    EXPECT_FALSE(shelf_limit(caps, {20'000, 80'000}, 0, 10));
}

TEST(HoldCaps, GivesANetworkThatComesAgainItsShareOnly) {
    EXPECT_FALSE(shelf_limit(caps, {90, 10}, 10, 10));
    EXPECT_EQ(shelf_limit(caps, {90, 10}, 10, 11), HoldLimit::network_share);
}

TEST(HoldCaps, CallsMoreThanThereIsSoldOutAndNotHeld) { EXPECT_FALSE(shelf_limit(caps, {10, 0}, 0, 11)); }

TEST(HoldCaps, CapsNothingWhenTheyAreOff) {
    const HoldCaps off;
    EXPECT_TRUE(off.none());
    EXPECT_FALSE(shelf_limit(off, {1, 99}, 99, 1));
    HoldCounts counts;
    for (std::uint64_t i = 1; i <= 50; ++i) counts.add(OrderId{i}, {{1, 1, 1}, {{SkuId{1}, 1}}});
    EXPECT_FALSE(counts.limit(off, {1, 1, 1}));
}

TEST(HoldCounts, NamesTheCapThatIsReached) {
    HoldCounts counts;
    for (std::uint64_t i = 1; i <= 5; ++i) counts.add(OrderId{i}, {{7, i, i}, {}});
    EXPECT_EQ(counts.limit(caps, {7, 99, 99}), HoldLimit::telephone);
    for (std::uint64_t i = 11; i <= 20; ++i) counts.add(OrderId{i}, {{i, 8, i}, {}});
    EXPECT_EQ(counts.limit(caps, {99, 8, 99}), HoldLimit::address);
    for (std::uint64_t i = 101; i <= 300; ++i) counts.add(OrderId{i}, {{i, i, 9}, {}});
    EXPECT_EQ(counts.limit(caps, {99, 99, 9}), HoldLimit::network);
    EXPECT_FALSE(counts.limit(caps, {99, 99, 99}));
    counts.remove(OrderId{1});
    EXPECT_FALSE(counts.limit(caps, {7, 99, 99}));
}

TEST(HoldCounts, KnowWhoHasAnUnpaidOrder) {
    HoldCounts counts;
    counts.add(OrderId{1}, {{7, 8, 9}, {}});
    EXPECT_TRUE(counts.knows({7, 99, 99}));
    EXPECT_TRUE(counts.knows({99, 8, 99}));
    EXPECT_FALSE(counts.knows({99, 99, 9})) << "a whole train shares a network";
    counts.remove(OrderId{1});
    EXPECT_FALSE(counts.knows({7, 8, 9}));
}

RC_GTEST_PROP(HoldCountsProperty, CountsWhatIsHeldHoweverItCameAndWent, ()) {
    HoldCounts counts;
    std::map<std::uint64_t, Hold> model;
    const auto steps = *rc::gen::inRange(1, 60);
    for (int i = 0; i < steps; ++i) {
        const auto order = *rc::gen::inRange<std::uint64_t>(1, 12);
        if (*rc::gen::arbitrary<bool>()) {
            const auto who = *rc::gen::inRange<std::uint64_t>(1, 4);
            const auto packs = *rc::gen::inRange<std::int64_t>(1, 9);
            const Hold hold{{who, who + 10, who + 20}, {{SkuId{1}, packs}, {SkuId{2}, 1}}};
            counts.add(OrderId{order}, hold);
            model.try_emplace(order, hold);
        } else {
            counts.remove(OrderId{order});
            model.erase(order);
        }
    }
    RC_ASSERT(counts.size() == model.size());
    for (std::uint64_t who = 1; who < 4; ++who) {
        std::int64_t orders = 0;
        std::int64_t packs = 0;
        for (const auto& [order, hold] : model) {
            if (hold.by.telephone != who) continue;
            ++orders;
            packs += hold.goods[0].packs;
        }
        RC_ASSERT(counts.packs(who + 20, SkuId{1}) == packs);
        const HoldCaps exactly{orders == 0 ? 1 : orders, 0, 0, 100, 100};
        RC_ASSERT(counts.limit(exactly, {who, 0, 0}).has_value() == (orders > 0));
    }
}

/// One shelf, and those who hold packs of it without paying: a model of what the store does under the shelf's
/// lock.
class Shelf {
public:
    explicit Shelf(std::int64_t packs) : level_{packs, 0} {}

    bool order(const HoldPrincipals& by, std::int64_t packs, int minute) {
        if (packs > level_.available || counts_.limit(caps, by)) return false;
        if (shelf_limit(caps, level_, counts_.packs(by.network, SkuId{1}), packs)) return false;
        counts_.add(OrderId{++last_}, {by, {{SkuId{1}, packs}}});
        level_.available -= packs;
        level_.held += packs;
        ends_.emplace(minute + 5, std::pair{last_, packs});
        return true;
    }
    void expire(int minute) {
        while (!ends_.empty() && ends_.begin()->first <= minute) {
            const auto [order, packs] = ends_.begin()->second;
            counts_.remove(OrderId{order});
            level_.available += packs;
            level_.held -= packs;
            ends_.erase(ends_.begin());
        }
    }
    const ShelfLevel& level() const { return level_; }
    std::size_t holds() const { return counts_.size(); }

private:
    ShelfLevel level_;
    HoldCounts counts_;
    std::multimap<int, std::pair<std::uint64_t, std::int64_t>> ends_;
    std::uint64_t last_ = 0;
};

RC_GTEST_PROP(HoldsProperty, LetsAnHonestShopperBuyWhateverAThousandBotsHold, ()) {
    // Telephones and addresses are made up at will; of networks the bots have fewer than the reserve has
    // packs.
    const auto packs = *rc::gen::inRange<std::int64_t>(50, 5000);
    const auto reserve = shelf_reserve(caps, packs);
    const auto networks = *rc::gen::inRange<std::int64_t>(1, std::min<std::int64_t>(reserve, 1000));
    const auto greed = *rc::gen::inRange<std::int64_t>(1, 60);
    const auto waves = *rc::gen::inRange(1, 4);
    const auto seed = *rc::gen::inRange<std::uint64_t>(1, 1'000'000);
    Shelf shelf{packs};
    std::uint64_t forged = seed;
    for (int minute = 0; minute < waves; ++minute) {
        shelf.expire(minute);
        for (int bot = 0; bot < 1000; ++bot) {
            forged = forged * 6364136223846793005ULL + 1442695040888963407ULL;
            const auto network = 1 + forged % static_cast<std::uint64_t>(networks);
            (void)shelf.order(
                {forged, forged >> 7U, network},
                1 + static_cast<std::int64_t>((forged >> 33U) % static_cast<std::uint64_t>(greed)), minute);
            // Above the crowd's share stand first, small holds only: one of each network.
            RC_ASSERT(shelf.level().held <= packs - reserve + networks * reserve_portion(reserve));
            RC_ASSERT(shelf.level().held + shelf.level().available == packs);
        }
        RC_ASSERT(shelf.order({1, 2, 1'000'000'007}, 1, minute));  // Somebody who holds nothing yet.
        shelf.expire(minute + 5);                                  // And every hold ends.
        RC_ASSERT(shelf.holds() == 0U);
        RC_ASSERT(shelf.level().held == 0);
    }
}

TEST(ClientNetwork, IsWhatAClientCannotChooseFreely) {
    EXPECT_EQ(client_network("203.0.113.77"), "203.0.113.0/24");
    EXPECT_EQ(client_network("::ffff:203.0.113.9"), "203.0.113.0/24");
    EXPECT_EQ(client_network("2001:db8:1:2:3:4:5:6"), client_network("2001:db8:1:2::1"));
    EXPECT_NE(client_network("2001:db8:1:2::1"), client_network("2001:db8:1:3::1"));
    EXPECT_EQ(client_network(""), "unknown");
}

TEST(AddressForm, IsTheSameForTheSameDoorHoweverItIsWritten) {
    const auto form = address_form("上海市闵行区沪闵路6258号3号楼502室B座");
    EXPECT_EQ(address_form("上海市 闵行区，沪闵路６２５８号（3号楼）502室b座。"), form);
    EXPECT_EQ(address_form("上海市　闵行区 沪闵路6258号-3号楼 502室\nＢ座"), form);
    EXPECT_NE(address_form("上海市闵行区沪闵路6258号3号楼503室B座"), form);
}

RC_GTEST_PROP(AddressForm, TakesAnyBytes, ()) {
    const auto text = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
    RC_ASSERT(address_form(text).size() <= text.size());
}

RC_GTEST_PROP(GoodsText, ReadsBackWhatItWrote, ()) {
    std::vector<HeldPacks> goods;
    const auto count = *rc::gen::inRange(0, 21);
    for (int i = 0; i < count; ++i) {
        goods.push_back({SkuId{*rc::gen::inRange<std::uint64_t>(1, 1ULL << 60U)},
                         *rc::gen::inRange<std::int64_t>(1, 1'000'001)});
    }
    const auto text = goods_text(goods);
    RC_ASSERT(text.size() <= 700U);
    const auto read = goods_of(text);
    RC_ASSERT(read.size() == goods.size());
    for (std::size_t i = 0; i < goods.size(); ++i) {
        RC_ASSERT(read[i].sku == goods[i].sku && read[i].packs == goods[i].packs);
    }
}

}  // namespace
}  // namespace shanhai::orders
