#include "integration/orders/fixture.hpp"

#include "orders/application/reports.hpp"
#include "orders/store/bundle_rows.hpp"
#include "orders/store/deal_rows.hpp"

namespace shanhai::orders {
namespace {

/// Bundle 1: three packs of SKU 1 and two of SKU 2 for 88.01, which cannot be shared out evenly.
class BundlesTest : public OrdersTest {
protected:
    BundlesTest() {
        learn(bundle());
        shop_.stock(11, 2);
        shop_.stock(12, 4);
        shop_.stock(21, 4);
    }
    static KnownBundle bundle(std::uint64_t id = 1) {
        return {
            BundleId{id}, MerchantId{5}, 1, "大关笋礼盒", Fen{8801}, true, {{SkuId{1}, 3}, {SkuId{2}, 2}}};
    }
    void learn(const KnownBundle& bundle) {
        (void)shop_.pool.transact_blocking([&](database::Session& session) -> Result<Done> {
            save_bundle(session, bundle);
            return Done{};
        });
        shop_.refresh();
    }
    static LineRequest of_bundle(std::int64_t quantity, std::int32_t version = 1, std::uint64_t id = 1) {
        return {SkuId{}, quantity, version, BundleId{id}};
    }
    Order placed(const std::string& key, std::int64_t quantity = 1) {
        auto answers = shop_.place({shop_.order(key, std::vector{of_bundle(quantity)})});
        if (!answers[0]) throw std::runtime_error{answers[0].error().code()};
        return answers[0]->order;
    }
    std::string refusal(const std::string& key, std::vector<LineRequest> lines) {
        auto answers = shop_.place({shop_.order(key, std::move(lines))});
        return answers[0] ? "" : answers[0].error().code();
    }
    Attempt open(const Order& order) {
        std::vector<OpenPayment> requests{{order.number, "sandbox"}};
        const auto attempts = payments_.open(requests);
        if (!attempts[0]) throw std::runtime_error{attempts[0].error().code()};
        return *attempts[0];
    }
    void pay(const Attempt& attempt) {
        const std::vector<ProviderReport> reports{
            {attempt.number, ProviderState::success, "TX" + attempt.number, attempt.amount, now()}};
        ASSERT_TRUE(apply_reports(shop_.books, reports));
    }
    /// "lot quantity × price" of each line, as it is stored.
    std::multiset<std::string> lines() {
        std::multiset<std::string> found;
        (void)shop_.pool.transact_blocking([&](database::Session& session) -> Result<Done> {
            found.clear();
            auto rows = session.query(
                "SELECT l.lot_id, l.quantity, r.price_fen FROM order_line l JOIN offer_revision r ON "
                "r.revision_id = l.revision_id WHERE r.bundle_id = 1");
            while (rows.next()) found.insert(rows.text(0) + ": " + rows.text(1) + " × " + rows.text(2));
            return Done{};
        });
        return found;
    }

    Payments payments_{shop_.books, shop_.providers};
    Closing closing_{shop_.books, shop_.providers};
};

TEST_F(BundlesTest, AreSoldAsPacksThatCostTheBundlesPriceExactly) {
    const auto order = placed("k");
    EXPECT_EQ(order.total, Fen{8801});
    EXPECT_EQ(lines(), (std::multiset<std::string>{"11: 2 × 1760", "12: 1 × 1761", "21: 2 × 1760"}));
    ASSERT_TRUE(order.lines[0].terms->bundle);
    EXPECT_EQ(order.lines[0].terms->bundle->name, "大关笋礼盒");
    EXPECT_EQ(order.lines[0].terms->bundle->version, 1);
    pay(open(order));
    EXPECT_EQ(shop_.state_of(order), "PAID");
    EXPECT_EQ(shop_.available(11) + shop_.available(12), 3);
    EXPECT_EQ(shop_.available(21), 2);
    EXPECT_EQ(shop_.count("sold_order", "merchant_id = 5"), 1);
}

TEST_F(BundlesTest, AreNoDealOfWhatIsInThem) {
    pay(open(placed("set")));
    EXPECT_EQ(shop_.count("deal_day"), 0) << "a share of a set's price is no price of the goods";
    const auto offered = [&] {
        std::map<SkuId, std::vector<OfferedPrice>> prices;
        (void)shop_.pool.transact_blocking([&](database::Session& session) -> Result<Done> {
            const std::vector<SkuId> skus{SkuId{1}};
            prices = load_offered(session, skus);
            return Done{};
        });
        return prices.at(SkuId{1});
    }();
    ASSERT_EQ(offered.size(), 1U);
    EXPECT_EQ(offered[0].price, Fen{1990});
    pay(open(shop_.placed("single", 1, 1)));
    EXPECT_EQ(shop_.count("deal_day", "sku_id = 1 AND price_fen = 1990"), 1);
    EXPECT_EQ(shop_.count("deal_day"), 1);
}

TEST_F(BundlesTest, PutEveryPackBackWhenTheyExpire) {
    const auto order = placed("k");
    shop_.let_expire(order);
    (void)closing_.expire_due();
    EXPECT_EQ(shop_.state_of(order), "EXPIRED");
    EXPECT_EQ(shop_.available(11), 2);
    EXPECT_EQ(shop_.available(12), 4);
    EXPECT_EQ(shop_.available(21), 4);
}

TEST_F(BundlesTest, KeepTheirSharesWhenTheyAreDrawnFromOtherLots) {
    const auto order = placed("k");
    const auto attempt = open(order);
    auto dearer = bundle();
    dearer.version = 2;
    dearer.price = Fen{9900};
    learn(dearer);
    auto blocked = Shop::lot(11, 1, 60);
    blocked.saleable = false;
    shop_.learn(blocked);
    pay(attempt);
    EXPECT_EQ(shop_.state_of(order), "PAID");
    EXPECT_EQ(lines(), (std::multiset<std::string>{"12: 1 × 1761", "12: 2 × 1760", "21: 2 × 1760"}));
}

TEST_F(BundlesTest, KeepTheirSharesWhenLateMoneyReservesThemAgain) {
    const auto order = placed("k");
    const auto attempt = open(order);
    shop_.let_expire(order);
    (void)closing_.expire_due();
    ASSERT_EQ(shop_.state_of(order), "EXPIRED");
    auto unlisted = bundle();
    unlisted.listed = false;
    learn(unlisted);
    pay(attempt);
    EXPECT_EQ(shop_.state_of(order), "PAID") << "it was sold when it was for sale";
    EXPECT_EQ(lines(), (std::multiset<std::string>{"11: 2 × 1760", "12: 1 × 1761", "21: 2 × 1760"}));
}

TEST_F(BundlesTest, ReserveNothingWhenOnePartIsSoldOut) {
    EXPECT_EQ(refusal("k", {of_bundle(2), {SkuId{2}, 1, 1}}), "sold-out");
    EXPECT_EQ(shop_.count("order_line"), 0);
    EXPECT_EQ(shop_.available(11), 2);
    EXPECT_EQ(shop_.available(21), 4);
    EXPECT_EQ(refusal("k", {of_bundle(2)}), "");
    EXPECT_EQ(lines().count("21: 4 × 1760"), 1U);
}

TEST_F(BundlesTest, AreRepeatedByTheirKey) {
    const auto first = placed("k");
    auto again = shop_.place({shop_.order("k", std::vector{of_bundle(1)})});
    ASSERT_TRUE(again[0]);
    EXPECT_TRUE(again[0]->replayed);
    EXPECT_EQ(again[0]->order.number, first.number);
    ASSERT_EQ(again[0]->order.lines.size(), first.lines.size());
    EXPECT_EQ(again[0]->order.lines[0].terms->bundle->id, BundleId{1});
    EXPECT_EQ(shop_.count("orders"), 1);
}

TEST_F(BundlesTest, NeedEveryPartToBeForSaleAndCertified) {
    auto uncertified = bundle(2);
    uncertified.parts = {{SkuId{1}, 1}, {SkuId{3}, 1}};
    uncertified.price = Fen{3000};
    learn(uncertified);
    EXPECT_EQ(refusal("a", {of_bundle(1, 1, 2)}), "certification-not-valid");
    auto unlisted = Shop::offer(2);
    unlisted.listed = false;
    shop_.learn(unlisted);
    EXPECT_EQ(refusal("b", {of_bundle(1)}), "not-for-sale");
    EXPECT_EQ(shop_.count("order_line"), 0);
}

TEST_F(BundlesTest, AreNotSoldWhenTheyCostMoreThanTheirParts) {
    auto cheaper = Shop::offer(1);
    auto terms = std::make_shared<OfferTerms>(*cheaper.terms);
    terms->price = Fen{1000};
    terms->price_version = 2;
    cheaper.terms = terms;
    shop_.learn(cheaper);
    EXPECT_EQ(refusal("k", {of_bundle(1)}), "not-for-sale");
    auto adapted = bundle();
    adapted.version = 2;
    adapted.price = Fen{6000};
    learn(adapted);
    EXPECT_EQ(refusal("k", {of_bundle(1)}), "bundle-changed");
    EXPECT_EQ(refusal("k", {of_bundle(1, 2)}), "");
}

TEST_F(BundlesTest, AreSharedOutAnewWhenAPartCostsSomethingElse) {
    auto dearer = Shop::offer(2);
    auto terms = std::make_shared<OfferTerms>(*dearer.terms);
    terms->price = Fen{5000};
    terms->price_version = 2;
    dearer.terms = terms;
    shop_.learn(dearer);
    // 5970 to 10000 of 8801: 3290 and 5511.
    (void)placed("k");
    EXPECT_EQ(lines(), (std::multiset<std::string>{"11: 1 × 1096", "11: 1 × 1097", "12: 1 × 1097",
                                                   "21: 1 × 2755", "21: 1 × 2756"}));
}

TEST_F(BundlesTest, CountTogetherWithSinglePacks) {
    shop_.stock(11, 100);
    shop_.stock(21, 100);
    const auto cap = Shop::offer(1).terms->order_quantity_max;
    const auto most = cap / 3;
    EXPECT_EQ(refusal("k", {of_bundle(most), {SkuId{1}, cap - 3 * most + 1, 1}}), "quantity-above-cap");
    EXPECT_EQ(refusal("k", {of_bundle(most), {SkuId{1}, cap - 3 * most, 1}}), "");
}

}  // namespace
}  // namespace shanhai::orders
