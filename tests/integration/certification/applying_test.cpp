#include "integration/certification/applications.hpp"

#include <atomic>
#include <thread>

namespace shanhai::certification {
namespace {

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
    const auto waits = support::told_facts<event::v1::ApplicationObjected>(host_);
    ASSERT_EQ(waits.size(), 2U);
    EXPECT_TRUE(waits.front().open());
    ASSERT_EQ(waits.front().awaits_size(), 1);
    EXPECT_EQ(waits.front().awaits(0).organisation_id(), office_of_minhang);
    EXPECT_FALSE(waits.back().open());
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
    const auto steps = certified.json().at("steps").as_array();
    EXPECT_EQ(steps[0].at("statement"), "慢火烘干") << "as it was submitted first";
    EXPECT_EQ(steps[4].at("statement"), "慢火烘干，附检测报告");
    EXPECT_TRUE(steps[5].at("statement").is_null());
    const auto answered = get("/v1/notices/1/objections").json();
    EXPECT_EQ(answered.at("items").at(0).at("answer"), "已核查收购合同");
    EXPECT_EQ(certify_application(target).problem(), "step-not-now") << "nobody decides twice";
    EXPECT_TRUE(get("/v1/notices").json().at("items").as_array().empty());
}

TEST_F(Applications, NameTheOfficesThatTheyWaitFor) {
    const auto offices = [](const event::v1::ApplicationMoved& move) {
        std::vector<std::uint64_t> found;
        for (const auto& one : move.awaits()) found.push_back(one.organisation_id());
        return found;
    };
    published();
    const auto told = moves();
    ASSERT_EQ(told.size(), 4U);
    EXPECT_EQ(told[0].awaited_action(), "RECOMMEND");
    EXPECT_EQ(offices(told[0]), (std::vector<std::uint64_t>{office_of_daguan, farm_office_of_daguan}));
    EXPECT_EQ(told[1].awaited_action(), "BEGIN_REVIEW");
    EXPECT_EQ(offices(told[1]), std::vector<std::uint64_t>{office_of_minhang});
    for (const auto& move : {told[2], told[3]}) {
        EXPECT_EQ(move.awaited_action(), "");
        EXPECT_EQ(move.awaits_size(), 0);
    }
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
    host_.clock().hold(*parse_rfc3339("2026-12-11T00:00:00Z"));
    const auto again = draft();
    must(step(again, "SUBMIT", cooperative), 200);
    EXPECT_FALSE(show(again, office_of_minhang).json().at("product_changed").as_bool());
}

TEST_F(Applications, ComeBackFromTheirNoticeAndAreShownToThePublicAnew) {
    const auto target = published();
    must(step(target, json::object{{"action", "RETURN"}, {"reason", "商品改了"}}, office_of_minhang), 200);
    EXPECT_TRUE(show(target, office_of_minhang).json().at("notice_until").is_null());
    EXPECT_TRUE(get("/v1/notices").json().at("items").as_array().empty());
    EXPECT_EQ(certify_application(target).problem(), "step-not-now");
}

TEST_F(Applications, ShowWhoeverActsWhatWasObjectedMeanwhile) {
    const auto target = published();
    const auto seen = show(target, office_of_minhang).header("ETag");
    must(host_.call("POST", "/v1/notices/1/objections", R"({"text":"原料不是本县的"})"), 201);
    const auto again = host_.call(
        "GET", target, {},
        {{"Authorization", host_.bearer("certifier", office_of_minhang)}, {"If-None-Match", seen}});
    EXPECT_EQ(again.status, 200) << "it is not as it was";
    EXPECT_EQ(step(target, json::object{{"action", "REJECT"}, {"reason", "不合格"}}, office_of_minhang, seen)
                  .problem(),
              "version-stale");
    EXPECT_TRUE(get("/v1/notices/1/objections").json().at("items").as_array().empty())
        << "what nobody answered yet is not published";
}

TEST_F(Applications, OfMerchantsWithoutAHouseAreTheOperators) {
    host_.transact([](database::Session& session) {
        remember_merchant(session, MerchantId{1}, "散户", OrganisationId{}, true);
    });
    const auto made = must(post("/v1/applications", draft_of(tea), "operator"), 201);
    const auto target = made.header("Location");
    EXPECT_EQ(show(target, 0, "operator").status, 200);
    EXPECT_EQ(put(target, text_of("乙"), made.header("ETag"), "operator", 0).status, 200);
    EXPECT_EQ(show(target, 0, "merchant").status, 404);
    const auto by_operator = [&](const char* action) {
        return host_.call("POST", target + "/steps", json::serialize(json::object{{"action", action}}),
                          {{"Authorization", host_.bearer("operator", 0)}, {"If-Match", "*"}});
    };
    EXPECT_EQ(by_operator("SUBMIT").status, 200);
    EXPECT_EQ(by_operator("RECOMMEND").problem(), "not-the-authority") << "who applies decides nothing";
    EXPECT_EQ(by_operator("WITHDRAW").status, 200);
}

/// It comes to light when the merchant begins, and again when the pairing ends meanwhile.
TEST_F(Applications, AreForGoodsOfPairedCounties) {
    const auto target = draft(noodles);
    must(step(target, "SUBMIT", cooperative), 200);
    host_.transact(
        [](database::Session& session) { remember(session, pairing("530624", *parse_date("2027-01-01"))); });
    EXPECT_EQ(by_merchant("/v1/applications", draft_of(tea)).pointer(), "/product_id");
    EXPECT_EQ(step(target, "RECOMMEND", office_of_daguan).problem(), "not-certifiable");
    EXPECT_EQ(
        step(target, json::object{{"action", "REJECT"}, {"reason", "不再结对"}}, office_of_daguan).status,
        200);
    host_.clock().hold(*parse_rfc3339("2027-12-31T16:00:00Z"));
    EXPECT_EQ(by_merchant("/v1/applications", draft_of(tea)).problem(), "batch-over");
}

TEST_F(Applications, ThatWereDecidedLateStillCertifyForTheirBatchsYear) {
    const auto target = published();
    host_.clock().hold(*parse_rfc3339("2027-02-01T00:00:00Z"));
    const auto certified = certify_application(target);
    ASSERT_EQ(certified.status, 200) << certified.body;
    EXPECT_TRUE(get("/v1/certifications/1").json().at("valid_now").as_bool());
}

TEST_F(Applications, WaitWhileAFactAboutTheirProductIsDoubtful) {
    const auto target = draft();
    host_.transact([](database::Session& session) { session.run("DELETE FROM known_merchant"); });
    EXPECT_EQ(show(target, cooperative, "merchant").status, 404) << "nobody knows whose it is";
    const auto answer = step(target, "SUBMIT", cooperative);
    EXPECT_EQ(answer.status, 404);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM application_step"), 0);
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
    for (const auto* const bad : {"state=GOOD", "returned=", "returned=1"})
        EXPECT_EQ(show(std::string{"/v1/applications?"} + bad, cooperative, "merchant").status, 422) << bad;
    EXPECT_EQ(get("/v1/applications").problem(), "token-missing");
}

/// 补正: both are drafts, but one waits for what an office asked for.
TEST_F(Applications, ThatWereSentBackAreListedApartFromDraftsThatNobodySaw) {
    const auto sent = draft(tea);
    const auto unseen = draft(noodles);
    const auto send_back = [&] {
        must(step(sent, "SUBMIT", cooperative), 200);
        must(step(sent, json::object{{"action", "RETURN"}, {"reason", "缺检测报告"}}, office_of_daguan), 200);
    };
    const auto listed = [&](const std::string& query, std::uint64_t house = cooperative) {
        const auto* const role = house == cooperative ? "merchant" : "certifier";
        return show("/v1/applications?" + query, house, role).json().at("items").as_array();
    };
    send_back();
    host_.clock().turn(std::chrono::hours{24});
    send_back();
    const auto back = listed("returned=true");
    ASSERT_EQ(back.size(), 1U);
    EXPECT_TRUE(back[0].at("returned").as_bool());
    EXPECT_TRUE(back[0].at("returned_at").as_string().starts_with("2026-11-28T")) << "when it was last";
    EXPECT_EQ(listed("returned=true", office_of_daguan).size(), 1U);
    const auto drafts = listed("state=DRAFT&returned=false");
    ASSERT_EQ(drafts.size(), 1U);
    EXPECT_FALSE(drafts[0].at("returned").as_bool());
    EXPECT_TRUE(drafts[0].at("returned_at").is_null());
    EXPECT_TRUE(show(sent, cooperative, "merchant").json().at("returned").as_bool());
    EXPECT_FALSE(show(unseen, cooperative, "merchant").json().at("returned").as_bool());
    must(step(sent, "SUBMIT", cooperative), 200);
    EXPECT_TRUE(listed("returned=true").empty()) << "its office has it again";
    must(step(sent, json::object{{"action", "RETURN"}, {"reason", "缺合同"}}, office_of_daguan), 200);
    must(step(sent, "WITHDRAW", cooperative), 200);
    EXPECT_TRUE(listed("returned=true").empty()) << "nobody waits for it any more";
}

}  // namespace
}  // namespace shanhai::certification
