#include "integration/chassis/events_fixture.hpp"
#include "orders/events/learned.hpp"
#include "orders/service.hpp"
#include "orders/store/fact_store.hpp"

#include "shanhai/event/v1/catalog.pb.h"
#include "shanhai/event/v1/trace.pb.h"

namespace shanhai::orders {
namespace {

namespace v1 = event::v1;

constexpr std::int64_t day_us = 86'400'000'000;

v1::OfferPublished offer(std::uint64_t sku, std::int64_t price_fen) {
    v1::OfferPublished fact;
    fact.set_sku_id(sku);
    fact.set_product_id(100 + sku);
    fact.set_merchant_id(5);
    fact.set_product_name("箬竹面");
    fact.set_sku_name("500 克");
    fact.set_merchant_name("大关县翠华合作社");
    fact.set_snapshot_hash(std::string(32, 'x'));
    fact.set_price_version(1);
    fact.set_price_fen(price_fen);
    fact.set_net_content_g(500);
    fact.set_quantity_max(50);
    fact.set_return_policy("SEVEN_DAY");
    fact.set_purchase_mode("ASSISTED_SALE");
    fact.set_listed(true);
    return fact;
}

void certify(v1::OfferPublished& offer, std::int64_t from_day, std::int64_t to_day) {
    auto& certification = *offer.add_certifications();
    certification.set_certification_id(9);
    certification.set_valid_from_us(from_day * day_us);
    certification.set_valid_to_us(to_day * day_us);
    certification.set_state("CERTIFIED");
}

/// The orders' own way of learning, from a catalogue and a trace that say whatever the test wants.
class OrdersFactsTest : public testing::Test {
protected:
    void SetUp() override {
        events::ConsumerOptions options;
        options.name = "orders";
        options.sources = {catalog_.source()};
        options.redis = redis_.options();
        options.internal_key = events::internal_key;
        options.feed_every = options.retry_every = std::chrono::milliseconds{100};
        options.trust_changed = touch_facts;
        consumer_.emplace(pool_, options, learn, [] {});
        consumer_->start();
    }
    void say(const std::vector<events::Event>& facts) {
        auto work = [&facts](database::Session& session) -> Result<Done> {
            events::publish(session, facts);
            return Done{};
        };
        ASSERT_TRUE(catalog_.pool().transact_blocking(work));
        catalog_.the_relay().wake();
        ++said_;
        ASSERT_TRUE(support::eventually([&] { return consumer_->states()[0].seq == said_; }));
    }
    OfferBook book() {
        auto loaded = pool_.transact_blocking(
            [](database::Session& session) -> Result<OfferBook> { return load_book(session); });
        return std::move(*loaded);
    }

    support::RedisServer redis_;
    events::Producer catalog_{"catalog", redis_.options()};
    support::Database database_{schema()};
    database::Pool pool_{database_.options()};
    std::optional<events::Consumer> consumer_;
    std::uint64_t said_ = 0;
};

TEST_F(OrdersFactsTest, ACertificationFromAnotherCenturyEndsTheSellingOfItsProductOnly) {
    auto good = offer(1, 1990);
    certify(good, 20'000, 20'365);
    say({events::Event::of(good), events::Event::of(offer(2, 500))});
    ASSERT_TRUE(book().offer(SkuId{1})->listed);
    auto wrong = offer(1, 1990);
    certify(wrong, -16'000, -15'635);  // 1926.
    say({events::Event::of(wrong), events::Event::of(offer(2, 600))});
    EXPECT_FALSE(consumer_->states()[0].stopped);
    EXPECT_FALSE(book().offer(SkuId{1})->listed);
    EXPECT_FALSE(book().offer(SkuId{1})->certification_at(instant_of(20'100 * day_us)));
    EXPECT_TRUE(book().offer(SkuId{2})->listed);
    EXPECT_EQ(book().offer(SkuId{2})->terms->price, Fen{600});
    EXPECT_TRUE(support::eventually([&] { return consumer_->states()[0].set_aside.size() == 1; }));
    say({events::Event::of(good)});
    EXPECT_TRUE(book().offer(SkuId{1})->listed);
    EXPECT_TRUE(book().offer(SkuId{1})->certification_at(instant_of(20'100 * day_us)));
}

TEST_F(OrdersFactsTest, ACertificationCountsFromWhenItWasEnteredWhateverItsTermSays) {
    const auto certified_on = [&](std::int64_t day) {
        return book().offer(SkuId{1})->certification_at(instant_of(day * day_us)).has_value();
    };
    auto late = offer(1, 1990);
    certify(late, 20'000, 20'365);
    late.mutable_certifications(0)->set_recorded_us(20'200 * day_us);
    say({events::Event::of(late)});
    EXPECT_FALSE(certified_on(20'000));
    EXPECT_FALSE(certified_on(20'199));
    EXPECT_TRUE(certified_on(20'200));
    EXPECT_FALSE(certified_on(20'365));
    late.mutable_certifications(0)->set_recorded_us(19'000 * day_us);
    say({events::Event::of(late)});
    EXPECT_FALSE(certified_on(19'999)) << "entered early is not begun";
    EXPECT_TRUE(certified_on(20'000));
    late.mutable_certifications(0)->set_recorded_us(20'400 * day_us);
    say({events::Event::of(late)});
    EXPECT_FALSE(certified_on(20'100)) << "entered when it was over";
    EXPECT_FALSE(certified_on(20'400));
    EXPECT_TRUE(book().offer(SkuId{1})->listed) << "that is no fault of the fact";
}

TEST_F(OrdersFactsTest, ALotAndAMerchantThatCannotBeLearntAreNotSold) {
    v1::LotRegistered lot;
    lot.set_lot_id(11);
    lot.set_lot_code("A1");
    lot.set_sku_id(1);
    lot.set_county_code("530624");
    lot.set_production_day(20'000);
    lot.set_expiry_day(29'000);
    lot.set_saleable(true);
    v1::MerchantRegistered merchant;
    merchant.set_merchant_id(5);
    merchant.set_name("大关县翠华合作社");
    merchant.set_active(true);
    say({events::Event::of(offer(1, 1990)), events::Event::of(lot), events::Event::of(merchant)});
    ASSERT_TRUE(book().lots(SkuId{1}).front().saleable);
    ASSERT_TRUE(book().merchant_active(MerchantId{5}));
    lot.set_lot_code(std::string(300, 'x'));
    merchant.set_name(std::string(3000, 'x'));
    say({events::Event::of(lot), events::Event::of(merchant)});
    EXPECT_FALSE(book().lots(SkuId{1}).front().saleable);
    EXPECT_FALSE(book().merchant_active(MerchantId{5}));
    lot.set_lot_code("A1");
    merchant.set_name("大关");
    say({events::Event::of(lot), events::Event::of(merchant)});
    EXPECT_TRUE(book().lots(SkuId{1}).front().saleable);
    EXPECT_TRUE(book().merchant_active(MerchantId{5}));
}

}  // namespace
}  // namespace shanhai::orders
