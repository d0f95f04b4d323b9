#include "integration/certification/fixture.hpp"

#include <atomic>
#include <thread>

namespace shanhai::certification {
namespace {

using std::chrono::days;

/// On 2026-11-27, a Friday in Shanghai, 闵行 takes applications for 2027.
class Applications : public CertificationService {
protected:
    Applications() {
        host_.clock().hold(*parse_rfc3339("2026-11-27T02:00:00Z"));
        const auto rules = get("/v1/schemes/MINHANG_YOUPIN").header("ETag");
        must(put("/v1/schemes/MINHANG_YOUPIN", rules_of(1), rules), 200);
        must(post("/v1/batches", batch_of(2027)), 201);
    }

    static json::object rules_of(int recommendations) {
        return {{"name", "闵行优品"},
                {"counties", json::array{}},
                {"term_unit", "CALENDAR_YEARS"},
                {"term", 1},
                {"notice_days", 5},
                {"recommendations", recommendations},
                {"by_application", true}};
    }
    static json::object batch_of(int year) {
        return {{"scheme", "MINHANG_YOUPIN"},
                {"year", year},
                {"applications_from", "2026-11-01"},
                {"applications_until", "2026-12-16"},
                {"valid_from", std::to_string(year) + "-01-01"},
                {"valid_to", std::to_string(year + 1) + "-01-01"}};
    }
    static json::object text_of(const char* statement = "慢火烘干") {
        return {{"statement", statement}, {"linkage", "与 38 户签有鲜笋收购合同"}};
    }
    static json::object draft_of(std::uint64_t product) {
        auto body = text_of();
        body["batch_id"] = 1;
        body["product_id"] = product;
        return body;
    }

    Answer must(Answer answer, int status) {
        if (answer.status != status) throw std::runtime_error{answer.body};
        return answer;
    }
    Answer by_merchant(const std::string& target, const json::object& body) {
        return post(target, body, "merchant", cooperative);
    }
    std::string draft(std::uint64_t product = tea) {
        return must(by_merchant("/v1/applications", draft_of(product)), 201).header("Location");
    }
    Answer show(const std::string& target, std::uint64_t organisation,
                const std::string& role = "certifier") {
        return host_.call("GET", target, {}, {{"Authorization", host_.bearer(role, organisation)}});
    }
    /// A step by whoever works there, who has seen the newest version.
    Answer step(const std::string& target, const json::object& body, std::uint64_t organisation,
                const std::string& tag = "*") {
        const auto* const role = organisation == cooperative ? "merchant" : "certifier";
        return host_.call("POST", target + "/steps", json::serialize(body),
                          {{"Authorization", host_.bearer(role, organisation)}, {"If-Match", tag}});
    }
    Answer step(const std::string& target, const char* action, std::uint64_t organisation) {
        return step(target, json::object{{"action", action}}, organisation);
    }
    Answer certify_application(const std::string& target, const char* number = "MHYP-2027-0001") {
        return step(target, json::object{{"action", "CERTIFY"}, {"number", number}}, office_of_minhang);
    }
    /// As far as the public notice.
    std::string published(std::uint64_t product = tea) {
        const auto target = draft(product);
        must(step(target, "SUBMIT", cooperative), 200);
        must(step(target, "RECOMMEND", office_of_daguan), 200);
        must(step(target, "BEGIN_REVIEW", office_of_minhang), 200);
        must(step(target, "PUBLISH_NOTICE", office_of_minhang), 200);
        return target;
    }
    std::vector<event::v1::ApplicationMoved> moves() {
        std::vector<event::v1::ApplicationMoved> found;
        host_.transact([&](database::Session& session) {
            auto rows = session.query("SELECT frame FROM outbox ORDER BY id");
            while (rows.next()) {
                for (const auto& event : events::decode_frame({}, {0, rows.text(0)}).events) {
                    event::v1::ApplicationMoved fact;
                    if (event.read(fact)) found.push_back(fact);
                }
            }
        });
        return found;
    }
};

TEST_F(Applications, GoTheWholeWayToACertification) {
    const auto target = draft();
    auto returned = step(target, json::object{{"action", "SUBMIT"}}, cooperative);
    ASSERT_EQ(returned.status, 200) << returned.body;
    ASSERT_EQ(step(target, "RECOMMEND", office_of_daguan).status, 200);
    ASSERT_EQ(step(target, "BEGIN_REVIEW", office_of_minhang).status, 200);
    EXPECT_EQ(step(target, "RETURN", office_of_minhang).pointer(), "/reason") << "say what is missing";
    ASSERT_EQ(
        step(target, json::object{{"action", "RETURN"}, {"reason", "缺检测报告"}}, office_of_minhang).status,
        200);
    const auto tag = show(target, cooperative, "merchant").header("ETag");
    ASSERT_EQ(put(target, text_of("慢火烘干，附检测报告"), tag, "merchant", cooperative).status, 200);
    for (const auto& [action, who] :
         std::vector<std::pair<const char*, std::uint64_t>>{{"SUBMIT", cooperative},
                                                            {"RECOMMEND", office_of_daguan},
                                                            {"BEGIN_REVIEW", office_of_minhang},
                                                            {"PUBLISH_NOTICE", office_of_minhang}}) {
        const auto answer = step(target, action, who);
        ASSERT_EQ(answer.status, 200) << action << answer.body;
    }
    // Five working days after Friday the 27th: from Saturday the 5th of December on.
    EXPECT_EQ(show(target, office_of_minhang).json().at("notice_until"), "2026-12-04T16:00:00Z");
    EXPECT_EQ(certify_application(target).problem(), "notice-open");

    const auto listed = get("/v1/notices").json();
    ASSERT_EQ(listed.at("items").as_array().size(), 1U);
    EXPECT_EQ(listed.at("items").at(0).at("product_name"), "高山绿茶");
    const auto objection = host_.call("POST", "/v1/notices/1/objections", R"({"text":"原料不是本县的"})");
    ASSERT_EQ(objection.status, 201) << objection.body;

    host_.clock().hold(*parse_rfc3339("2026-12-04T15:59:59.999999Z"));
    EXPECT_EQ(certify_application(target).problem(), "notice-open");
    host_.clock().hold(*parse_rfc3339("2026-12-04T16:00:00Z"));
    EXPECT_EQ(host_.call("POST", "/v1/notices/1/objections", R"({"text":"晚了"})").problem(),
              "notice-unknown");
    EXPECT_EQ(certify_application(target).problem(), "objections-open");
    const json::object answer{{"answer", "已核查收购合同"}};
    EXPECT_EQ(post("/v1/objections/1/answer", answer, "certifier", office_of_daguan).problem(),
              "not-the-authority");
    EXPECT_EQ(post("/v1/objections/1/answer", answer).status, 200);
    EXPECT_EQ(post("/v1/objections/1/answer", answer).problem(), "answered-already");
    EXPECT_EQ(step(target, "CERTIFY", office_of_minhang).pointer(), "/number");
    const auto certified = certify_application(target);
    ASSERT_EQ(certified.status, 200) << certified.body;
    EXPECT_EQ(certified.json().at("certification_id"), 1);
    EXPECT_EQ(certified.json().at("steps").as_array().size(), 9U);
    EXPECT_EQ(certified.json().at("objections").at(0).at("answer"), "已核查收购合同");

    const auto given = get("/v1/certifications/1").json();
    EXPECT_EQ(given.at("authority"), "闵行区政府合作交流办");
    EXPECT_EQ(given.at("valid_from"), "2027-01-01");
    EXPECT_FALSE(given.at("valid_now").as_bool());
    EXPECT_EQ(told().size(), 1U);
    ASSERT_EQ(moves().size(), 9U);
    EXPECT_EQ(moves().back().certification_id(), 1U);
    EXPECT_EQ(moves()[3].reason(), "缺检测报告");
    EXPECT_EQ(certify_application(target).problem(), "step-not-now") << "nobody decides twice";
    EXPECT_TRUE(get("/v1/notices").json().at("items").as_array().empty());
}

TEST_F(Applications, RefuseWhoHasNoSay) {
    EXPECT_EQ(post("/v1/applications", draft_of(tea), "merchant", cooperative + 1).problem(),
              "not-your-application");
    EXPECT_EQ(post("/v1/applications", draft_of(tea), "operator").problem(), "not-your-application")
        << "goods of a house are its own to apply for";
    EXPECT_EQ(post("/v1/applications", draft_of(tea), "certifier").problem(), "role-missing");
    const auto target = draft();
    for (const auto organisation : {office_of_daguan, office_of_minhang, cooperative + 1}) {
        const auto* const role = organisation > 20 ? "certifier" : "merchant";
        EXPECT_EQ(show(target, organisation, role).problem(), "application-unknown")
            << "a draft is its owner's";
    }
    EXPECT_EQ(show(target, 0, "auditor").status, 404);
    must(step(target, "SUBMIT", cooperative), 200);
    EXPECT_EQ(show(target, 0, "auditor").status, 200);
    EXPECT_EQ(show(target, 0, "operator").status, 200);
    EXPECT_EQ(host_
                  .call("POST", target + "/steps", R"({"action":"WITHDRAW"})",
                        {{"Authorization", host_.bearer("operator", 0)}, {"If-Match", "*"}})
                  .problem(),
              "not-your-application");
    EXPECT_EQ(step(target, "RECOMMEND", office_of_songjiang).status, 404) << "of another district";
    EXPECT_EQ(step(target, "RECOMMEND", office_of_minhang).problem(), "not-the-authority");
    EXPECT_EQ(step(target, "BEGIN_REVIEW", office_of_daguan).problem(), "not-the-authority");
    // An office never decides about goods of its own house.
    host_.transact([](database::Session& session) {
        remember_merchant(session, MerchantId{1}, "合作社", OrganisationId{office_of_minhang}, true);
    });
    EXPECT_EQ(step(target, "RECOMMEND", office_of_minhang).status, 403);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM application_step"), 1);
}

TEST_F(Applications, AreDecidedOnByWhoeverSawTheNewestVersion) {
    const auto target = draft();
    const auto first = show(target, cooperative, "merchant").header("ETag");
    EXPECT_EQ(put(target, text_of("甲"), first, "merchant", cooperative).status, 200);
    EXPECT_EQ(put(target, text_of("乙"), first, "merchant", cooperative).problem(), "version-stale");
    EXPECT_EQ(host_
                  .call("PUT", target, json::serialize(text_of()),
                        {{"Authorization", host_.bearer("merchant", cooperative)}})
                  .problem(),
              "if-match-missing");
    EXPECT_EQ(step(target, json::object{{"action", "SUBMIT"}}, cooperative, first).problem(),
              "version-stale");
    must(step(target, "SUBMIT", cooperative), 200);
    const auto tag = show(target, cooperative, "merchant").header("ETag");
    EXPECT_EQ(put(target, text_of("丙"), tag, "merchant", cooperative).problem(), "step-not-now")
        << "what was submitted stays as it was";
}

TEST_F(Applications, AreSentBackWhenTheProductBecameAnother) {
    const auto target = published();
    host_.transact([](database::Session& session) {
        remember(session, size_of(2, tea, "06901234567892", "高山绿茶（改）", 'b'));
    });
    host_.clock().hold(*parse_rfc3339("2026-12-10T00:00:00Z"));
    EXPECT_TRUE(show(target, office_of_minhang).json().at("product_changed").as_bool());
    EXPECT_EQ(certify_application(target).problem(), "product-changed");
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM certification"), 0);
    EXPECT_EQ(
        step(target, json::object{{"action", "REJECT"}, {"reason", "资料与实物不符"}}, office_of_minhang)
            .status,
        200);
    // The product may apply anew, as it is now.
    const auto again = draft();
    must(step(again, "SUBMIT", cooperative), 200);
    EXPECT_FALSE(show(again, office_of_minhang).json().at("product_changed").as_bool());
}

TEST_F(Applications, AreOneAProductAndBatch) {
    const auto target = draft();
    EXPECT_EQ(by_merchant("/v1/applications", draft_of(tea)).problem(), "applied-already");
    auto elsewhere = draft_of(tea);
    elsewhere["batch_id"] = 9;
    EXPECT_EQ(by_merchant("/v1/applications", elsewhere).pointer(), "/batch_id");
    auto unknown = draft_of(99);
    EXPECT_EQ(by_merchant("/v1/applications", unknown).pointer(), "/product_id");
    must(step(target, "WITHDRAW", cooperative), 200);
    EXPECT_NE(draft(), target);
}

TEST_F(Applications, OfManyConcurrentDecisionsOneCounts) {
    const auto target = published();
    host_.clock().hold(*parse_rfc3339("2026-12-10T00:00:00Z"));
    std::atomic<int> done = 0;
    std::vector<std::thread> certifiers;
    for (int i = 0; i < 8; ++i) {
        certifiers.emplace_back([&, i] {
            const auto body = i % 2 == 0
                                  ? json::object{{"action", "CERTIFY"}, {"number", "A-" + std::to_string(i)}}
                                  : json::object{{"action", "REJECT"}, {"reason", "不合格"}};
            if (step(target, body, office_of_minhang).status == 200) ++done;
        });
    }
    for (auto& certifier : certifiers) certifier.join();
    EXPECT_EQ(done, 1);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM application_step"), 5);
    EXPECT_EQ(moves().size(), 5U);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM certification"),
              host_.number("SELECT COUNT(*) FROM application WHERE state = 'CERTIFIED'"));
}

TEST_F(Applications, AreListedToThoseWhomTheyConcern) {
    const auto sent = draft(tea);
    must(step(sent, "SUBMIT", cooperative), 200);
    draft(noodles);
    const auto count = [&](std::uint64_t organisation, const char* role, const char* query = "") {
        return show(std::string{"/v1/applications"} + query, organisation, role)
            .json()
            .at("items")
            .as_array()
            .size();
    };
    EXPECT_EQ(count(cooperative, "merchant"), 2U);
    EXPECT_EQ(count(cooperative + 1, "merchant"), 0U);
    EXPECT_EQ(count(0, "merchant"), 0U);
    EXPECT_EQ(count(office_of_minhang, "certifier"), 1U);
    EXPECT_EQ(count(office_of_daguan, "certifier"), 1U);
    EXPECT_EQ(count(office_of_songjiang, "certifier"), 0U);
    EXPECT_EQ(count(office_of_shanghai, "certifier"), 0U);
    EXPECT_EQ(count(0, "auditor"), 1U);
    EXPECT_EQ(count(cooperative, "merchant", "?state=DRAFT"), 1U);
    EXPECT_EQ(count(cooperative, "merchant", "?product_id=2&batch_id=1"), 1U);
    EXPECT_EQ(show("/v1/applications?state=GOOD", cooperative, "merchant").status, 422);
    EXPECT_EQ(get("/v1/applications").problem(), "token-missing");
}

TEST_F(Applications, GoByTheSchemesRulesOfTheirBatch) {
    const auto target = draft();
    const auto tag = get("/v1/schemes/MINHANG_YOUPIN").header("ETag");
    ASSERT_EQ(put("/v1/schemes/MINHANG_YOUPIN", rules_of(2), tag).status, 200);
    must(step(target, "SUBMIT", cooperative), 200);
    EXPECT_EQ(step(target, "RECOMMEND", office_of_daguan).json().at("state"), "COUNTY_RECOMMENDED");

    ASSERT_EQ(post("/v1/batches", batch_of(2028)).status, 201);
    EXPECT_EQ(post("/v1/batches", batch_of(2028)).problem(), "batch-exists");
    EXPECT_EQ(post("/v1/batches", batch_of(2029), "certifier", office_of_daguan).problem(),
              "not-the-authority");
    auto body = draft_of(tea);
    body["batch_id"] = 2;
    const auto later = must(by_merchant("/v1/applications", body), 201).header("Location");
    must(step(later, "SUBMIT", cooperative), 200);
    EXPECT_EQ(step(later, "RECOMMEND", office_of_daguan).json().at("state"), "SUBMITTED");
    EXPECT_EQ(step(later, "RECOMMEND", office_of_daguan).problem(), "recommended-already");
    EXPECT_EQ(step(later, "RECOMMEND", farm_office_of_daguan).json().at("state"), "COUNTY_RECOMMENDED");
}

TEST_F(Applications, AloneLeadToACertificationUnderTheirScheme) {
    EXPECT_EQ(certify(certification_body(tea, "A-1", 2026)).problem(), "needs-application");
}

TEST_F(CertificationService, LetsAnOfficeMakeASchemeAndKeepItsRules) {
    json::object rules{{"scheme", "SONGJIANG_YOUPIN"},
                       {"name", "松江优品"},
                       {"counties", json::array{"530624"}},
                       {"term_unit", "MONTHS"},
                       {"term", 18},
                       {"notice_days", 7},
                       {"recommendations", 1},
                       {"by_application", true}};
    EXPECT_EQ(post("/v1/schemes", rules, "certifier", 0).problem(), "not-the-authority");
    EXPECT_EQ(post("/v1/schemes", rules, "certifier", cooperative).problem(), "not-the-authority");
    EXPECT_EQ(post("/v1/schemes", rules, "operator").problem(), "role-missing");
    const auto made = post("/v1/schemes", rules, "certifier", office_of_songjiang);
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(made.header("Location"), "/v1/schemes/SONGJIANG_YOUPIN");
    EXPECT_EQ(made.json().at("offices").at(0), "松江区政府合作交流办");
    EXPECT_EQ(made.json().at("district_code"), "310117");
    EXPECT_EQ(post("/v1/schemes", rules, "certifier", office_of_songjiang).problem(), "scheme-exists");
    auto silent = rules;
    silent["scheme"] = "SONGJIANG_JIAPIN";
    silent["notice_days"] = 0;
    EXPECT_EQ(post("/v1/schemes", silent, "certifier", office_of_songjiang).pointer(), "/notice_days");

    const std::string target = "/v1/schemes/SONGJIANG_YOUPIN";
    rules.erase("scheme");
    rules["term"] = 12;
    EXPECT_EQ(put(target, rules, made.header("ETag")).problem(), "not-the-authority") << "another's scheme";
    const auto changed = put(target, rules, made.header("ETag"), "certifier", office_of_songjiang);
    EXPECT_EQ(changed.json().at("version"), 2);
    EXPECT_EQ(put(target, rules, made.header("ETag"), "certifier", office_of_songjiang).problem(),
              "version-stale");
    EXPECT_EQ(put("/v1/schemes/COUNTY_RECOGNITION", rules, "*", "certifier", office_of_daguan).problem(),
              "not-the-authority")
        << "what all counties share no one county changes";
    EXPECT_EQ(get("/v1/schemes/NO_SUCH").problem(), "scheme-unknown");
    EXPECT_EQ(get("/v1/schemes/nothing").status, 404);
    const auto page = get("/v1/schemes?limit=3").json();
    EXPECT_EQ(page.at("items").as_array().size(), 3U);
    const std::string next{page.at("next").as_string()};
    EXPECT_EQ(get("/v1/schemes?limit=3&cursor=" + next).json().at("items").at(0).at("scheme"),
              "SONGJIANG_YOUPIN");
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM scheme_version WHERE scheme = 'SONGJIANG_YOUPIN'"), 2);
}

}  // namespace
}  // namespace shanhai::certification
