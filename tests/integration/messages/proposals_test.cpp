#include "integration/messages/fixture.hpp"

namespace shanhai::messages {
namespace {

using std::chrono::minutes;

constexpr std::uint64_t first_person = 1;  // Who asks in these tests.
constexpr std::uint64_t second_person = 2;

class ProposalMessages : public MessagesTest {
protected:
    ProposalMessages() { know_sellers(); }

    static v1::ProposalMoved proposal(const char* outcome, Instant at, std::uint64_t by,
                                      std::uint64_t answered_by = 0, std::uint64_t id = 6) {
        v1::ProposalMoved fact;
        fact.set_proposal_id(id);
        fact.set_certification_id(4);
        fact.set_product_id(noodles);
        fact.set_scheme("MINHANG_YOUPIN");
        fact.set_year(2026);
        fact.set_proposed("REVOKED");
        fact.set_outcome(outcome);
        fact.set_reason(answered_by == 0 ? "抽检不合格" : "已复核");
        fact.set_at_us(unix_microseconds(at));
        fact.set_organisation_id(office);
        fact.set_by_account(by);
        fact.set_answered_by(answered_by);
        return fact;
    }
    Kinds of_office() { return kinds(office, "certifier"); }
    std::int64_t unread_by_first_person() { return unread(office, "certifier"); }
};

TEST_F(ProposalMessages, AskTheColleaguesOfWhoeverProposedItAndNobodyElse) {
    learn(proposal("WAITING", now() - minutes{5}, second_person));
    EXPECT_EQ(of_office(), Kinds{"PROPOSAL_TO_ANSWER"});
    EXPECT_EQ(unread_by_first_person(), 1);
    const auto told = newest(office, "certifier");
    EXPECT_EQ(told.at("proposal_id"), 6);
    EXPECT_EQ(told.at("proposed"), "REVOKED");
    EXPECT_EQ(told.at("certification_id"), 4);
    EXPECT_EQ(told.at("product_name"), "箬竹面");
    EXPECT_EQ(told.at("reason"), "抽检不合格");
    EXPECT_EQ(kinds(), Kinds{}) << "what an office doubts is not the house's to know";
    EXPECT_EQ(kinds(county_office, "certifier"), Kinds{});
}

TEST_F(ProposalMessages, AreReadForWhoeverProposedIt) {
    learn(proposal("WAITING", now() - minutes{5}, first_person));
    EXPECT_EQ(of_office(), Kinds{"PROPOSAL_TO_ANSWER"});
    EXPECT_EQ(unread_by_first_person(), 0);
    learn(proposal("AGREED", now() - minutes{4}, first_person, second_person));
    EXPECT_EQ(unread_by_first_person(), 1) << "the second word is news to the first person";
}

TEST_F(ProposalMessages, AskNobodyOnceItIsAnsweredTakenBackOrOvertaken) {
    const std::vector<std::tuple<const char*, std::uint64_t, const char*>> ends{
        {"AGREED", first_person, "PROPOSAL_AGREED"},
        {"REFUSED", first_person, "PROPOSAL_REFUSED"},
        {"REFUSED", second_person, "PROPOSAL_TAKEN_BACK"},
        {"OVERTAKEN", 0, "PROPOSAL_OVERTAKEN"}};
    std::uint64_t id = 100;
    auto at = now() - minutes{60};
    for (const auto& [outcome, answered_by, kind] : ends) {
        const auto before = unread_by_first_person();
        learn(proposal("WAITING", at += minutes{1}, second_person, 0, ++id));
        EXPECT_EQ(unread_by_first_person(), before + 1) << outcome;
        const auto answered = proposal(outcome, at += minutes{1}, second_person, answered_by, id);
        for (int twice = 0; twice < 2; ++twice) learn(answered);
        EXPECT_EQ(of_office().front(), kind);
        EXPECT_EQ(unread_by_first_person(), before + (answered_by == first_person ? 0 : 1)) << outcome;
    }
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM message WHERE kind = 'PROPOSAL_TO_ANSWER' AND settled = 0"),
              0);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM message"), 8) << "each once, however often it is told";
}

TEST_F(ProposalMessages, AreSettledAlsoWhereTheAnswerIsLearntAMonthLater) {
    learn(proposal("WAITING", now() - minutes{5}, second_person));
    host_.transact(
        [](database::Session& session) { session.run("UPDATE message SET at = at - INTERVAL 60 DAY"); });
    learn(proposal("AGREED", now() - std::chrono::days{40}, second_person, 3));
    EXPECT_EQ(of_office(), Kinds{"PROPOSAL_TO_ANSWER"});
    EXPECT_EQ(unread_by_first_person(), 0);
}

TEST_F(ProposalMessages, AreReadWithThePageOfTheCertification) {
    learn(proposal("WAITING", now() - minutes{5}, second_person));
    EXPECT_EQ(open("CERTIFICATION", 4, office, "certifier").status, 200);
    EXPECT_EQ(unread_by_first_person(), 0);
    EXPECT_FALSE(newest(office, "certifier").at("settled").as_bool());
}

}  // namespace
}  // namespace shanhai::messages
