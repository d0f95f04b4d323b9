#include "integration/certification/fixture.hpp"

#include <random>

namespace shanhai::certification {
namespace {

/// Two certifiers of one office, and what they do with a certification.
class Seconding : public CertificationService {
protected:
    Seconding() : target_{certify(certification_body(noodles)).header("Location")} {}

    /// As the first person.
    Answer become(const std::string& state) {
        return post(target_ + "/state", {{"state", state}, {"reason", "抽检不合格"}});
    }
    static std::string address_of(const Answer& changed) {
        return "/v1/proposals/" +
               std::to_string(changed.json().at("proposal").at("proposal_id").to_number<std::uint64_t>()) +
               "/answer";
    }
    static json::object word(bool agreed) { return {{"agreed", agreed}, {"reason", "已复核"}}; }
    std::string state() { return std::string{get(target_).json().at("state").as_string()}; }
    json::array proposals(const std::string& query = {}) {
        return host_.call_as("auditor", "GET", "/v1/proposals" + query).json().at("items").as_array();
    }

    const std::string target_;
};

TEST_F(Seconding, SuspendsAtOnceAndKeepsItWhenASecondPersonAgrees) {
    const auto suspended = become("SUSPENDED");
    ASSERT_EQ(suspended.status, 200);
    EXPECT_EQ(suspended.json().at("proposal").at("outcome"), "WAITING");
    EXPECT_EQ(told().back().state(), "SUSPENDED");
    const auto before = told().size();
    const auto agreed = post_as_second(address_of(suspended), word(true));
    EXPECT_EQ(agreed.status, 200);
    EXPECT_EQ(agreed.json().at("proposal").at("outcome"), "AGREED");
    EXPECT_EQ(agreed.json().at("proposal").at("answered_by"), 2);
    EXPECT_EQ(state(), "SUSPENDED");
    EXPECT_EQ(told().size(), before) << "nothing changed";
}

TEST_F(Seconding, EndsASuspensionThatTheSecondPersonRefuses) {
    const auto suspended = become("SUSPENDED");
    const auto refused = post_as_second(address_of(suspended), word(false));
    EXPECT_EQ(refused.status, 200);
    EXPECT_EQ(state(), "CERTIFIED");
    EXPECT_EQ(told().back().state(), "CERTIFIED");
    EXPECT_EQ(told().back().reason(), "已复核");
    EXPECT_EQ(proposals("?outcome=REFUSED").size(), 1U);
}

TEST_F(Seconding, RevokesOnceASecondPersonAgrees) {
    const auto asked = become("REVOKED");
    ASSERT_EQ(asked.status, 202);
    EXPECT_EQ(state(), "CERTIFIED");
    EXPECT_EQ(become("REVOKED").problem(), "proposed-already");
    ASSERT_EQ(become("SUSPENDED").status, 200);
    EXPECT_EQ(proposals("?outcome=WAITING").size(), 2U);
    EXPECT_EQ(post_as_second(address_of(asked), word(true)).json().at("state"), "REVOKED");
    EXPECT_EQ(told().back().state(), "REVOKED");
    EXPECT_EQ(told().back().reason(), "抽检不合格");
    EXPECT_TRUE(proposals("?outcome=WAITING").empty()) << "the suspension has nothing to wait for any more";
    EXPECT_EQ(proposals("?outcome=OVERTAKEN").size(), 1U);
}

TEST_F(Seconding, KeepsACertificationWhoseRevocationIsRefused) {
    const auto asked = become("REVOKED");
    const auto before = told().size();
    EXPECT_EQ(post_as_second(address_of(asked), word(false)).status, 200);
    EXPECT_EQ(state(), "CERTIFIED");
    EXPECT_EQ(told().size(), before);
    EXPECT_EQ(become("REVOKED").status, 202) << "it may be proposed again";
}

TEST_F(Seconding, TakesNoAnswerButOneOfASecondPersonOfTheOffice) {
    const auto where = address_of(become("REVOKED"));
    EXPECT_EQ(post(where, word(true)).problem(), "second-person");
    EXPECT_EQ(post_as_second(where, word(true), office_of_songjiang).problem(), "not-the-authority");
    EXPECT_EQ(post_as_second(where, word(true), cooperative).problem(), "duties-not-separate");
    for (const auto* role : {"merchant", "operator", "auditor"}) {
        EXPECT_EQ(post(where, word(true), role).problem(), "role-missing") << role;
    }
    EXPECT_EQ(post_as_second(where, {{"agreed", true}}).pointer(), "/reason");
    EXPECT_EQ(post_as_second(where, {{"agreed", "yes"}, {"reason", "好"}}).pointer(), "/agreed");
    EXPECT_EQ(post_as_second("/v1/proposals/999/answer", word(true)).problem(), "proposal-unknown");
    EXPECT_EQ(state(), "CERTIFIED");
    EXPECT_EQ(post_as_second(where, word(true)).status, 200);
    EXPECT_EQ(post_as_second(where, word(true)).problem(), "answered-already");
    EXPECT_EQ(host_.call_as("merchant", "GET", "/v1/proposals").problem(), "role-missing");
    EXPECT_EQ(host_.call_as("auditor", "GET", "/v1/proposals?outcome=MAYBE").problem(), "validation-failed");
}

/// Whatever two people do in whatever order: what waits fits the state, and nobody revokes alone.
TEST_F(Seconding, NothingLastsThatOnePersonDecidedAlone) {
    std::mt19937 chance{20261127};
    const std::array states{"SUSPENDED", "CERTIFIED", "REVOKED"};
    for (int step = 0; step < 150; ++step) {
        const auto waiting = proposals("?outcome=WAITING");
        if (chance() % 2 == 0 || waiting.empty()) {
            const auto* wanted = states[chance() % states.size()];
            (chance() % 2 == 0) ? become(wanted)
                                : post_as_second(target_ + "/state", {{"state", wanted}, {"reason", "复检"}});
        } else {
            const auto& one = waiting[chance() % waiting.size()].as_object();
            const bool agreed = one.at("state") == "SUSPENDED" && chance() % 2 == 0;
            const auto where = "/v1/proposals/" +
                               std::to_string(one.at("proposal_id").to_number<std::uint64_t>()) + "/answer";
            const auto answer =
                (chance() % 2 == 0) ? post(where, word(agreed)) : post_as_second(where, word(agreed));
            EXPECT_TRUE(answer.status == 200 || answer.problem() == "second-person") << answer.body;
        }
        ASSERT_NE(state(), "REVOKED") << "nobody agreed to that";
        for (const auto& one : proposals("?outcome=WAITING")) {
            if (one.at("state") != "SUSPENDED") continue;
            ASSERT_EQ(state(), "SUSPENDED") << step;
        }
        for (const auto& one : proposals("?outcome=AGREED&limit=100")) {
            ASSERT_NE(one.at("by_account"), one.at("answered_by"));
        }
    }
    EXPECT_EQ(
        host_.number("SELECT COUNT(*) FROM proposal WHERE outcome = 'WAITING' AND answered_at IS NOT NULL"),
        0);
    EXPECT_GT(host_.number("SELECT COUNT(DISTINCT outcome) FROM proposal"), 3);
}

}  // namespace
}  // namespace shanhai::certification
