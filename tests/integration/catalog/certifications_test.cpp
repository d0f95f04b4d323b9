#include "integration/catalog/fixture.hpp"

#include "catalog/events/learned.hpp"
#include "catalog/store/news.hpp"
#include "chassis/events/codec.hpp"
#include "shanhai/event/v1/certification.pb.h"

namespace shanhai::catalog {
namespace {

TEST_F(Catalog, OffersAProductAsItsCertificationsAreDeclared) {
    const auto id = add_product();
    auto certification = certification_of(id);
    learn(certification);
    EXPECT_TRUE(product(id).at("certified_now").as_bool());
    EXPECT_TRUE(product(id).at("saleable").as_bool());
    const auto told = offers().size();
    EXPECT_EQ(offers().back().certifications(0).recorded_us(), unix_microseconds(certification.recorded));
    learn(certification);  // Handed over, it comes back as it was: nobody is told anew.
    EXPECT_EQ(offers().size(), told);

    certification.state = CertificationState::suspended;
    certification.state_since = now();
    certification.reason = "抽检不合格";
    learn(certification);
    EXPECT_FALSE(product(id).at("certified_now").as_bool());
    EXPECT_EQ(offers().back().certifications(0).state(), "SUSPENDED");
    EXPECT_EQ(offers().back().certifications(0).state_since_us(),
              unix_microseconds(certification.state_since));
    EXPECT_EQ(offers().size(), told + 1);
    EXPECT_THROW(learn(certification_of(999, 2)), std::runtime_error);
}

TEST_F(Catalog, HearsEveryWordOfCertifications) {
    MysqlCatalogStore store{host_.pool(), announce, [] {}};
    const auto wanted = lessons(store).wanted();
    // What is left out here, orders and audit would never hear: whether it was certified when it was paid.
    const auto heard =
        std::ranges::find(wanted, "shanhai.event.v1.CertificationDeclared", &events::Wanted::type);
    ASSERT_NE(heard, wanted.end());
    EXPECT_EQ(heard->past, events::Past::every_fact);
}

TEST_F(Catalog, CallsSchemesAsTheirOfficesDo) {
    const auto id = add_product();
    auto certification = certification_of(id, 2);
    learn(certification);
    const auto name = [&] { return product(id).at("certifications").at(0).at("scheme_name"); };
    const auto found = [&](const std::string& words) {
        return get("/v1/products?q=" + words).json().at("items").as_array().size();
    };
    EXPECT_TRUE(name().is_null()) << "nobody said";
    EXPECT_EQ(found("%E6%9D%BE%E6%B1%9F"), 0U);
    const auto tell = [&](int version, const char* called) {
        host_.transact([&](database::Session& session) {
            remember_scheme(session, certification.scheme, version, called);
        });
    };
    tell(2, "松江优选");
    EXPECT_TRUE(support::eventually([&] { return name() == "松江优选"; }));
    tell(1, "松江好物");
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM known_scheme WHERE name = '松江优选' AND version = 2"), 1)
        << "what comes late undoes nothing";
    EXPECT_EQ(found("%E6%9D%BE%E6%B1%9F"), 1U) << "by 松江";
    EXPECT_EQ(get("/v1/products/facets").json().at("schemes").at(0).at("name"), "松江优选");
}

TEST_F(Catalog, TellsWhomAProductHelpsAsItsCertificationSays) {
    const auto id = add_product();
    auto certification = certification_of(id, 1);
    learn(certification);
    EXPECT_FALSE(product(id).at("certifications").at(0).as_object().contains("households"));
    const auto shows = [&](const char* member, std::int64_t wanted) {
        return support::eventually([&] {
            const auto shown = product(id).at("certifications").at(0).as_object();
            const auto* const told = shown.if_contains(member);
            return wanted < 0 ? told == nullptr : told != nullptr && *told == wanted;
        });
    };
    certification.households = Households{46, 158};
    learn(certification);
    EXPECT_TRUE(shows("households", 46));
    EXPECT_TRUE(shows("people", 158));
    certification.households = Households{47};
    learn(certification);
    EXPECT_TRUE(shows("households", 47));
    EXPECT_TRUE(shows("people", -1)) << "what is not said any more is gone";
}

TEST_F(Catalog, NeverGivesACertificationToAnotherProduct) {
    const auto merchant = add_merchant();
    const auto first = made(post("/v1/products", product_body(merchant)), "product_id");
    const auto second =
        made(post("/v1/products", product_body(merchant, "9520000000028", "笋干")), "product_id");
    learn(certification_of(first, 5));
    EXPECT_THROW(learn(certification_of(second, 5)), std::runtime_error);
}

/// In steps larger than they were told, two of one year and a number that moved may meet.
TEST_F(Catalog, LearnsOfCertificationsInWhateverStepsTheyAreTold) {
    const auto id = add_product();
    learn(certification_of(id, 2));
    auto earlier = certification_of(id, 1);
    earlier.number = "MHYP-2";
    earlier.state = CertificationState::revoked;
    learn(earlier);
    EXPECT_EQ(product(id).at("certifications").as_array().size(), 2U);
    EXPECT_TRUE(product(id).at("certified_now").as_bool());
}

/// A database from when the catalog kept certifications, as it starts with this version.
TEST_F(Catalog, HandsOverOnceWhatItKept) {
    const auto id = add_product();
    learn(certification_of(id, 7));
    host_.transact([](database::Session& session) {
        session.run(
            "INSERT INTO certification_state (certification_id, step, state, reason, at, by_account) VALUES "
            "(7, 1, 'CERTIFIED', '', '2026-01-05 00:00:00', 3), (7, 2, 'SUSPENDED', 'x', '2026-02-05 00:00:00', 3)");
        session.run("UPDATE told SET version = 3");
    });
    const auto handed_over = [&] {
        std::vector<event::v1::CertificationHandedOver> found;
        std::vector<std::uint64_t> ends;
        host_.transact([&](database::Session& session) {
            auto rows = session.query("SELECT frame FROM outbox ORDER BY id");
            while (rows.next()) {
                for (const auto& event : events::decode_frame({}, {0, rows.text(0)}).events) {
                    event::v1::CertificationHandedOver fact;
                    event::v1::CertificationsHandedOver end;
                    if (event.read(fact)) found.push_back(fact);
                    if (event.read(end)) ends.push_back(end.certifications());
                }
            }
        });
        return std::pair{found, ends};
    };
    EXPECT_EQ(handed_over().second, (std::vector<std::uint64_t>{0})) << "a new database had none";
    for (int start = 0; start < 2; ++start) {
        host_.run(make_service);
        const auto [found, ends] = handed_over();
        ASSERT_EQ(found.size(), 1U);
        EXPECT_EQ(ends, (std::vector<std::uint64_t>{0, 1}));
        EXPECT_EQ(found[0].certification().number(), "MHYP-7");
        EXPECT_EQ(found[0].certification().product_id(), id);
        ASSERT_EQ(found[0].steps_size(), 2);
        EXPECT_EQ(found[0].steps(1).state(), "SUSPENDED");
        EXPECT_EQ(found[0].steps(1).by_account(), 3U);
    }
}

}  // namespace
}  // namespace shanhai::catalog
