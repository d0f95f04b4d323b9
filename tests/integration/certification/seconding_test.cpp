#include "integration/certification/fixture.hpp"

#include <atomic>
#include <map>
#include <random>
#include <set>
#include <thread>

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
    std::string state_of(const std::string& target) {
        return std::string{get(target).json().at("state").as_string()};
    }
    std::string state() { return state_of(target_); }
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

TEST_F(Seconding, ShowsAnOfficeItsOwnDoubtsOnly) {
    (void)become("REVOKED");
    const auto seen_by = [&](std::uint64_t office) {
        return host_.call_as("certifier", "GET", "/v1/proposals", "", office)
            .json()
            .at("items")
            .as_array()
            .size();
    };
    EXPECT_EQ(seen_by(office_of_minhang), 1U);
    EXPECT_EQ(seen_by(office_of_songjiang), 0U);
    EXPECT_EQ(proposals().size(), 1U) << "an auditor sees all";
}

TEST_F(Seconding, SaysWhatAProposalIsAbout) {
    (void)become("SUSPENDED");
    const auto certified = get(target_).json();
    const auto listed = proposals("?outcome=WAITING").at(0).as_object();
    for (const auto* member : {"product_id", "product_name", "county_code", "scheme", "year"})
        EXPECT_EQ(listed.at(member), certified.at(member)) << member;
    EXPECT_EQ(listed.at("certificate_number"), certified.at("number"));
    EXPECT_EQ(listed.at("product_name"), "箬竹面");
}

TEST_F(Seconding, TellsOthersOfWhatWaitsForASecondPersonAndOfWhatBecameOfIt) {
    const auto told = [&] { return support::told_facts<event::v1::ProposalMoved>(host_); };
    const auto revoked = become("REVOKED");
    ASSERT_EQ(told().size(), 1U);
    EXPECT_EQ(told().back().outcome(), "WAITING");
    EXPECT_EQ(told().back().proposed(), "REVOKED");
    EXPECT_EQ(told().back().organisation_id(), office_of_minhang);
    EXPECT_EQ(told().back().product_id(), noodles);
    EXPECT_EQ(told().back().by_account(), 1U);
    EXPECT_EQ(told().back().reason(), "抽检不合格");
    EXPECT_EQ(become("REVOKED").status, 409);
    EXPECT_EQ(told().size(), 1U) << "what is refused is not told";
    ASSERT_EQ(become("SUSPENDED").status, 200);
    ASSERT_EQ(post_as_second(address_of(revoked), word(true)).status, 200);
    std::vector<std::string> outcomes;
    for (const auto& fact : told()) outcomes.push_back(fact.proposed() + ' ' + fact.outcome());
    EXPECT_EQ(outcomes, (std::vector<std::string>{"REVOKED WAITING", "SUSPENDED WAITING", "REVOKED AGREED",
                                                  "SUSPENDED OVERTAKEN"}));
    EXPECT_EQ(told().at(2).answered_by(), 2U);
    EXPECT_EQ(told().at(2).reason(), "已复核");
    EXPECT_EQ(told().at(3).answered_by(), 0U);
}

TEST_F(Seconding, TellsOnceOfWhatWaitedBeforeItWasTold) {
    (void)become("REVOKED");
    host_.transact([](database::Session& session) { session.run("UPDATE proposal SET told = FALSE"); });
    const auto told = [&] { return support::told_facts<event::v1::ProposalMoved>(host_).size(); };
    const auto before = told();
    for (int start = 0; start < 2; ++start) host_.run(make_service);
    EXPECT_EQ(told(), before + 1);
}

/// Also where one person was enough. The public is told what was decided and why.
TEST_F(Seconding, NamesWhoTookEachStepToThoseWhomNamesAreTold) {
    ASSERT_EQ(become("SUSPENDED").status, 200);
    ASSERT_EQ(post_as_second(target_ + "/state", {{"state", "CERTIFIED"}, {"reason", "复检合格"}}).status,
              200);
    for (const auto* role : {"certifier", "auditor", "operator", "admin"}) {
        const auto history = host_.call_as(role, "GET", target_).json().at("history").as_array();
        ASSERT_EQ(history.size(), 3U);
        EXPECT_EQ(history.at(0).at("by_account"), 1) << role;
        EXPECT_EQ(history.at(1).at("by_account"), 1) << role;
        EXPECT_EQ(history.at(2).at("by_account"), 2) << role;
    }
    for (const auto& answer : {get(target_), host_.call_as("merchant", "GET", target_)}) {
        ASSERT_EQ(answer.status, 200) << answer.body;
        EXPECT_EQ(answer.body.find("by_account"), std::string::npos);
    }
}

TEST_F(Seconding, LetsWhoeverProposedItTakeItBack) {
    const auto asked = become("WITHDRAWN");
    ASSERT_EQ(asked.status, 202);
    EXPECT_EQ(post(address_of(asked), word(true)).problem(), "second-person");
    EXPECT_EQ(post(address_of(asked), word(false)).json().at("state"), "CERTIFIED");
    EXPECT_EQ(post_as_second(address_of(asked), word(true)).problem(), "answered-already");
}

/// As an older copy, which knows of no proposals, may leave it.
TEST_F(Seconding, BringsNothingBackThatHasEnded) {
    const auto suspended = become("SUSPENDED");
    host_.transact([](database::Session& session) {
        change_state(session, CertificationId{1},
                     {CertificationState::revoked, "造假", session.now(), AccountId{1}});
    });
    EXPECT_EQ(post_as_second(address_of(suspended), word(false)).problem(), "certification-ended");
    EXPECT_EQ(state(), "REVOKED");
}

TEST_F(Seconding, TakesOneOfTwoAnswersThatComeTogether) {
    const auto where = address_of(become("REVOKED"));
    std::atomic<int> taken = 0;
    std::vector<std::thread> people;
    for (const bool agreed : {true, false, true, false}) {
        people.emplace_back(
            [&, agreed] { taken += post_as_second(where, word(agreed)).status == 200 ? 1 : 0; });
    }
    for (auto& person : people) person.join();
    EXPECT_EQ(taken, 1);
    const bool agreed = proposals("?outcome=AGREED").size() == 1;
    EXPECT_EQ(state(), agreed ? "REVOKED" : "CERTIFIED");
    EXPECT_EQ(proposals("?outcome=REFUSED").size(), agreed ? 0U : 1U);
}

/// What the rules say, kept beside the service: the state, and who waits for a second word about what.
struct Model {
    std::string state = "CERTIFIED";
    std::map<std::string, int> waiting;  // By the proposed state.

    bool ended() const { return state == "REVOKED" || state == "WITHDRAWN"; }
    void become(const std::string& next) {
        state = next;
        if (ended()) waiting.clear();
        if (next == "CERTIFIED") waiting.erase("SUSPENDED");
    }
    /// The status of asking for it.
    int ask(int who, const std::string& next) {
        if (ended() || next == state) return 409;
        const bool at_once = next == "SUSPENDED" || next == "CERTIFIED";
        if (!at_once && waiting.contains(next)) return 409;
        if (at_once) become(next);
        if (next != "CERTIFIED") waiting[next] = who;
        return at_once ? 200 : 202;
    }
    int answer(int who, const std::string& proposed, bool agreed) {
        if (agreed && waiting.at(proposed) == who) return 403;
        waiting.erase(proposed);
        if (agreed && proposed != "SUSPENDED") become(proposed);
        if (!agreed && proposed == "SUSPENDED") become("CERTIFIED");
        return 200;
    }
};

TEST_F(Seconding, GoesByTheRulesWhateverTwoPeopleDo) {
    std::mt19937 chance{20261127};
    const std::array<std::string, 4> states{"SUSPENDED", "CERTIFIED", "REVOKED", "WITHDRAWN"};
    Model model;
    std::set<std::string> ends;
    auto target = target_;
    const auto send = [&](int who, const std::string& where, const json::object& body) {
        return who == 1 ? post(where, body) : post_as_second(where, body);
    };
    for (int step = 0; step < 250; ++step) {
        const auto id = target.substr(target.rfind('/') + 1);
        const auto waiting = proposals("?outcome=WAITING&certification_id=" + id);
        ASSERT_EQ(waiting.size(), model.waiting.size()) << step;
        const int who = 1 + static_cast<int>(chance() % 2);
        if (waiting.empty() || chance() % 2 == 0) {
            const auto& wanted = states[chance() % states.size()];
            const auto answer = send(who, target + "/state", {{"state", wanted}, {"reason", "复检"}});
            ASSERT_EQ(answer.status, model.ask(who, wanted)) << step << ' ' << answer.body;
        } else {
            const auto& one = waiting[chance() % waiting.size()].as_object();
            const bool agreed = chance() % 2 == 0;
            const auto where = "/v1/proposals/" +
                               std::to_string(one.at("proposal_id").to_number<std::uint64_t>()) + "/answer";
            const auto answer = send(who, where, word(agreed));
            const std::string proposed{one.at("state").as_string()};
            ASSERT_EQ(answer.status, model.answer(who, proposed, agreed)) << step << ' ' << answer.body;
        }
        ASSERT_EQ(state_of(target), model.state) << step;
        if (!model.ended()) continue;
        ends.insert(model.state);
        target =
            certify(certification_body(noodles, "MHYP-" + std::to_string(1000 + step))).header("Location");
        model = {};
    }
    EXPECT_EQ(ends.size(), 2U);
    EXPECT_EQ(
        host_.number("SELECT COUNT(*) FROM proposal WHERE outcome = 'AGREED' AND by_account = answered_by"),
        0);
}

}  // namespace
}  // namespace shanhai::certification
