#include "integration/certification/applications.hpp"

#include "certification/store/known_facts.hpp"
#include "shanhai/event/v1/identity.pb.h"
#include "shanhai/event/v1/trace.pb.h"

namespace shanhai::certification {
namespace {

/// What is found of the goods themselves, as the catalog told of them.
class GoodsChecks : public Applications {
protected:
    GoodsChecks() {
        auto rules = rules_of(1);
        rules["price_band_bp"] = 2'000;
        must(put("/v1/schemes/MINHANG_YOUPIN", rules, get("/v1/schemes/MINHANG_YOUPIN").header("ETag")), 200);
        must(post("/v1/batches", batch_of(2026)), 201);
    }

    /// A house of its own for each number from 11; 1 is the one whose noodles they are.
    void sells(std::uint64_t sku, std::uint64_t merchant, std::int64_t price_fen, std::int64_t content_g,
               const char* gtin = "06901234567892", bool active = true) {
        host_.transact([&](database::Session& session) {
            auto size = size_of(sku, merchant == 1 ? noodles : 100 + sku, gtin, "面");
            size.merchant = MerchantId{merchant};
            size.category = "noodles";
            size.price_fen = price_fen;
            size.net_content_g = content_g;
            size.listed = true;
            remember(session, size);
            if (merchant != 1)
                remember_merchant(session, size.merchant, "别家", OrganisationId{1000 + merchant}, active);
        });
    }
    void is_distributor(bool distributor) {
        host_.transact([&](database::Session& session) {
            remember_merchant(session, MerchantId{1}, "大关县翠竹专业合作社", OrganisationId{cooperative},
                              true, distributor);
        });
    }
    std::string drafted() { return drafted_of(noodles); }
    std::string drafted_of(std::uint64_t product) {
        auto wanted = draft_of(product);
        wanted["batch_id"] = 2;
        return must(by_merchant("/v1/applications", wanted), 201).header("Location");
    }
    /// The checks' names, but for the one about households.
    std::vector<std::string> found(const std::string& target) {
        std::vector<std::string> names;
        const auto shown = show(target, cooperative, "merchant").json();
        for (const auto& one : shown.at("checks").as_array()) {
            const std::string name{one.at("check").as_string()};
            if (name != "linkage-unproved") names.push_back(name);
        }
        return names;
    }
    using Names = std::vector<std::string>;
    static constexpr const char* real = "06901234567892";
};

TEST_F(GoodsChecks, HoldAPriceAgainstThoseOfOthers) {
    const auto target = drafted();
    sells(1, 1, 1'200, 500, real);  // 2,400 fen a kilogram
    EXPECT_EQ(found(target), Names{}) << "there is nobody else";
    sells(11, 11, 1'000, 500);
    sells(12, 12, 2'000, 1'000);
    EXPECT_EQ(found(target), Names{}) << "two others say nothing";
    sells(13, 12, 1'000, 500);
    sells(14, 14, 1'000, 500, "06901234567892", false);
    sells(15, 15, 1'000, 500, "09525306240017");
    sells(16, 16, 10'000, 5'000);
    EXPECT_EQ(found(target), Names{}) << "one house twice, one barred, one invented, one of another size";
    sells(17, 17, 500, 250);  // All of them: 2,000 fen; 2,400 is the end of the band.
    EXPECT_EQ(found(target), Names{});
    sells(1, 1, 1'201, 500, real);
    EXPECT_EQ(found(target), Names{"price-above-band"});
    host_.transact([](database::Session& session) {
        session.execute("UPDATE known_sku SET listed = 0 WHERE sku_id = 1");
    });
    EXPECT_EQ(found(target), Names{"price-above-band"}) << "whoever applies may not have listed it yet";
    sells(1, 1, 1'201, 500, real);
    sells(2, 1, 100'000, 500, real);  // The own house's dear ones do not count among the others.
    EXPECT_EQ(found(target), (Names{"price-above-band", "price-above-band"}));
    sells(2, 1, 1'000, 500, real);
    sells(18, 18, 3'000, 500);  // The median of four is 2,000 still.
    sells(19, 19, 3'000, 500);  // Of five as well.
    EXPECT_EQ(found(target), Names{"price-above-band"});
    sells(20, 20, 3'000, 500);  // Of six it is 4,000.
    EXPECT_EQ(found(target), Names{});
    EXPECT_EQ(step(target, "SUBMIT", cooperative).status, 200) << "whoever reviews looks twice";
}

TEST_F(GoodsChecks, WantTheMakersWordFromADistributor) {
    is_distributor(true);
    const auto target = drafted();
    EXPECT_EQ(found(target), Names{"agency-contract-missing"});
    EXPECT_EQ(step(target, "SUBMIT", cooperative).problem(), "checks-failed");
    is_distributor(false);
    EXPECT_EQ(found(target), Names{});
    must(step(target, "SUBMIT", cooperative), 200);
    must(step(target, "RECOMMEND", office_of_daguan), 200);
    must(step(target, "BEGIN_REVIEW", office_of_minhang), 200);
    must(step(target, "PUBLISH_NOTICE", office_of_minhang), 200);
    host_.clock().hold(*parse_rfc3339("2026-12-10T02:00:00Z"));
    is_distributor(true);  // As it turns out meanwhile.
    EXPECT_EQ(certify_application(target).problem(), "checks-failed");
    is_distributor(false);
    EXPECT_EQ(certify_application(target).status, 200);
}

TEST_F(GoodsChecks, NoteAHouseThatIsRegisteredElsewhere) {
    const auto is_registered = [this](const char* code) {
        event::v1::OrganisationRegistered told;
        told.set_organisation_id(cooperative);
        told.set_name("大关县翠竹专业合作社");
        told.set_kind("MERCHANT");
        told.set_county_code("530624");
        told.set_uscc(code);
        host_.transact([&](database::Session& session) {
            lessons(announce).apply(session, {}, events::Event::of(told));
        });
    };
    const auto target = drafted();
    EXPECT_EQ(found(target), Names{}) << "nobody said its code";
    is_registered("93530624MA6K00000C");
    EXPECT_EQ(found(target), Names{});
    is_registered("91350100M000100Y43");
    EXPECT_EQ(found(target), Names{"credit-code-of-elsewhere"});
    EXPECT_EQ(step(target, "SUBMIT", cooperative).status, 200) << "whoever reviews looks twice";
}

void learn(support::ServiceHost& host, const events::Event& told) {
    host.transact([&](database::Session& session) { lessons(announce).apply(session, {}, told); });
}

event::v1::BaseDeclared base_told(std::uint64_t merchant, const char* county, bool confirmed) {
    event::v1::BaseDeclared told;
    told.set_base_id(1);
    told.set_merchant_id(merchant);
    told.set_county_code(county);
    told.set_name("天星镇筇竹基地");
    told.add_product_words("筇竹笋");
    told.set_mu_x100(12'000);
    told.set_version(1);
    told.set_confirmed(confirmed);
    return told;
}

event::v1::LotRegistered lot_told(std::uint64_t id, const char* harvested, std::uint64_t product = noodles) {
    event::v1::LotRegistered told;
    told.set_lot_id(id);
    told.set_lot_code("L" + std::to_string(id));
    told.set_sku_id(1);
    told.set_product_id(product);
    told.set_merchant_id(1);
    told.set_base_id(1);
    told.set_county_code("530624");
    const auto day = harvested == nullptr ? std::numeric_limits<std::int64_t>::min()
                                          : parse_date(harvested)->time_since_epoch().count();
    told.set_harvest_day(day);
    return told;
}

TEST_F(GoodsChecks, WantAConfirmedBaseInTheCounty) {
    const auto base_is = [this](std::uint64_t merchant, const char* county, bool confirmed) {
        learn(host_, events::Event::of(base_told(merchant, county, confirmed)));
    };
    const auto target = drafted();
    EXPECT_EQ(found(target), Names{});
    base_is(1, "530624", false);
    EXPECT_EQ(found(target), Names{"base-missing"}) << "nobody confirmed it as it is now";
    base_is(1, "310112", true);
    EXPECT_EQ(found(target), Names{"base-missing"}) << "it lies elsewhere";
    base_is(7, "530624", true);
    EXPECT_EQ(found(target), Names{"base-missing"}) << "it is another's";
    is_distributor(true);
    EXPECT_EQ(found(target), Names{"agency-contract-missing"}) << "who makes the goods has one";
    base_is(7, "530624", false);
    EXPECT_EQ(found(target), (Names{"agency-contract-missing", "base-missing"}));
    is_distributor(false);
    EXPECT_EQ(step(target, "SUBMIT", cooperative).status, 200) << "whoever reviews looks twice";
}

TEST_F(Applications, WaitForABaseWhereTheSchemeAsksForOne) {
    auto rules = rules_of(1);
    rules["base_required"] = true;
    must(put("/v1/schemes/MINHANG_YOUPIN", rules, get("/v1/schemes/MINHANG_YOUPIN").header("ETag")), 200);
    must(post("/v1/batches", batch_of(2026)), 201);
    auto wanted = draft_of(noodles);
    wanted["batch_id"] = 2;
    const auto target = must(by_merchant("/v1/applications", wanted), 201).header("Location");
    learn(host_, events::Event::of(base_told(1, "530624", false)));
    const auto refused = step(target, "SUBMIT", cooperative);
    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(refused.problem(), "checks-failed");
    EXPECT_NE(refused.body.find("register one and have it confirmed"), std::string::npos) << refused.body;
    EXPECT_EQ(step(draft(noodles), "SUBMIT", cooperative).status, 200)
        << "a batch goes by the rules of its day";
    learn(host_, events::Event::of(base_told(1, "530624", true)));
    EXPECT_EQ(step(target, "SUBMIT", cooperative).status, 200);
}

TEST_F(GoodsChecks, NoteALotOfAnotherSeasonAmongTheNewestTen) {
    auto base = base_told(1, "530624", true);
    const auto target = drafted();
    learn(host_, events::Event::of(lot_told(1, "2026-11-02")));
    EXPECT_EQ(found(target), Names{}) << "nobody said when that base is harvested";
    base.set_harvest_months(0b111000);  // April to June.
    learn(host_, events::Event::of(base));
    EXPECT_EQ(found(target), Names{"season-elsewhere"});
    EXPECT_EQ(found(drafted_of(tea)), Names{}) << "other goods";
    learn(host_, events::Event::of(lot_told(1, "2026-06-30")));
    EXPECT_EQ(found(target), Names{});
    learn(host_, events::Event::of(lot_told(1, nullptr)));
    EXPECT_EQ(found(target), Names{}) << "of some goods nobody says it";
    learn(host_, events::Event::of(lot_told(1, "2026-07-01")));
    for (std::uint64_t id = 2; id <= 10; ++id) learn(host_, events::Event::of(lot_told(id, "2026-05-01")));
    EXPECT_EQ(found(target), Names{"season-elsewhere"}) << "the tenth";
    learn(host_, events::Event::of(lot_told(11, "2026-05-01")));
    EXPECT_EQ(found(target), Names{}) << "the eleventh is past";
    learn(host_, events::Event::of(lot_told(12, "2026-01-01")));
    EXPECT_EQ(step(target, "SUBMIT", cooperative).status, 200) << "it never stops anybody";
}

}  // namespace
}  // namespace shanhai::certification
