#include "orders/domain/request.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace shanhai::orders {
namespace {

const Instant at = std::chrono::sys_days{std::chrono::year{2026} / 5 / 4};

Offer offer(std::uint64_t sku) {
    auto terms = std::make_shared<OfferTerms>();
    terms->sku = SkuId{sku};
    terms->merchant = MerchantId{5};
    terms->price_version = 3;
    terms->price = Fen{1990};
    terms->order_quantity_max = 10;
    return {terms,
            true,
            {{CertificationId{sku}, at - std::chrono::hours{1}, at + std::chrono::hours{1}, {}, {}}}};
}
BundlePacks packs(std::uint64_t sku, std::int64_t price, std::int64_t quantity) {
    auto terms = std::make_shared<OfferTerms>(*offer(sku).terms);
    terms->price = Fen{price};
    terms->bundle = OfBundle{BundleId{11}, 2, "礼盒"};
    return {terms, quantity};
}
OfferBook book() {
    OfferBook book;
    for (const std::uint64_t sku : {1U, 2U}) book.add(offer(sku));
    auto unlisted = offer(3);
    unlisted.listed = false;
    book.add(unlisted);
    auto uncertified = offer(4);
    uncertified.certifications.clear();
    book.add(uncertified);
    auto confirmed = offer(5);
    auto terms = std::make_shared<OfferTerms>(*confirmed.terms);
    terms->return_policy = ReturnPolicy::confirmed_exempt;
    confirmed.terms = terms;
    book.add(confirmed);
    book.add(Bundle{BundleId{11},
                    MerchantId{5},
                    2,
                    "礼盒",
                    Fen{5000},
                    true,
                    {packs(1, 1666, 1), packs(1, 1667, 1), packs(2, 1667, 1)}});
    book.add(Bundle{BundleId{12}, MerchantId{5}, 2, "礼盒", Fen{5000}, false, {packs(1, 2500, 2)}});
    book.add(Bundle{BundleId{13}, MerchantId{5}, 2, "礼盒", Fen{5000}, true, {}});
    book.add(Bundle{
        BundleId{14}, MerchantId{5}, 2, "礼盒", Fen{5000}, true, {packs(1, 2500, 1), packs(4, 2500, 1)}});
    book.add(Placement{PlacementId{7}, ChannelKind::metro_qr});
    return book;
}
OrderRequest request(std::vector<LineRequest> lines) {
    OrderRequest request;
    request.lines = std::move(lines);
    request.receiver = {"张三丰", "13812345678", std::nullopt, "上海市闵行区"};
    return request;
}

struct Refusal {
    std::vector<LineRequest> lines;
    std::string code;
    std::string pointer;
};

TEST(Draft, NamesTheRuleAndTheLineThatBreaksIt) {
    const std::vector<Refusal> refusals{
        {{{SkuId{1}, 1, 3}, {SkuId{9}, 1, 3}}, "sku-unknown", "/lines/1/sku_id"},
        {{{SkuId{1}, 1, 2}}, "price-changed", "/lines/0/price_version"},
        {{{SkuId{3}, 1, 3}}, "not-for-sale", "/lines/0/sku_id"},
        {{{SkuId{4}, 1, 3}}, "certification-not-valid", "/lines/0/sku_id"},
        {{{SkuId{1}, 11, 3}}, "quantity-above-cap", "/lines/0/quantity"},
        {{{SkuId{1}, 6, 3}, {SkuId{2}, 1, 3}, {SkuId{1}, 5, 3}}, "quantity-above-cap", "/lines/2/quantity"},
        {{{SkuId{5}, 1, 3}}, "confirmation-missing", "/confirmed_no_return"},
        {{{SkuId{}, 1, 2, BundleId{99}}}, "bundle-unknown", "/lines/0/bundle_id"},
        {{{SkuId{}, 1, 1, BundleId{11}}}, "bundle-changed", "/lines/0/bundle_version"},
        {{{SkuId{}, 1, 2, BundleId{12}}}, "not-for-sale", "/lines/0/bundle_id"},
        {{{SkuId{}, 1, 2, BundleId{13}}}, "not-for-sale", "/lines/0/bundle_id"},
        {{{SkuId{1}, 1, 3}, {SkuId{}, 1, 2, BundleId{14}}}, "certification-not-valid", "/lines/1/bundle_id"},
        {{{SkuId{}, 5, 2, BundleId{11}}, {SkuId{1}, 1, 3}}, "quantity-above-cap", "/lines/1/quantity"},
    };
    for (const auto& refusal : refusals) {
        const auto drafted = draft(request(refusal.lines), book(), std::nullopt, at);
        ASSERT_FALSE(drafted) << refusal.code;
        EXPECT_EQ(drafted.error().code(), refusal.code);
        ASSERT_FALSE(drafted.error().fields().empty());
        EXPECT_EQ(drafted.error().fields()[0].pointer, refusal.pointer);
    }
}

TEST(Draft, SumsTheLinesAndKeepsTheCertification) {
    const auto drafted = draft(request({{SkuId{1}, 2, 3}, {SkuId{2}, 3, 3}}), book(), std::nullopt, at);
    ASSERT_TRUE(drafted);
    EXPECT_EQ(drafted->total, Fen{5 * 1990});
    EXPECT_EQ(drafted->lines[1].certification, CertificationId{2});
    EXPECT_EQ(drafted->channel, ChannelKind::online);
}

TEST(Draft, MakesABundleThePacksThatItHolds) {
    const auto drafted =
        draft(request({{SkuId{2}, 1, 3}, {SkuId{}, 3, 2, BundleId{11}}}), book(), std::nullopt, at);
    ASSERT_TRUE(drafted);
    ASSERT_EQ(drafted->lines.size(), 4U);
    EXPECT_EQ(drafted->total, Fen{1990 + 3 * 5000});
    EXPECT_EQ(drafted->lines[1].quantity, 3);
    EXPECT_EQ(drafted->lines[3].asked, 1U);
    EXPECT_EQ(drafted->lines[3].certification, CertificationId{2});
    EXPECT_TRUE(still_for_sale(*drafted, book(), at));
    auto changed = book();
    changed.add(
        Bundle{BundleId{11}, MerchantId{5}, 3, "礼盒", Fen{5000}, true, {{drafted->lines[1].terms, 1}}});
    EXPECT_EQ(still_for_sale(*drafted, changed, at).error().code(), "bundle-changed");
}

TEST(Draft, HoldsFewKindsOfPacks) {
    auto facts = book();
    std::vector<BundlePacks> many;
    for (int i = 0; i < 31; ++i) many.push_back(packs(1, 100, 1));
    for (int i = 0; i < 30; ++i) many.push_back(packs(2, 100, 1));
    facts.add(Bundle{BundleId{21}, MerchantId{5}, 2, "礼盒", Fen{6100}, true, many});
    const auto drafted = draft(request({{SkuId{}, 1, 2, BundleId{21}}}), facts, std::nullopt, at);
    ASSERT_FALSE(drafted);
    EXPECT_EQ(drafted.error().fields().at(0).pointer, "/lines/0");
}

TEST(Bundle, IsWholeWhenItsPacksAreItsVersionsAndSumToItsPrice) {
    Bundle bundle{BundleId{11}, MerchantId{5}, 2, "礼盒", Fen{5000}, true, {packs(1, 2500, 2)}};
    EXPECT_TRUE(bundle.whole());
    bundle.version = 3;
    EXPECT_FALSE(bundle.whole());
    bundle.version = 2;
    bundle.price = Fen{5001};
    EXPECT_FALSE(bundle.whole());
}

TEST(Draft, RefusesAMerchantThatIsNotActive) {
    auto facts = book();
    facts.deactivate(MerchantId{5});
    EXPECT_EQ(draft(request({{SkuId{1}, 1, 3}}), facts, std::nullopt, at).error().code(), "not-for-sale");
}

TEST(Draft, CreditsAScanForADayAndNoLonger) {
    const auto channel = [](std::chrono::minutes ago) {
        const Attribution attribution{PlacementId{7}, at - ago};
        return draft(request({{SkuId{1}, 1, 3}}), book(), attribution, at)->channel;
    };
    EXPECT_EQ(channel(std::chrono::hours{24}), ChannelKind::metro_qr);
    EXPECT_EQ(channel(std::chrono::hours{24} + std::chrono::minutes{1}), ChannelKind::online);
    EXPECT_EQ(channel(std::chrono::minutes{-4}), ChannelKind::metro_qr);
    EXPECT_EQ(channel(std::chrono::minutes{-6}), ChannelKind::online);
}

TEST(Certification, IsGoodBeforeItsSuspensionAndNotAfter) {
    Certification one{CertificationId{1}, at, at + std::chrono::hours{10}, CertificationState::suspended,
                      at + std::chrono::hours{5}};
    EXPECT_TRUE(one.valid_at(at));
    EXPECT_TRUE(one.valid_at(at + std::chrono::hours{4}));
    EXPECT_FALSE(one.valid_at(at + std::chrono::hours{5}));
    one.state = CertificationState::certified;
    EXPECT_TRUE(one.valid_at(at + std::chrono::hours{9}));
    EXPECT_FALSE(one.valid_at(at + std::chrono::hours{10}));
    EXPECT_FALSE(one.valid_at(at - std::chrono::microseconds{1}));
}

RC_GTEST_PROP(CanonicalText, DiffersWhereverTwoRequestsDiffer, ()) {
    const auto any_request = [] {
        auto made = request({});
        const auto lines = *rc::gen::inRange(1, 3);
        for (int i = 0; i < lines; ++i) {
            made.lines.push_back({SkuId{*rc::gen::inRange<std::uint64_t>(1, 3)},
                                  *rc::gen::inRange<std::int64_t>(1, 3), *rc::gen::inRange(1, 3)});
            if (*rc::gen::arbitrary<bool>()) {
                auto& line = made.lines.back();
                line.bundle = BundleId{number(line.sku)};
                line.sku = SkuId{};
            }
        }
        made.receiver.name = *rc::gen::element<std::string>("a", "ab", "a1:b");
        made.receiver.address = *rc::gen::element<std::string>("b", "bc", "1:bc");
        if (*rc::gen::arbitrary<bool>()) made.attribution = *rc::gen::element<std::string>("", "t");
        if (*rc::gen::arbitrary<bool>())
            made.receiver.region_code = *rc::gen::element<std::string>("", "310112");
        made.confirmed_no_return = *rc::gen::arbitrary<bool>();
        return made;
    };
    const auto left = any_request();
    const auto right = any_request();
    bool same = left.lines.size() == right.lines.size() && left.attribution == right.attribution &&
                left.receiver == right.receiver && left.confirmed_no_return == right.confirmed_no_return;
    for (std::size_t i = 0; same && i < left.lines.size(); ++i) {
        same = left.lines[i].sku == right.lines[i].sku && left.lines[i].bundle == right.lines[i].bundle &&
               left.lines[i].quantity == right.lines[i].quantity &&
               left.lines[i].price_version == right.lines[i].price_version;
    }
    RC_ASSERT((canonical_text(left) == canonical_text(right)) == same);
}

}  // namespace
}  // namespace shanhai::orders
