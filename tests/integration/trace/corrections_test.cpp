#include "integration/trace/fixture.hpp"

#include <set>

namespace shanhai::trace {
namespace {

TEST_F(Trace, WantsASecondPersonBeforeTheFirstLot) {
    base_ = post("/v1/bases", base_body()).json().at("base_id").as_int64();
    const auto early = post("/v1/lots", lot_body("A1"));
    EXPECT_EQ(early.status, 409);
    EXPECT_EQ(early.problem(), "base-unconfirmed");
    EXPECT_EQ(early.pointer(), "/base_id");
    EXPECT_EQ(confirm(base_, 1).problem(), "second-person-needed");
    EXPECT_EQ(host_.call_as("merchant", "POST", "/v1/bases/1/confirmation", {}, 9).status, 403);
    EXPECT_EQ(confirm(99, 2, "*").problem(), "base-unknown");
    const auto confirmed = confirm(base_, 2);
    EXPECT_EQ(confirmed.status, 200);
    EXPECT_TRUE(confirmed.json().at("confirmed").as_bool());
    EXPECT_EQ(confirm(base_, 3).status, 200);
    EXPECT_EQ(host_.number("SELECT confirmed_by FROM base"), 2);
    EXPECT_EQ(post("/v1/lots", lot_body("A1")).status, 201);
}

TEST_F(Trace, ConfirmsTheVersionOfABaseThatWasSeenAndNoOther) {
    const auto added = post("/v1/bases", base_body());
    const auto seen = added.header("ETag");
    const auto unnamed =
        host_.call("POST", "/v1/bases/1/confirmation", {}, {{"Authorization", operator_token(2)}});
    EXPECT_EQ(unnamed.status, 428);
    EXPECT_EQ(unnamed.problem(), "if-match-missing");
    auto larger = whole_base();
    larger["mu_x100"] = 9000;
    ASSERT_EQ(put("/v1/bases/1", larger, seen).status, 200);
    const auto stale = confirm(1, 2, seen);
    EXPECT_EQ(stale.status, 412);
    EXPECT_EQ(stale.problem(), "version-stale");
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM base WHERE confirmed_by IS NOT NULL"), 0);

    const auto current = host_.call("GET", "/v1/bases/1").header("ETag");
    const auto confirmed = confirm(1, 2, current);
    EXPECT_EQ(confirmed.status, 200);
    EXPECT_NE(confirmed.header("ETag"), current);
    EXPECT_EQ(confirm(1, 2, current).status, 200) << "the same request again";
    EXPECT_EQ(confirm(1, 2, confirmed.header("ETag")).status, 200);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM change_history WHERE what = 'confirmation'"), 1);
}

TEST_F(Trace, HasABaseConfirmedByNoneOfThoseWhoSetItsFigures) {
    const auto put_by = [&](std::uint64_t account, std::int64_t area) {
        auto body = whole_base();
        body["mu_x100"] = area;
        return host_.call("PUT", "/v1/bases/1", json::serialize(body),
                          {{"Authorization", operator_token(account)}, {"If-Match", "*"}});
    };
    ASSERT_EQ(post("/v1/bases", base_body()).status, 201);
    const auto registrar = host_.number("SELECT registered_by FROM base");
    ASSERT_EQ(put_by(31, 9000).status, 200);
    ASSERT_EQ(put_by(32, 8000).status, 200) << "the next one covers nobody";
    for (const auto writer : {static_cast<std::uint64_t>(registrar), std::uint64_t{31}, std::uint64_t{32}})
        EXPECT_EQ(confirm(1, writer).problem(), "second-person-needed") << writer;
    EXPECT_EQ(confirm(1, 33).status, 200);
    ASSERT_EQ(put_by(33, 7000).status, 200);
    EXPECT_EQ(confirm(1, 33).problem(), "second-person-needed");
    EXPECT_EQ(confirm(1, 31).status, 200) << "what it wrote another one has confirmed";
}

TEST_F(Trace, CorrectsABaseAndHasItConfirmedAgain) {
    add_base();
    ASSERT_EQ(post("/v1/lots", lot_body("A1", 2000)).status, 201);
    const auto etag = host_.call("GET", "/v1/bases/1").header("ETag");
    auto wanted = whole_base();
    wanted["mu_x100"] = 500;  // 500 kg × 1.1, where 1000 kg are registered.
    EXPECT_EQ(put("/v1/bases/1", wanted, "").status, 428);
    EXPECT_EQ(put("/v1/bases/1", wanted, "\"x\"").status, 412);
    EXPECT_EQ(put("/v1/bases/1", wanted, etag).problem(), "yield-exceeded");
    wanted["mu_x100"] = 2000;
    wanted["county_code"] = "310112";
    EXPECT_EQ(put("/v1/bases/1", wanted, etag).pointer(), "/county_code");
    wanted["county_code"] = "530624";
    wanted["merchant_id"] = 6;
    EXPECT_EQ(put("/v1/bases/1", wanted, etag).pointer(), "/merchant_id");
    wanted["merchant_id"] = 5;
    const auto changed = put("/v1/bases/1", wanted, etag);
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(changed.json().at("version").as_int64(), 2);
    EXPECT_FALSE(changed.json().at("confirmed").as_bool());
    EXPECT_EQ(post("/v1/lots", lot_body("A2")).problem(), "base-unconfirmed");
    EXPECT_EQ(confirm(1, 2).status, 200);
    EXPECT_EQ(post("/v1/lots", lot_body("A2")).status, 201);

    const auto changes = host_.call_as("auditor", "GET", "/v1/bases/1/changes").json().at("items");
    ASSERT_EQ(changes.as_array().size(), 3U);
    EXPECT_EQ(changes.at(1).at("what").as_string(), "details");
    EXPECT_NE(changes.at(1).at("was").as_string().find("mu_x100=1000\n"), std::string::npos);
}

TEST_F(Trace, CorrectsThePapersOfALot) {
    add_base();
    ASSERT_EQ(post("/v1/lots", lot_body("A1")).status, 201);
    const auto changed = put_papers(R"({"test_report_no": "QC-1", "conformity_certificate_no": null})");
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(changed.json().at("test_report_no").as_string(), "QC-1");
    const auto put = [&](const char* body) { return put_papers(body, "*", "merchant", 8); };
    EXPECT_EQ(put("{}").pointer(), "/conformity_certificate_no") << "what is left out is not deleted";
    EXPECT_EQ(put(R"({"conformity_certificate_no": null})").pointer(), "/test_report_no");
    EXPECT_EQ(put(R"({"test_report_no": null, "conformity_certificate_no": null})").problem(),
              "not-your-merchant");
    EXPECT_EQ(host_.call("GET", "/v1/lots/1").json().at("test_report_no").as_string(), "QC-1");
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM change_history WHERE subject = 'lot'"), 1);
}

TEST_F(Trace, LetsNobodyReplacePapersThatSomebodyElseChangedMeanwhile) {
    add_base();
    ASSERT_EQ(post("/v1/lots", lot_body("A1")).status, 201);
    const auto opened = host_.call("GET", "/v1/lots/1").header("ETag");
    const std::string mine = R"({"test_report_no": null, "conformity_certificate_no": "HG-1"})";
    const std::string theirs = R"({"test_report_no": "JC-2", "conformity_certificate_no": null})";
    EXPECT_EQ(put_papers(mine, "").problem(), "if-match-missing");
    const auto saved = put_papers(mine, opened);
    ASSERT_EQ(saved.status, 200) << saved.body;
    EXPECT_EQ(put_papers(theirs, opened).problem(), "version-stale");
    EXPECT_EQ(host_.call("GET", "/v1/lots/1").json().at("conformity_certificate_no").as_string(), "HG-1");
    EXPECT_EQ(put_papers(theirs, saved.header("ETag")).status, 200);
}

TEST_F(Trace, TellsTheHistoryOfALotAndABaseToThoseWhomItConcerns) {
    add_base();
    ASSERT_EQ(post("/v1/lots", lot_body("A1")).status, 201);
    for (const auto* number : {"QC-1", "QC-2", "QC-3"}) {
        const json::object papers{{"test_report_no", number}, {"conformity_certificate_no", nullptr}};
        ASSERT_EQ(put_papers(json::serialize(papers)).status, 200);
    }
    ASSERT_EQ(post("/v1/lots/1/block", {{"reason", "抽检不合格"}}).status, 200);
    ASSERT_EQ(post("/v1/lots/1/block", {{"reason", "别的"}}).status, 200);

    std::vector<std::string> seen;
    std::string target = "/v1/lots/1/changes?limit=3";
    for (int page = 0; page < 2; ++page) {
        const auto answer = host_.call_as("auditor", "GET", target).json();
        for (const auto& item : answer.at("items").as_array()) {
            EXPECT_EQ(item.at("by_account").as_int64(), 1);
            seen.push_back(std::string{item.at("what").as_string()} + " " +
                           std::string{item.at("was").as_string()});
        }
        EXPECT_EQ(answer.at("next").is_null(), page == 1);
        if (page == 0) target += "&cursor=" + std::string{answer.at("next").as_string()};
    }
    ASSERT_EQ(seen.size(), 4U);
    EXPECT_EQ(seen[0], "papers conformity_certificate_no=\ntest_report_no=\n");
    EXPECT_EQ(seen[2], "papers conformity_certificate_no=\ntest_report_no=QC-2\n");
    EXPECT_EQ(seen[3], "block ");

    for (const std::string thing : {"/v1/lots/1", "/v1/bases/1"}) {
        EXPECT_EQ(host_.call("GET", thing + "/changes").status, 401);
        EXPECT_EQ(host_.call_as("certifier", "GET", thing + "/changes").status, 403);
        EXPECT_EQ(host_.call_as("operator", "GET", thing + "/changes").status, 200);
        EXPECT_EQ(host_.call_as("merchant", "GET", thing + "/changes", {}, 9).status, 200);
        EXPECT_EQ(host_.call_as("merchant", "GET", thing + "/changes", {}, 8).problem(), "not-your-merchant");
        EXPECT_EQ(host_.call_as("operator", "GET", thing + "/changes?cursor=forged").status, 422);
    }
    EXPECT_EQ(host_.call_as("auditor", "GET", "/v1/lots/99/changes").problem(), "lot-unknown");
    EXPECT_EQ(host_.call_as("auditor", "GET", "/v1/bases/99/changes").problem(), "base-unknown");
}

}  // namespace
}  // namespace shanhai::trace
