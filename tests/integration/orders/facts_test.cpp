#include "integration/chassis/events_fixture.hpp"
#include "orders/events/learned.hpp"
#include "orders/service.hpp"
#include "orders/store/fact_store.hpp"

#include "shanhai/event/v1/catalog.pb.h"
#include "shanhai/event/v1/trace.pb.h"
#include "support/sample_goods.hpp"

#include <random>

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
        options.trust_changed = database::touch_everything;
        options.learns = lessons().wanted();
        const auto apply = [](database::Session& session, const events::Frame& frame,
                              const events::Event& event) { lessons().apply(session, frame, event); };
        consumer_.emplace(pool_, options, apply, [] {});
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

/// What an order is checked against, in words.
std::string words_of(const OfferBook& book) {
    std::string words = std::to_string(book.offers());
    for (std::uint64_t id = 1; id <= 6; ++id) {
        if (const auto* offer = book.offer(SkuId{id})) {
            words += " sku " + std::to_string(id) + (offer->listed ? " listed " : " not listed ") +
                     std::to_string(offer->terms->price.count()) + ' ' +
                     std::to_string(offer->certifications.size());
        }
        for (const auto& lot : book.lots(SkuId{id})) {
            words += " lot " + std::to_string(number(lot.id)) + (lot.saleable ? " good" : " blocked");
        }
        if (const auto* placement = book.placement(PlacementId{id})) {
            words += " placement " + std::to_string(id) + ' ' + std::string{wire_name(placement->channel)};
        }
        if (!book.merchant_active(MerchantId{id}))
            words += " merchant " + std::to_string(id) + " may not sell";
    }
    return words;
}

/// Says one of the things that others tell, of one of six.
void learn_something(FactWriter& writer, std::mt19937& random) {
    const auto id = random() % 6 + 1;
    const auto kind = random() % 5;
    if (kind <= 1) {
        auto terms = support::sample_terms(id);
        terms->price = Fen{static_cast<std::int64_t>(100 + random() % 900)};
        Offer offer{terms, random() % 3 > 0, {}};
        if (random() % 2 == 0) {
            offer.certifications.push_back({CertificationId{id}, now() - std::chrono::hours{9},
                                            now() + std::chrono::hours{9}, CertificationState::certified,
                                            now() - std::chrono::hours{9}});
        }
        writer.save(offer);
    } else if (kind == 2) {
        auto lot = support::sample_lot(random() % 12 + 1, 0, shanghai_date(now()), 90);
        lot.sku = SkuId{number(lot.id) % 6 + 1};
        lot.saleable = random() % 3 > 0;
        writer.save(lot);
    } else if (kind == 3) {
        writer.save(
            Placement{PlacementId{id}, random() % 2 == 0 ? ChannelKind::metro_qr : ChannelKind::store});
    } else {
        writer.save_merchant({MerchantId{id}, "大关县翠华合作社", OrganisationId{}, random() % 2 == 0});
    }
}

/// Whatever was told, and however much of it at once: the copy that only what changed was read into is the
/// copy that is read as a whole.
TEST(OfferBooks, AreTheSameReadInPartOrAsAWhole) {
    support::Database database{schema()};
    database::Pool pool{database.options()};
    std::mt19937 random{20261127};
    OfferBook kept;
    std::uint64_t known = 0;
    int in_part = 0;
    for (int round = 0; round < 120; ++round) {
        const auto done = pool.transact_blocking([&](database::Session& session) -> Result<Done> {
            FactWriter writer{session};
            for (auto count = random() % 5; count > 0; --count) learn_something(writer, random);
            if (random() % 20 == 0) database::touch_everything(session);
            return Done{};
        });
        ASSERT_TRUE(done);
        const auto compared = pool.transact_blocking([&](database::Session& session) -> Result<Done> {
            const auto before = kept;
            const auto words_before = words_of(before);
            if (const auto changes = database::touched_after(session, known)) {
                known = changes->count;
                in_part += changes->since ? 1 : 0;
                kept = changes->since ? changed_book(session, kept, *changes) : load_book(session);
            }
            EXPECT_EQ(words_of(kept), words_of(load_book(session))) << "round " << round;
            EXPECT_EQ(words_of(before), words_before) << "a copy that somebody still reads has changed";
            return Done{};
        });
        ASSERT_TRUE(compared);
    }
    EXPECT_GT(in_part, 50);
}

}  // namespace
}  // namespace shanhai::orders
