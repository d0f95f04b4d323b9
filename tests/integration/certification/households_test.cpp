#include "integration/certification/applications.hpp"
#include "support/handing_in.hpp"
#include "support/pictures.hpp"
#include "support/told_facts.hpp"

#include <set>

namespace shanhai::certification {
namespace {

/// How many households contracts cover: said, shown by a contract, and kept as it was decided on.
class HouseholdsOfApplications : public Applications {
protected:
    static json::object counting(json::value households, json::value people) {
        auto body = text_of();
        body["households"] = std::move(households);
        body["people"] = std::move(people);
        return body;
    }
    Answer edit(const std::string& target, const json::object& body) {
        const auto tag = show(target, cooperative, "merchant").header("ETag");
        return put(target, body, tag, "merchant", cooperative);
    }
    json::object contract() {
        const auto stored = must(
            support::hand_in(host_, "/v1/evidence", support::pdf(900), "application/pdf", cooperative), 200);
        return {{"kind", "LINKAGE_CONTRACT"},
                {"file_id", stored.json().at("id")},
                {"number", "HT-1"},
                {"issued_on", "2026-06-01"},
                {"valid_until", nullptr}};
    }
    std::set<std::string> checks_of(const std::string& target) {
        std::set<std::string> names;
        const auto application = show(target, cooperative, "merchant").json();
        for (const auto& one : application.at("checks").as_array())
            names.emplace(one.at("check").as_string());
        return names;
    }
    /// From a draft to a certification; its address.
    std::string certified(const std::string& target) {
        must(step(target, "SUBMIT", cooperative), 200);
        must(step(target, "RECOMMEND", office_of_daguan), 200);
        must(step(target, "BEGIN_REVIEW", office_of_minhang), 200);
        must(step(target, "PUBLISH_NOTICE", office_of_minhang), 200);
        host_.clock().hold(*parse_rfc3339("2026-12-20T02:00:00Z"));
        const auto decided = must(certify_application(target), 200).json();
        host_.clock().hold(*parse_rfc3339("2027-01-04T02:00:00Z"));
        return "/v1/certifications/" + std::to_string(decided.at("certification_id").as_int64());
    }
};

TEST_F(HouseholdsOfApplications, AreRefusedWithoutTheContractThatShowsThem) {
    const auto target = draft();
    must(edit(target, counting(38, 131)), 200);
    EXPECT_TRUE(checks_of(target).contains("households-unproved"));
    EXPECT_FALSE(checks_of(target).contains("linkage-unproved")) << "one word about it is enough";
    const auto refused = step(target, "SUBMIT", cooperative);
    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(refused.problem(), "checks-failed");

    must(edit(target, counting(0, nullptr)), 200);
    EXPECT_FALSE(checks_of(target).contains("households-unproved")) << "nobody needs no contract";
    auto unsaid = counting(nullptr, nullptr);
    unsaid["evidence"] = json::array{contract()};
    must(edit(target, unsaid), 200);
    EXPECT_TRUE(checks_of(target).contains("households-uncounted"));
    EXPECT_EQ(step(target, "SUBMIT", cooperative).status, 200) << "it may be left unsaid";
}

TEST_F(HouseholdsOfApplications, AreKeptAsTheyWereDecidedOn) {
    const auto target = draft();
    auto body = counting(38, 131);
    body["evidence"] = json::array{contract()};
    must(edit(target, body), 200);
    const auto certification = certified(target);
    const auto step = show(target, cooperative, "merchant").json().at("steps").at(0);
    EXPECT_EQ(step.at("households"), 38);
    EXPECT_EQ(step.at("people"), 131);

    const auto decided = get(certification).json();
    EXPECT_EQ(decided.at("households"), 38);
    EXPECT_EQ(decided.at("basis").at("people"), 131);
    const auto told = support::told_facts<event::v1::CertificationDeclared>(host_);
    ASSERT_FALSE(told.empty());
    EXPECT_EQ(told.back().households(), 38);
    EXPECT_EQ(told.back().people(), 131);

    const auto edition = must(post("/v1/editions", {{"scheme", "MINHANG_YOUPIN"}, {"year", 2027}}), 201);
    const auto frozen = get(edition.header("Location") + "/catalogue.json").json();
    const auto& entry = frozen.at("certifications").at(0);
    EXPECT_EQ(entry.at("households"), 38);
    EXPECT_EQ(entry.at("people"), 131);
    const auto table = get(edition.header("Location") + "/catalogue.csv").body;
    EXPECT_NE(table.find(R"(,"38","131")"), std::string::npos) << table;
}

TEST_F(HouseholdsOfApplications, StandNowhereWhereNobodySaid) {
    const auto certification = certified(draft());
    const auto decided = get(certification).json();
    EXPECT_TRUE(decided.at("households").is_null());
    EXPECT_TRUE(decided.at("basis").at("households").is_null());
    EXPECT_FALSE(support::told_facts<event::v1::CertificationDeclared>(host_).back().has_households());
    const auto edition = must(post("/v1/editions", {{"scheme", "MINHANG_YOUPIN"}, {"year", 2027}}), 201);
    const auto frozen = get(edition.header("Location") + "/catalogue.json");
    EXPECT_EQ(frozen.body.find("households"), std::string::npos) << "older catalogues have the same bytes";
}

TEST_F(HouseholdsOfApplications, AreRefusedWhereTheyCannotBe) {
    struct Refused {
        json::value households;
        json::value people;
        const char* pointer;
    };
    const auto target = draft();
    for (const auto& [households, people, pointer] :
         {Refused{-1, nullptr, "/households"}, Refused{100'001, nullptr, "/households"},
          Refused{1.5, nullptr, "/households"}, Refused{"38", nullptr, "/households"},
          Refused{38, 1'000'001, "/people"}, Refused{38, 37, "/people"}, Refused{0, 3, "/people"},
          Refused{nullptr, 40, "/households"}}) {
        const auto answer = edit(target, counting(households, people));
        EXPECT_EQ(answer.status, 422) << answer.body;
        EXPECT_EQ(answer.pointer(), pointer) << answer.body;
    }
    auto partial = counting(38, 131);
    partial.erase("people");
    EXPECT_EQ(edit(target, partial).pointer(), "/people") << "what is left out is not deleted";
    EXPECT_TRUE(show(target, cooperative, "merchant").json().at("households").is_null());
}

}  // namespace
}  // namespace shanhai::certification
