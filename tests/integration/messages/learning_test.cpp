#include "integration/messages/fixture.hpp"

namespace shanhai::messages {
namespace {

using std::chrono::days;
using std::chrono::minutes;

TEST_F(MessagesTest, TellTheHouseWhyItsApplicationCameBack) {
    know_sellers();
    const auto at = now() - minutes{5};
    learn(step("RETURN", at, "缺检测报告"));
    const auto told = newest();
    EXPECT_EQ(told.at("kind"), "APPLICATION_RETURNED");
    EXPECT_EQ(told.at("reason"), "缺检测报告");
    EXPECT_EQ(told.at("product_name"), "箬竹面");
    EXPECT_EQ(told.at("application_id"), 5);
    EXPECT_EQ(std::string{told.at("at").as_string()}, rfc3339(at));
    EXPECT_EQ(told.at("unread"), true);
    EXPECT_TRUE(told.at("due_on").is_null());
}

TEST_F(MessagesTest, GoToTheOfficeWhoseStepIsAwaited) {
    know_sellers();
    learn(step("SUBMIT", now() - minutes{9}, "", "RECOMMEND", {county_office, 24}));
    learn(step("RECOMMEND", now() - minutes{5}, "品质好", "BEGIN_REVIEW", {office}));
    EXPECT_EQ(kinds(county_office, "certifier"), Kinds{"APPLICATION_TO_RECOMMEND"});
    EXPECT_EQ(kinds(24, "certifier"), Kinds{"APPLICATION_TO_RECOMMEND"});
    EXPECT_EQ(kinds(office, "certifier"), Kinds{"APPLICATION_TO_REVIEW"});
    EXPECT_EQ(newest(office, "certifier").at("reason"), "");
    EXPECT_EQ(newest(office, "certifier").at("product_name"), "箬竹面");
    EXPECT_EQ(kinds(), Kinds{"APPLICATION_RECOMMENDED"});
}

TEST_F(MessagesTest, OfAStepOfBeforeOfficesWereNamedReachTheHouseAlone) {
    know_sellers();
    v1::ApplicationMoved old = step("PUBLISH_NOTICE", now());
    old.clear_awaited_action();
    learn(old);
    EXPECT_EQ(kinds(), Kinds{"NOTICE_PUBLISHED"});
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM message"), 1);
}

TEST_F(MessagesTest, AreOneHoweverOftenTheFactIsTold) {
    know_sellers();
    const auto returned = step("RETURN", now() - minutes{5}, "缺检测报告");
    const auto submitted = step("SUBMIT", now() - minutes{4}, "", "RECOMMEND", {county_office});
    const auto blocked_at = now() - minutes{3};
    v1::LotRegistered lot;
    lot.set_lot_id(3);
    lot.set_lot_code("L-1");
    lot.set_product_id(noodles);
    lot.set_saleable(false);
    for (int round = 0; round < 2; ++round) {
        learn(returned);
        learn(submitted);
        learn(certification(4, now() - minutes{2}));
        learn(lot, blocked_at);
    }
    EXPECT_EQ(kinds(), (Kinds{"LOT_BLOCKED", "CERTIFIED", "APPLICATION_RETURNED"}));
    EXPECT_EQ(kinds(county_office, "certifier").size(), 1U);
    EXPECT_EQ(newest().at("lot_code"), "L-1");
    learn(step("RETURN", now(), "还缺一份"));
    EXPECT_EQ(kinds().size(), 4U) << "what happens again is told again";
}

TEST_F(MessagesTest, TellWhatBecomesOfACertification) {
    know_sellers();
    const auto at = now() - minutes{30};
    int minute = 0;
    for (const auto* state : {"CERTIFIED", "SUSPENDED", "CERTIFIED", "SUSPENDED", "REVOKED"}) {
        learn(certification(4, at + minutes{++minute}, state));
    }
    EXPECT_EQ(kinds(), (Kinds{"CERTIFICATION_REVOKED", "CERTIFICATION_SUSPENDED", "CERTIFICATION_REINSTATED",
                              "CERTIFICATION_SUSPENDED", "CERTIFIED"}));
    EXPECT_EQ(newest().at("certification_id"), 4);
    EXPECT_EQ(newest().at("scheme"), "MINHANG_YOUPIN");
}

TEST_F(MessagesTest, WaitUntilItIsKnownWhoSells) {
    learn(step("RETURN", now() - minutes{5}, "缺检测报告"));
    EXPECT_EQ(kinds(), Kinds{});
    learn(offer(11, noodles, 1, "箬竹面"));
    EXPECT_EQ(kinds(), Kinds{}) << "whose merchant that is, nobody said";
    learn(merchant(1, cooperative));
    EXPECT_EQ(kinds(), Kinds{"APPLICATION_RETURNED"});
    EXPECT_EQ(newest().at("product_name"), "箬竹面");
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM undelivered"), 0);
    learn(offer(12, noodles, 1, "箬竹面"));
    EXPECT_EQ(kinds().size(), 1U);
}

TEST_F(MessagesTest, OfWhatIsOverForThirtyDaysAreNone) {
    know_sellers();
    const auto long_ago = now() - days{31};
    learn(step("RETURN", long_ago, "缺检测报告"));
    learn(step("SUBMIT", long_ago, "", "RECOMMEND", {county_office}));
    learn(certification(4, long_ago));
    learn(merchant(1, cooperative, false), long_ago);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM message"), 0);
    learn(certification(4, now(), "SUSPENDED"));
    EXPECT_EQ(kinds(), Kinds{"CERTIFICATION_SUSPENDED"});
}

TEST_F(MessagesTest, TellEachHouseInAnEditionOnce) {
    know_sellers();
    learn(offer(13, 72, 1, "笋干"));
    for (const auto& [id, product] :
         {std::pair{1U, noodles}, std::pair{2U, std::uint64_t{72}}, std::pair{3U, tea}}) {
        learn(certification(id, now() - days{40}, "CERTIFIED", product));
    }
    learn(certification(3, now() - days{35}, "REVOKED", tea));
    v1::EditionPublished edition;
    edition.set_edition_id(6);
    edition.set_scheme("MINHANG_YOUPIN");
    edition.set_year(2026);
    edition.set_frozen_us(unix_microseconds(now() - minutes{1}));
    learn(edition);
    EXPECT_EQ(kinds(), Kinds{"EDITION_PUBLISHED"});
    EXPECT_EQ(kinds(elsewhere), Kinds{}) << "its tea is not in it";
}

TEST_F(MessagesTest, TellAHouseThatItsSalesStopAndGoOnAndWhoWasLetIn) {
    know_sellers();
    learn(merchant(1, cooperative, false));
    learn(merchant(1, cooperative, false));
    learn(merchant(1, cooperative, true));
    v1::MerchantVerified verified;
    verified.set_organisation_id(elsewhere);
    verified.set_name("别家合作社");
    verified.set_verified_us(unix_microseconds(now()));
    learn(verified);
    EXPECT_EQ(kinds(), (Kinds{"MERCHANT_RESUMED", "MERCHANT_STOPPED"}));
    EXPECT_EQ(newest(elsewhere).at("kind"), "MERCHANT_VERIFIED");
    EXPECT_EQ(newest(elsewhere).at("merchant_name"), "别家合作社");
}

TEST_F(MessagesTest, OfALotComeOnceItIsBlockedAlsoWhenItsFactsComeTogether) {
    know_sellers();
    const auto at = now() - minutes{3};
    events::Frame frame{"trace", 1, at, {}};
    for (const auto& [id, saleable] : {std::pair{3U, true}, std::pair{4U, true}, std::pair{3U, false},
                                       std::pair{3U, false}, std::pair{4U, true}, std::pair{5U, false}}) {
        v1::LotRegistered lot;
        lot.set_lot_id(id);
        lot.set_lot_code("L-" + std::to_string(id));
        lot.set_product_id(noodles);
        lot.set_saleable(saleable);
        frame.events.push_back(events::Event::of(lot));
    }
    std::vector<events::Told> told;
    for (const auto& event : frame.events) told.push_back({frame, event});
    host_.transact([&](database::Session& session) { lessons().apply(session, told); });
    EXPECT_EQ(kinds(), (Kinds{"LOT_BLOCKED", "LOT_BLOCKED"}));
    EXPECT_EQ(newest().at("lot_id"), 5);
}

}  // namespace
}  // namespace shanhai::messages
