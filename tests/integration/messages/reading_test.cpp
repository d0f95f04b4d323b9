#include "integration/messages/fixture.hpp"

#include "chassis/events/set_aside.hpp"
#include "messages/store/message_rows.hpp"

namespace shanhai::messages {
namespace {

using std::chrono::days;
using std::chrono::minutes;

/// Three messages of the cooperative, one of the other house, one of the operator.
class Reading : public MessagesTest {
protected:
    Reading() {
        know_sellers();
        learn(merchant(3, 0));
        learn(offer(13, 73, 3, "扶贫馆的礼盒"));
        const auto at = now() - minutes{30};
        learn(certification(1, at));
        learn(certification(2, at, "CERTIFIED", tea));
        learn(certification(3, at, "CERTIFIED", 73));
        learn(certification(1, at + minutes{1}, "SUSPENDED"));
        learn(step("RETURN", at + minutes{2}, "缺检测报告"));
    }
    static std::int64_t id_of(const json::value& message) { return message.at("message_id").as_int64(); }
    std::string through(const json::value& message) {
        return R"({"through":)" + std::to_string(id_of(message)) + "}";
    }
};

TEST_F(Reading, ShowsAHouseItsOwnAndNobodyElsesMessages) {
    EXPECT_EQ(kinds(), (Kinds{"APPLICATION_RETURNED", "CERTIFICATION_SUSPENDED", "CERTIFIED"}));
    EXPECT_EQ(kinds(elsewhere), Kinds{"CERTIFIED"});
    EXPECT_EQ(kinds(77), Kinds{});
    EXPECT_EQ(kinds(0), Kinds{}) << "whoever works for nobody";
    EXPECT_EQ(unread(0), 0);
    EXPECT_EQ(newest(0, "operator").at("product_name"), "扶贫馆的礼盒") << "of merchants of no house";
    EXPECT_EQ(kinds(0, "operator").size(), 1U);
}

TEST_F(Reading, RefusesWhoHasNoPartInIt) {
    EXPECT_EQ(host_.call("GET", "/v1/messages").problem(), "token-missing");
    for (const auto* role : {"auditor", "admin"}) {
        EXPECT_EQ(get("", cooperative, role).problem(), "role-missing") << role;
        EXPECT_EQ(get("/count", cooperative, role).problem(), "role-missing") << role;
    }
    EXPECT_EQ(
        host_.call_as("auditor", "POST", "/v1/messages/read", R"({"through":1})", cooperative).problem(),
        "role-missing");
}

TEST_F(Reading, ComesPageByPageTheNewestFirst) {
    const auto first = get("?limit=2").json();
    EXPECT_EQ(first.at("items").as_array().size(), 2U);
    const std::string next{first.at("next").as_string()};
    learn(merchant(1, cooperative, false));
    const auto second = get("?limit=2&cursor=" + next).json();
    ASSERT_EQ(second.at("items").as_array().size(), 1U) << "what came meanwhile moves nothing";
    EXPECT_EQ(second.at("items").at(0).at("kind"), "CERTIFIED");
    EXPECT_TRUE(second.at("next").is_null());
    EXPECT_EQ(get("?unread=true&cursor=" + next).problem(), "invalid-cursor") << "of another list";
}

TEST_F(Reading, IsNarrowedByKindAndByWhatIsUnread) {
    EXPECT_EQ(kinds(cooperative, "merchant", "?kind=CERTIFIED"), Kinds{"CERTIFIED"});
    const auto second = get("?limit=2").json().at("items").at(1);
    EXPECT_EQ(mark(through(second)).status, 200);
    EXPECT_EQ(kinds(cooperative, "merchant", "?unread=true"), Kinds{"APPLICATION_RETURNED"});
    EXPECT_EQ(kinds(cooperative, "merchant", "?unread=true&kind=CERTIFIED"), Kinds{});
    EXPECT_EQ(kinds(cooperative, "merchant", "?unread=false").size(), 3U);
    for (const auto* query : {"?kind=x", "?unread=1", "?limit=0", "?cursor=x"}) {
        EXPECT_EQ(get(query).status, 422) << query;
    }
    EXPECT_EQ(get("?colour=red").problem(), "malformed-query");
}

TEST_F(Reading, IsMarkedThroughAMessageAndNeverBack) {
    EXPECT_EQ(unread(), 3);
    const json::value items = get().json().at("items");
    EXPECT_EQ(mark(through(items.at(1))).json().at("unread"), 1);
    EXPECT_EQ(mark(through(items.at(2))).json().at("unread"), 1) << "an older one takes nothing back";
    EXPECT_EQ(unread(), 1);
    EXPECT_EQ(newest().at("unread"), true);
    EXPECT_EQ(get().json().at("items").at(1).at("unread"), false);
    EXPECT_EQ(mark(through(items.at(0))).json().at("unread"), 0);
    learn(merchant(1, cooperative, false));
    EXPECT_EQ(unread(), 1);
}

TEST_F(Reading, IsEachAccountsOwn) {
    ASSERT_EQ(mark(through(newest())).status, 200);
    EXPECT_EQ(unread(), 0);
    const security::TokenSigner signer{host_.secrets().read("access_token_private")};
    const security::Principal clerk{77, cooperative, "another", {"merchant"}};
    const auto answer =
        host_.call("GET", "/v1/messages/count", {},
                   {{"Authorization", "Bearer " + signer.sign(clerk, host_.clock().now(), minutes{10})}});
    EXPECT_EQ(answer.json().at("unread"), 3);
}

TEST_F(Reading, IsNotMarkedByWhatIsNoMessageOfTheirs) {
    const auto others = through(newest(elsewhere));
    const std::vector<std::pair<std::string, std::string>> bodies{{others, "/through"},
                                                                  {R"({"through":9999})", "/through"},
                                                                  {R"({"through":0})", "/through"},
                                                                  {R"({"through":"1"})", "/through"},
                                                                  {"{}", "/through"},
                                                                  {R"({"through":1,"all":true})", "/all"}};
    for (const auto& [body, pointer] : bodies) {
        const auto answer = mark(body);
        EXPECT_EQ(answer.status, 422) << body;
        EXPECT_EQ(answer.problem(), "validation-failed") << body;
        EXPECT_EQ(answer.pointer(), pointer) << body;
    }
    EXPECT_EQ(mark("{").problem(), "malformed-json");
    EXPECT_EQ(mark(others, 0).status, 422);
    EXPECT_EQ(unread(), 3);
}

TEST_F(Reading, CountsNoFartherThanAHundred) {
    const auto at = now() - days{1};
    for (int i = 0; i < 110; ++i) {
        learn(step("RETURN", at + std::chrono::seconds{i}, "再补"));
    }
    EXPECT_EQ(unread(), 100);
}

TEST_F(Reading, ForgetsAfterFourHundredDays) {
    learn(step("RETURN", now(), "没人卖"), now());
    host_.transact([](database::Session& session) {
        session.run("UPDATE message SET told_at = told_at - INTERVAL 400 DAY WHERE organisation_id = 9");
        session.run("UPDATE message SET told_at = told_at - INTERVAL 399 DAY WHERE organisation_id = 8");
    });
    v1::ApplicationMoved of_nobody = step("RETURN", now() - days{29}, "没人卖");
    of_nobody.set_product_id(404);
    learn(of_nobody);
    Reminders reminders{host_.pool()};
    ASSERT_TRUE(reminders.forget_old());
    EXPECT_EQ(kinds(), Kinds{});
    EXPECT_EQ(kinds(elsewhere).size(), 1U);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM undelivered"), 1);
    host_.clock().turn(days{2});
    ASSERT_TRUE(reminders.forget_old());
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM undelivered"), 0);
    EXPECT_EQ(kinds(elsewhere).size(), 0U);
}

/// 箬竹面 is certified; the clock is held so many days before its end.
class Reminding : public MessagesTest {
protected:
    Reminding() {
        hold_days_before_end(365);
        know_sellers();
        learn(certification(1, now() - days{40}, "CERTIFIED", noodles, end_));
    }
    void hold_days_before_end(int left) { host_.clock().hold(start_of(end_ - days{left})); }
    void remind() {
        Reminders reminders{host_.pool()};
        ASSERT_TRUE(reminders.remind());
    }

    const Date end_{std::chrono::year{2031} / 1 / 1};
};

TEST_F(Reminding, TellsOnceAThreshold) {
    const std::vector<std::pair<int, Kinds>> told{
        {61, {}},
        {60, {"CERTIFICATION_ENDS_60"}},
        {31, {"CERTIFICATION_ENDS_60"}},
        {30, {"CERTIFICATION_ENDS_30", "CERTIFICATION_ENDS_60"}},
        {14, {"CERTIFICATION_ENDS_14", "CERTIFICATION_ENDS_30", "CERTIFICATION_ENDS_60"}},
        {1, {"CERTIFICATION_ENDS_14", "CERTIFICATION_ENDS_30", "CERTIFICATION_ENDS_60"}},
        {0, {"CERTIFICATION_ENDS_14", "CERTIFICATION_ENDS_30", "CERTIFICATION_ENDS_60"}}};
    for (const auto& [left, expected] : told) {
        hold_days_before_end(left);
        remind();
        remind();
        EXPECT_EQ(kinds(), expected) << left;
    }
    EXPECT_EQ(newest().at("due_on"), "2030-12-31") << "the last day on which it holds";
    EXPECT_EQ(newest().at("product_name"), "箬竹面");
    EXPECT_EQ(kinds(elsewhere), Kinds{});
}

TEST_F(Reminding, TellsWhoeverComesLateByTheNearestOnly) {
    hold_days_before_end(9);
    remind();
    EXPECT_EQ(kinds(), Kinds{"CERTIFICATION_ENDS_14"});
    hold_days_before_end(40);
    remind();
    EXPECT_EQ(kinds().size(), 1U) << "a clock that jumps back";
}

TEST_F(Reminding, WarnsTheHouseThatSellsItNow) {
    hold_days_before_end(55);
    remind();
    EXPECT_EQ(kinds(), Kinds{"CERTIFICATION_ENDS_60"});
    learn(merchant(1, elsewhere));
    hold_days_before_end(50);
    remind();
    EXPECT_EQ(kinds(elsewhere), Kinds{"CERTIFICATION_ENDS_60"});
    EXPECT_EQ(kinds().size(), 1U);
}

TEST_F(Reminding, WaitsWhileNobodyKnowsWhoseTheGoodsAre) {
    std::uint64_t aside = 0;
    host_.transact([&](database::Session& session) {
        const events::Frame frame{"catalog", 9, now(), {}};
        const auto moved = events::Event::of(merchant(1, elsewhere));
        aside = events::set_aside(session, frame, moved, {"merchant_id", "1"}, "it cannot be stored");
    });
    hold_days_before_end(50);
    remind();
    learn(step("RETURN", now(), "补检测报告"));
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM message"), 0);
    host_.transact([&](database::Session& session) {
        events::close_fact(session, aside, "somebody", "it was wrong");
        deliver_all(session);
    });
    EXPECT_EQ(kinds(), Kinds{"APPLICATION_RETURNED"});
    remind();
    EXPECT_EQ(kinds(), (Kinds{"CERTIFICATION_ENDS_60", "APPLICATION_RETURNED"}));
}

TEST_F(Reminding, IsSilentOfWhatGoesOnOrEndedBefore) {
    learn(certification(2, now() - days{40}, "CERTIFIED", noodles, end_ + days{365}));
    learn(certification(3, now() - days{40}, "REVOKED", tea, end_));
    hold_days_before_end(20);
    remind();
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM message"), 0);
    learn(certification(2, now() - days{31}, "WITHDRAWN", noodles, end_ + days{365}));
    remind();
    EXPECT_EQ(kinds(), Kinds{"CERTIFICATION_ENDS_30"});
}

}  // namespace
}  // namespace shanhai::messages
