#include "integration/trace/fixture.hpp"

#include "chassis/database/migrations.hpp"
#include "orders/events/learned.hpp"
#include "orders/service.hpp"
#include "orders/store/fact_store.hpp"
#include "support/database.hpp"

#include <limits>
#include <map>

// What the first release left behind: lots of which nobody had asked how long they keep, and with any day of
// any year. The next release takes them over, tells them again, and can block every one of them.

namespace shanhai::trace {
namespace {

std::int64_t day_number(const char* day) { return parse_date(day)->time_since_epoch().count(); }

/// Makes the tables of the first release and does nothing else.
class FirstRelease final : public chassis::Service {
public:
    explicit FirstRelease(chassis::Host& host) {
        database::Pool pool{host.database_of("trace")};
        const database::Schema released{schema().front()};
        EXPECT_TRUE(database::migrate(pool, released, std::chrono::seconds{20}));
    }
    std::string_view name() const override { return "trace"; }
    void start() override {}
    void stop() override {}
};

struct OldLot {
    const char* harvest;  ///< All three as SQL.
    const char* production;
    const char* expiry;
    int sku = 11;
};

const std::vector<OldLot> old_lots{
    {"'2026-04-02'", "'2026-04-03'", "'9999-12-31'"},
    {"'0499-12-31'", "'0500-01-01'", "'0500-06-01'"},
    {"NULL", "'1850-01-01'", "'9999-12-31'"},
    {"'2500-01-01'", "'9999-01-01'", "'9999-12-31'"},
    {"NULL", "'2195-01-01'", "'9999-12-31'"},
    {"NULL", "'2026-04-03'", "'2029-04-03'"},
    {"NULL", "'9999-12-31'", "NULL"},
    {"NULL", "'2026-04-03'", "NULL", 12},
};

class TraceUpgrade : public Trace {
protected:
    TraceUpgrade() : Trace{NotYet{}} {
        host_.run([](chassis::Host& host) { return std::make_unique<FirstRelease>(host); });
        host_.transact([](database::Session& session) {
            session.run("INSERT INTO known_county (county_code, name) VALUES ('530624', '大关县')");
            session.run(
                "INSERT INTO known_merchant (merchant_id, name, organisation_id, active) VALUES (5, "
                "'合作社', 9, "
                "1)");
            for (const auto* sku : {"11, 70", "12, 71"}) {
                session.run(
                    "INSERT INTO known_sku (sku_id, product_id, merchant_id, product_name, county_code, "
                    "net_content_g) VALUES (" +
                    std::string{sku} + ", 5, '箬竹面', '530624', 500)");
            }
            session.run(
                "INSERT INTO base (merchant_id, county_code, name, village, product_words, mu_x100, "
                "yield_kg_per_mu, registered_at) VALUES (5, '530624', '一号基地', '天星镇', '方竹笋', 1000, "
                "100, "
                "UTC_TIMESTAMP(6))");
            for (std::size_t i = 0; i < old_lots.size(); ++i) {
                const auto& lot = old_lots[i];
                session.run(
                    "INSERT INTO lot (lot_code, base_id, sku_id, product_id, merchant_id, county_code, "
                    "harvest_date, production_date, expiry_date, harvest_year, quantity, net_content_g, "
                    "conformity_certificate_no, test_report_no, saleable, block_reason, registered_at) "
                    "VALUES "
                    "('L" +
                    std::to_string(i + 1) + "', 1, " + std::to_string(lot.sku) + ", " +
                    std::to_string(lot.sku + 59) + ", 5, '530624', " + lot.harvest + ", " + lot.production +
                    ", " + lot.expiry + ", 2026, 10, 500, '', '', TRUE, '', UTC_TIMESTAMP(6))");
            }
        });
        host_.run(make_service);
    }
    void learn(const Event& offer) {
        host_.transact([&](database::Session& session) { lessons().apply(session, {}, offer); });
    }
};

TEST_F(TraceUpgrade, TellsEveryLotOnceMoreWithinItsBounds) {
    const auto lots = published();  // Whatever is published was found to be within them.
    ASSERT_EQ(lots.size(), old_lots.size());
    for (const auto& lot : lots) EXPECT_EQ(lot.quantity(), 10);
    EXPECT_EQ(lots[0].expiry_day(), day_number("2036-03-31"));
    EXPECT_EQ(lots[1].production_day(), day_number("1900-01-01"));
    EXPECT_LT(lots[2].expiry_day(), day_number("1910-01-01")) << "it cannot be eaten any more";
    EXPECT_GT(lots[3].production_day(), day_number("2200-01-01")) << "it is not made yet";
    EXPECT_EQ(lots[5].expiry_day(), day_number("2029-04-03"));
    EXPECT_EQ(lots[7].expiry_day(), std::numeric_limits<std::int64_t>::max());
    host_.run(make_service);
    EXPECT_EQ(published().size(), old_lots.size()) << "once";
}

TEST_F(TraceUpgrade, TellsEveryBaseOnceAndAsConfirmedAsItWas) {
    const auto bases = told<event::v1::BaseDeclared>();
    ASSERT_EQ(bases.size(), 1U);
    EXPECT_EQ(bases[0].name(), "一号基地");
    EXPECT_TRUE(bases[0].confirmed()) << "before there was a second person";
    EXPECT_EQ(bases[0].harvest_months(), 0) << "nobody said it";
    host_.run(make_service);
    EXPECT_EQ(told<event::v1::BaseDeclared>().size(), 1U);
    host_.transact([](database::Session& session) { session.run("UPDATE told SET version = 2"); });
    host_.run(make_service);
    EXPECT_EQ(told<event::v1::BaseDeclared>().size(), 2U);
    EXPECT_EQ(published().size(), old_lots.size()) << "whose fact says nothing new";
}

TEST_F(TraceUpgrade, ShortensWhatClaimsToKeepLongerThanTheGoodsDo) {
    learn(offer(11, 70, 5));
    std::map<std::uint64_t, std::int64_t> expiries;
    for (const auto& lot : published()) expiries[lot.lot_id()] = lot.expiry_day();
    EXPECT_EQ(expiries[1], day_number("2027-04-03"));
    EXPECT_EQ(expiries[6], day_number("2027-04-03"));
    EXPECT_EQ(host_.call("GET", "/v1/lots/6").json().at("expiry_date").as_string(), "2027-04-03");
    // What was checked once stays, whatever is said of the product later.
    event::v1::OfferPublished shorter;
    ASSERT_TRUE(offer(11, 70, 5).read(shorter));
    shorter.set_shelf_life_days(100);
    learn(Event::of(shorter));
    EXPECT_EQ(host_.call("GET", "/v1/lots/6").json().at("expiry_date").as_string(), "2027-04-03");
}

TEST_F(TraceUpgrade, ShortensThemAtOnceWhereItKnowsHowLongTheyKeep) {
    learn(offer(11, 70, 5));
    host_.transact([](database::Session& session) {
        session.run("UPDATE lot SET expiry_date = '2029-04-03', expiry_checked = FALSE WHERE lot_id = 6");
        session.run("UPDATE told SET version = 1");
    });
    const auto before = published().size();
    host_.run(make_service);
    const auto lots = published();
    ASSERT_EQ(lots.size(), before + old_lots.size());
    EXPECT_EQ(lots[before + 5].expiry_day(), day_number("2027-04-03"));
}

TEST_F(TraceUpgrade, BlocksEveryLotThatThereIs) {
    learn(offer(11, 70, 5));
    for (std::size_t id = 1; id <= old_lots.size(); ++id) {
        const auto target = "/v1/lots/" + std::to_string(id);
        EXPECT_EQ(host_.call("GET", target).status, 200) << id;
        EXPECT_EQ(host_.call("GET", "/v1/origin-cards/lots/" + std::to_string(id)).status, 200) << id;
        const auto blocked = post(target + "/block", {{"reason", "抽检不合格"}});
        EXPECT_EQ(blocked.status, 200) << id << blocked.body;
        EXPECT_EQ(published().back().lot_id(), id);
        EXPECT_FALSE(published().back().saleable());
    }
}

TEST_F(TraceUpgrade, LetsOrdersLearnAmountsAndExpiries) {
    support::Database database{orders::schema()};
    database::Pool pool{database.options()};
    database.run(
        "INSERT INTO lot (lot_id, lot_code, sku_id, county_code, production_day, expiry_day, saleable) "
        "VALUES "
        "(1, 'L1', 11, '530624', '2026-04-03', '9999-12-31', TRUE), "
        "(2, 'L2', 11, '530624', '0500-01-01', '0500-06-01', TRUE)");
    const auto before = pool.transact_blocking(
        [](database::Session& session) -> Result<orders::OfferBook> { return orders::load_book(session); });
    ASSERT_TRUE(before) << "orders starts with what it learnt from the first release";
    EXPECT_EQ(before->lots(SkuId{11}).size(), 2U);
    const auto learnt = pool.transact_blocking([&](database::Session& session) -> Result<Done> {
        for (const auto& lot : published()) orders::lessons().apply(session, {}, Event::of(lot));
        return Done{};
    });
    ASSERT_TRUE(learnt) << learnt.error().message();
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM lot WHERE quantity = 10"),
              static_cast<std::int64_t>(old_lots.size()));
    EXPECT_EQ(database.text("SELECT expiry_day FROM lot WHERE lot_id = 1"), "2036-03-31");
}

}  // namespace
}  // namespace shanhai::trace
