#include "integration/messages/fixture.hpp"

namespace shanhai::messages {
namespace {

using std::chrono::minutes;

/// The cooperative was told of its application, of a certification of its noodles, and that a lot is blocked.
class Opening : public MessagesTest {
protected:
    Opening() {
        know_sellers();
        learn(certification(4, at_));
        learn(step("RETURN", at_ + minutes{1}, "缺检测报告"));
        v1::LotRegistered lot;
        lot.set_lot_id(3);
        lot.set_lot_code("L-1");
        lot.set_product_id(noodles);
        learn(lot, at_ + minutes{2});
    }
    Kinds unread_kinds(std::uint64_t organisation = cooperative, const std::string& role = "merchant") {
        return kinds(organisation, role, "?unread=true");
    }

    const Instant at_ = now() - minutes{30};
};

TEST_F(Opening, ReadsWhatWasToldAboutThatThingAndNothingElse) {
    EXPECT_EQ(open("APPLICATION", 5).json().at("unread"), 2);
    EXPECT_EQ(unread_kinds(), (Kinds{"LOT_BLOCKED", "CERTIFIED"}));
    EXPECT_EQ(get().json().at("items").at(1).at("unread"), false);
    EXPECT_EQ(get().json().at("items").at(1).at("settled"), false) << "it has been seen, not done";
    EXPECT_EQ(open("PRODUCT", noodles).json().at("unread"), 1) << "its lot is a thing of its own";
    EXPECT_EQ(unread_kinds(), Kinds{"LOT_BLOCKED"});
    EXPECT_EQ(open("LOT", 3).json().at("unread"), 0);
    EXPECT_EQ(open("LOT", 3).json().at("unread"), 0) << "once more";
    EXPECT_EQ(kinds().size(), 3U) << "what is read stays";
    learn(step("REJECT", now(), "超出范围"));
    EXPECT_EQ(unread_kinds(), Kinds{"APPLICATION_REJECTED"}) << "what comes later was not on that page";
}

TEST_F(Opening, ReadsNothingThatWasToldAfterThePageWasRead) {
    const auto seen = *parse_rfc3339(get("/count").json().at("as_of").as_string());
    host_.clock().turn(minutes{1});
    learn(step("REJECT", seen - minutes{1}, "超出范围"));
    EXPECT_EQ(open("APPLICATION", 5, cooperative, "merchant", seen).json().at("unread"), 3)
        << "the page shows what was known a minute ago";
    EXPECT_EQ(unread_kinds(), (Kinds{"APPLICATION_REJECTED", "LOT_BLOCKED", "CERTIFIED"}));
    const auto answer = open("APPLICATION", 5, cooperative, "merchant", host_.clock().now());
    EXPECT_EQ(answer.json().at("unread"), 2);
    EXPECT_EQ(unread_kinds(), (Kinds{"LOT_BLOCKED", "CERTIFIED"}));
}

TEST_F(Opening, ReadsOneMessageAmongOthersThatNobodyHasSeen) {
    const auto middle = get().json().at("items").at(1).at("message_id").as_int64();
    EXPECT_EQ(open("MESSAGE", middle).json().at("unread"), 2);
    EXPECT_EQ(unread_kinds(), (Kinds{"LOT_BLOCKED", "CERTIFIED"}));
}

TEST_F(Opening, KeepsNoListOfWhatStandsBeforeTheFirstUnreadOne) {
    open("APPLICATION", 5);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM read_message"), 1) << "one before it is unread";
    open("CERTIFICATION", 4);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM read_message"), 0);
    EXPECT_EQ(host_.number("SELECT through FROM read_mark"), 2);
    EXPECT_EQ(unread(), 1);
}

TEST_F(Opening, IsNobodyElses) {
    learn(certification(6, at_, "CERTIFIED", tea));
    EXPECT_EQ(open("CERTIFICATION", 6).json().at("unread"), 3) << "of another house";
    const auto theirs = newest(elsewhere).at("message_id").as_int64();
    EXPECT_EQ(open("MESSAGE", theirs).json().at("unread"), 3);
    EXPECT_EQ(unread_kinds(elsewhere), Kinds{"CERTIFIED"});
    EXPECT_EQ(open("APPLICATION", 5, 0).json().at("unread"), 0) << "whoever works for nobody";
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM read_message"), 0);

    open("APPLICATION", 5);
    const security::TokenSigner signer{host_.secrets().read("access_token_private")};
    const security::Principal clerk{77, cooperative, "another", {"merchant"}};
    const auto answer =
        host_.call("GET", "/v1/messages/count", {},
                   {{"Authorization", "Bearer " + signer.sign(clerk, host_.clock().now(), minutes{10})}});
    EXPECT_EQ(answer.json().at("unread"), 3) << "a colleague has not seen it";
}

TEST_F(Opening, RefusesWhatIsNoThing) {
    const std::vector<std::pair<std::string, std::string>> bodies{
        {R"({"thing":"ORDER","id":1})", "/thing"},
        {R"({"id":1})", "/thing"},
        {R"({"thing":"LOT"})", "/id"},
        {R"({"thing":"LOT","id":0})", "/id"},
        {R"({"thing":"LOT","id":"3"})", "/id"},
        {R"({"thing":7,"id":3})", "/thing"},
        {R"({"thing":"LOT","id":3,"all":true})", "/all"},
        {R"({"thing":"LOT","id":3,"seen_at":"2026-11-28"})", "/seen_at"},
        {R"({"thing":"LOT","id":3,"seen_at":7})", "/seen_at"},
    };
    for (const auto& [body, pointer] : bodies) {
        const auto answer = host_.call_as("merchant", "POST", "/v1/messages/opened", body, cooperative);
        EXPECT_EQ(answer.status, 422) << body;
        EXPECT_EQ(answer.problem(), "validation-failed") << body;
        EXPECT_EQ(answer.pointer(), pointer) << body;
    }
    EXPECT_EQ(open("LOT", 3, cooperative, "auditor").problem(), "role-missing");
    EXPECT_EQ(unread(), 3);
}

TEST_F(Opening, LeavesWhatEndsToThePageOnWhichOneRenews) {
    const Date end{std::chrono::year{2031} / 1 / 1};
    host_.clock().hold(start_of(end - std::chrono::days{20}));
    learn(certification(8, now() - std::chrono::days{40}, "CERTIFIED", noodles, end));
    learn(certification(4, now() - std::chrono::days{40}, "WITHDRAWN"));
    Reminders reminders{host_.pool()};
    ASSERT_TRUE(reminders.remind());
    ASSERT_EQ(newest().at("kind"), "CERTIFICATION_ENDS_30");
    open("PRODUCT", noodles);
    EXPECT_EQ(newest().at("unread"), true);
    open("CERTIFICATION", 8);
    EXPECT_EQ(newest().at("unread"), false);
}

class Settling : public MessagesTest {
protected:
    Settling() {
        know_sellers();
        learn(step("SUBMIT", at_, "", "RECOMMEND", {county_office, 24}, "SUBMITTED"));
    }
    std::int64_t unread_of(std::uint64_t office) { return unread(office, "certifier"); }

    const Instant at_ = now() - minutes{30};
};

TEST_F(Settling, WhatAColleagueHasDoneWaitsForNobody) {
    EXPECT_EQ(unread_of(county_office), 1);
    learn(step("RECOMMEND", at_ + minutes{1}, "好", "BEGIN_REVIEW", {office}, "COUNTY_RECOMMENDED"));
    EXPECT_EQ(unread_of(county_office), 0);
    EXPECT_EQ(unread_of(24), 0);
    EXPECT_EQ(newest(24, "certifier").at("settled"), true);
    EXPECT_EQ(kinds(24, "certifier"), Kinds{"APPLICATION_TO_RECOMMEND"}) << "it stays to be read";
    EXPECT_EQ(unread_of(office), 1);
    learn(step("BEGIN_REVIEW", at_ + minutes{2}, "", "", {}, "UNDER_REVIEW"));
    EXPECT_EQ(unread_of(office), 0);
}

TEST_F(Settling, OneOfTwoRecommendationsLeavesTheOtherOfficeAsked) {
    auto first = step("RECOMMEND", at_ + minutes{1}, "好", "", {}, "SUBMITTED");
    first.set_organisation_id(24);
    learn(first);
    EXPECT_EQ(unread_of(24), 0);
    EXPECT_EQ(unread_of(county_office), 1);
}

TEST_F(Settling, WhatWasCorrectedIsAskedOfTheHouseNoMoreAndOfTheOfficeAgain) {
    learn(step("RETURN", at_ + minutes{1}, "缺检测报告", "", {}, "DRAFT"));
    EXPECT_EQ(unread_of(county_office), 0);
    EXPECT_EQ(unread(), 1);
    learn(step("SUBMIT", at_ + minutes{2}, "", "RECOMMEND", {county_office}, "SUBMITTED"));
    EXPECT_EQ(unread(), 0);
    EXPECT_EQ(newest().at("settled"), true);
    EXPECT_EQ(unread_of(county_office), 1) << "asked anew";
    learn(step("RETURN", at_ + minutes{1}, "缺检测报告", "", {}, "DRAFT"));
    EXPECT_EQ(unread_of(county_office), 1) << "a step that is told again settles what was before it alone";
}

/// Its seller is not known when it is sent back, nor when it is sent in again.
TEST_F(MessagesTest, TellWhatWasDoneBeforeAnybodyCouldBeToldAsDone) {
    const auto at = now() - minutes{30};
    learn(step("RETURN", at, "缺检测报告", "", {}, "DRAFT"));
    learn(step("SUBMIT", at + minutes{1}, "", "RECOMMEND", {county_office}, "SUBMITTED"));
    learn(step("RETURN", at + minutes{2}, "还缺一份", "", {}, "DRAFT"));
    learn(step("RETURN", at, "缺检测报告", "", {}, "DRAFT"));
    know_sellers();
    EXPECT_EQ(unread(), 1) << "the second is still asked of it";
    const auto items = get().json().at("items");
    ASSERT_EQ(items.as_array().size(), 2U);
    EXPECT_EQ(items.at(1).at("reason"), "缺检测报告");
    EXPECT_EQ(items.at(1).at("settled"), true);
    EXPECT_EQ(items.at(0).at("settled"), false);
}

}  // namespace
}  // namespace shanhai::messages
