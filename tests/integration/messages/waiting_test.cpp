#include "integration/messages/fixture.hpp"

namespace shanhai::messages {
namespace {

using std::chrono::minutes;

/// What else waits for somebody's word: objections, and houses that apply to sell here.
class WaitingMessages : public MessagesTest {
protected:
    WaitingMessages() { know_sellers(); }

    static v1::ApplicationObjected objected(bool open, Instant at) {
        v1::ApplicationObjected fact;
        fact.set_application_id(5);
        fact.set_product_id(noodles);
        fact.set_scheme("MINHANG_YOUPIN");
        fact.set_year(2026);
        fact.set_open(open);
        fact.set_at_us(unix_microseconds(at));
        if (open) fact.add_awaits()->set_organisation_id(office);
        return fact;
    }
    static v1::OnboardingMoved house(const char* state, Instant at, std::uint64_t by = 0) {
        v1::OnboardingMoved fact;
        fact.set_onboarding_id(3);
        fact.set_name("大关新合作社");
        fact.set_state(state);
        fact.set_at_us(unix_microseconds(at));
        fact.set_by_account(by);
        return fact;
    }
    Kinds of_operator() { return kinds(0, "operator"); }
    std::int64_t unread_by_operator() { return unread(0, "operator"); }
};

TEST_F(WaitingMessages, AskTheOfficeForAnAnswerToObjectionsUntilNoneIsOpen) {
    const auto at = now() - minutes{30};
    learn(objected(true, at));
    EXPECT_EQ(kinds(office, "certifier"), Kinds{"OBJECTION_TO_ANSWER"});
    EXPECT_EQ(newest(office, "certifier").at("product_name"), "箬竹面");
    EXPECT_EQ(kinds(), Kinds{}) << "the words of strangers are the office's to judge";
    learn(objected(false, at + minutes{1}));
    EXPECT_EQ(unread(office, "certifier"), 0);
    learn(objected(true, at + minutes{2}));
    EXPECT_EQ(unread(office, "certifier"), 1) << "somebody else objected";
    learn(step("PUBLISH_NOTICE", at + minutes{3}, "", "", {}, "PUBLIC_NOTICE"));
    EXPECT_EQ(unread(office, "certifier"), 1);
    learn(step("WITHDRAW", at + minutes{4}, "", "", {}, "WITHDRAWN"));
    EXPECT_EQ(unread(office, "certifier"), 0) << "there is nothing to answer any more";
}

TEST_F(WaitingMessages, AskTheOperatorAndThenASecondOneToVerifyAHouse) {
    const auto at = now() - minutes{30};
    learn(house("SUBMITTED", at));
    EXPECT_EQ(of_operator(), Kinds{"HOUSE_TO_VERIFY"});
    const auto told = newest(0, "operator");
    EXPECT_EQ(told.at("onboarding_id"), 3);
    EXPECT_EQ(told.at("merchant_name"), "大关新合作社");
    EXPECT_EQ(unread_by_operator(), 1);
    learn(house("VERIFIED_ONCE", at + minutes{1}, 2));
    EXPECT_EQ(of_operator(), (Kinds{"HOUSE_TO_VERIFY_SECOND", "HOUSE_TO_VERIFY"}));
    EXPECT_EQ(unread_by_operator(), 1) << "the first word is given";
    learn(house("VERIFIED", at + minutes{2}, 1));
    EXPECT_EQ(unread_by_operator(), 0);
    EXPECT_EQ(kinds(office, "certifier"), Kinds{});
}

TEST_F(WaitingMessages, AskWhoeverVerifiedFirstForNothing) {
    const auto at = now() - minutes{30};
    learn(house("SUBMITTED", at));
    learn(house("VERIFIED_ONCE", at + minutes{1}, 1));
    EXPECT_EQ(unread_by_operator(), 0);
    learn(house("RETURNED", at + minutes{2}, 1));
    learn(house("SUBMITTED", at + minutes{3}));
    EXPECT_EQ(unread_by_operator(), 1) << "corrected, it is to be verified anew";
}

}  // namespace
}  // namespace shanhai::messages
