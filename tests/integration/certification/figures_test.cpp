#include "integration/certification/applications.hpp"

namespace shanhai::certification {
namespace {

/// Two products of 大关县, noodles and tea, and what became of an application for each.
class BatchFigures : public Applications {
protected:
    BatchFigures() {
        host_.transact([](database::Session& session) {
            auto noodle = size_of(1, noodles, "09525306240017", "箬竹面");
            noodle.category = "food_processed";
            remember(session, noodle);
            auto leaf = size_of(2, tea, "06901234567892", "高山绿茶");
            leaf.category = "tea";
            remember(session, leaf);
        });
    }
    void turn_days(int days) { host_.clock().turn(std::chrono::days{days}); }
    json::value figures(const char* role = "auditor", std::uint64_t organisation = 0) {
        return must(show("/v1/batches/1/figures", organisation, role), 200).json();
    }
    std::size_t listed(const std::string& query) {
        return show("/v1/applications?batch_id=1&" + query, 0, "auditor")
            .json()
            .at("items")
            .as_array()
            .size();
    }
    static json::value group(const json::value& groups, std::string_view member, std::string_view name) {
        for (const auto& one : groups.as_array()) {
            if (one.at(member).is_string() && one.at(member).as_string() == name) return one;
        }
        return nullptr;
    }
    static json::value wait_for(const json::value& figures, std::string_view action) {
        for (const auto& one : figures.at("waits").as_array()) {
            const auto& of = one.at("action");
            if (action.empty() ? of.is_null() : of.is_string() && of.as_string() == action) return one;
        }
        return nullptr;
    }
    /// One sent back and handed in again, one rejected.
    void two_decided() {
        const auto first = draft(noodles);
        must(step(first, "SUBMIT", cooperative), 200);
        turn_days(2);
        must(step(first, json::object{{"action", "RETURN"}, {"reason", "缺检测报告"}}, office_of_daguan),
             200);
        turn_days(1);
        must(step(first, "SUBMIT", cooperative), 200);
        turn_days(4);
        must(step(first, "RECOMMEND", office_of_daguan), 200);
        const auto second = draft(tea);
        must(step(second, "SUBMIT", cooperative), 200);
        turn_days(1);
        must(step(second, json::object{{"action", "REJECT"}, {"reason", "不符合"}}, office_of_daguan), 200);
    }
};

TEST_F(BatchFigures, CountWhatWasSubmittedAndWhatCameOfIt) {
    two_decided();
    draft(tea);
    const auto all = figures();
    EXPECT_EQ(all.at("batch").at("year"), 2027);
    EXPECT_EQ(all.at("total").at("applied"), 2) << "a draft is nobody's but its owner's";
    EXPECT_EQ(all.at("total").at("returned"), 1);
    EXPECT_EQ(all.at("total").at("recommended"), 1);
    EXPECT_EQ(all.at("total").at("rejected"), 1);
    EXPECT_EQ(all.at("total").at("certified"), 0);
    EXPECT_EQ(all.at("total").at("open"), 1);
    ASSERT_EQ(all.at("counties").as_array().size(), 1U);
    EXPECT_EQ(group(all.at("counties"), "county_code", "530624").at("applied"), 2);
    EXPECT_EQ(group(all.at("categories"), "category", "tea").at("rejected"), 1);
    EXPECT_EQ(group(all.at("categories"), "category", "food_processed").at("returned"), 1);
}

TEST_F(BatchFigures, LeadToTheListsThatTheyCount) {
    two_decided();
    EXPECT_EQ(listed("step=SUBMIT"), 2U);
    EXPECT_EQ(listed("step=RETURN&county=530624"), 1U);
    EXPECT_EQ(listed("step=RETURN&category=tea"), 0U);
    EXPECT_EQ(listed("step=SUBMIT&state=REJECTED&category=tea"), 1U);
    EXPECT_EQ(listed("step=SUBMIT&state=DRAFT,SUBMITTED,COUNTY_RECOMMENDED,UNDER_REVIEW,PUBLIC_NOTICE"),
              figures().at("total").at("open").to_number<std::size_t>());
    EXPECT_EQ(listed("state=REJECTED,SUBMITTED,COUNTY_RECOMMENDED"), 2U);
    EXPECT_EQ(listed("county=530521"), 0U);
    for (const auto* const bad : {"state=", "state=SUBMITTED,", "state=SUBMITTED,SUBMITTED", "state=OPEN",
                                  "step=JUMP", "county=53062", "category=Tea!", "category="}) {
        EXPECT_EQ(show(std::string{"/v1/applications?"} + bad, 0, "auditor").status, 422) << bad;
    }
}

TEST_F(BatchFigures, SayHowLongEachStepTook) {
    two_decided();
    const auto all = figures();
    const auto days = [](const json::value& wait, const char* member) {
        return wait.at(member).to_number<std::int64_t>() / 24;
    };
    EXPECT_EQ(days(wait_for(all, "RETURN"), "median_hours"), 2);
    EXPECT_EQ(days(wait_for(all, "SUBMIT"), "median_hours"), 1) << "the house's own time";
    EXPECT_EQ(days(wait_for(all, "RECOMMEND"), "ninetieth_hours"), 4);
    EXPECT_EQ(days(wait_for(all, "REJECT"), "median_hours"), 1);
    EXPECT_EQ(wait_for(all, "").at("count"), 1) << "one was decided";
    EXPECT_EQ(days(wait_for(all, ""), "median_hours"), 1);
    EXPECT_TRUE(wait_for(all, "CERTIFY").is_null());
}

TEST_F(BatchFigures, CountGoodsThatNobodyToldOf) {
    two_decided();
    host_.transact(
        [](database::Session& session) { session.execute("DELETE FROM known_sku WHERE product_id = 2"); });
    const auto all = figures();
    EXPECT_EQ(all.at("total").at("applied"), 2);
    ASSERT_EQ(all.at("counties").as_array().size(), 2U);
    EXPECT_TRUE(all.at("counties").at(0).at("county_code").is_null());
    EXPECT_EQ(all.at("counties").at(0).at("rejected"), 1);
}

TEST_F(BatchFigures, AreOfWhatTheViewerSees) {
    two_decided();
    EXPECT_EQ(figures("certifier", office_of_minhang).at("total").at("applied"), 2);
    EXPECT_EQ(figures("certifier", office_of_daguan).at("total").at("applied"), 2) << "goods of its county";
    EXPECT_EQ(figures("certifier", office_of_songjiang).at("total").at("applied"), 0);
    EXPECT_EQ(show("/v1/batches/1/figures", cooperative, "merchant").problem(), "role-missing");
    EXPECT_EQ(get("/v1/batches/1/figures").problem(), "token-missing");
    EXPECT_EQ(show("/v1/batches/99/figures", 0, "auditor").problem(), "batch-unknown");
    EXPECT_EQ(show("/v1/batches/x/figures", 0, "auditor").problem(), "batch-unknown");
}

TEST_F(BatchFigures, AreAddedUpOfAYearBesideTheYearBefore) {
    two_decided();
    const auto of = [this](const char* year, std::uint64_t organisation, const char* role) {
        return must(show(std::string{"/v1/years/"} + year + "/figures", organisation, role), 200).json();
    };
    const auto all = of("2027", 0, "auditor");
    EXPECT_EQ(all.at("year"), 2027);
    auto of_batch = figures().as_object();
    of_batch.erase("batch");
    auto of_year = all.as_object();
    of_year.erase("year");
    of_year.erase("before");
    EXPECT_EQ(of_year, of_batch) << "the year has one batch";
    EXPECT_EQ(group(all.at("schemes"), "scheme", "MINHANG_YOUPIN").at("applied"), 2);
    EXPECT_EQ(all.at("before").at("total").at("applied"), 0);
    EXPECT_EQ(of("2028", 0, "operator").at("before").at("total"), all.at("total"));
    EXPECT_EQ(of("2027", office_of_daguan, "certifier").at("total").at("applied"), 2);
    EXPECT_EQ(of("2027", office_of_songjiang, "certifier").at("total").at("applied"), 0);
    EXPECT_EQ(show("/v1/years/2027/figures", cooperative, "merchant").problem(), "role-missing");
    for (const auto* const bad : {"27", "2015", "2200", "x", "02027"}) {
        EXPECT_EQ(show(std::string{"/v1/years/"} + bad + "/figures", 0, "auditor").problem(), "year-unknown");
    }
}

TEST_F(BatchFigures, CountWhatIsSuspendedAmongTheCertified) {
    const auto target = published();
    host_.clock().hold(*parse_rfc3339("2026-12-10T02:00:00Z"));
    must(certify_application(target), 200);
    EXPECT_EQ(figures().at("total").at("suspended"), 0);
    must(post("/v1/certifications/1/state", {{"state", "SUSPENDED"}, {"reason", "抽检不合格"}}), 200);
    EXPECT_EQ(figures().at("total").at("certified"), 1);
    EXPECT_EQ(figures().at("total").at("suspended"), 1);
    const auto found = [this](const std::string& query) {
        return show("/v1/applications?" + query, 0, "auditor").json().at("items").as_array().size();
    };
    EXPECT_EQ(found("year=2027&scheme=MINHANG_YOUPIN&certification_state=SUSPENDED"), 1U);
    EXPECT_EQ(found("year=2027&certification_state=CERTIFIED"), 0U);
    EXPECT_EQ(found("year=2026"), 0U);
    EXPECT_EQ(found("scheme=BAIXIAN_BAIPIN"), 0U);
    for (const auto* const bad : {"year=1999", "scheme=x", "certification_state=GOOD"}) {
        EXPECT_EQ(show(std::string{"/v1/applications?"} + bad, 0, "auditor").status, 422) << bad;
    }
}

TEST_F(Applications, AreShownOneByOneWhileTheyAreOnNotice) {
    const auto target = published();
    const auto shown = get("/v1/notices/1");
    ASSERT_EQ(shown.status, 200) << shown.body;
    EXPECT_EQ(shown.json(), get("/v1/notices").json().at("items").at(0));
    EXPECT_FALSE(shown.json().as_object().contains("steps")) << "who decided is not the public's to know";
    EXPECT_EQ(get("/v1/notices/2").problem(), "notice-unknown");
    EXPECT_EQ(get("/v1/notices/x").problem(), "application-unknown");
    host_.clock().hold(*parse_rfc3339("2026-12-04T16:00:00Z"));
    EXPECT_EQ(get("/v1/notices/1").problem(), "notice-unknown") << "its days are over";
    EXPECT_EQ(show(target, office_of_minhang).status, 200);
}

TEST_F(Applications, TellAnOfficeWhoseNameSaysNothingWhyItHasNoSay) {
    constexpr std::uint64_t office_of_tea = 31;
    host_.transact([](database::Session& session) {
        remember_organisation(session, OrganisationId{office_of_tea}, "大关县茶叶产业发展中心",
                              "DISTRICT_OFFICE", daguan);
    });
    const auto target = draft();
    must(step(target, "SUBMIT", cooperative), 200);
    EXPECT_EQ(show(target, office_of_tea).status, 200) << "it sees what is of its county";
    const auto refused = step(target, "RECOMMEND", office_of_tea);
    EXPECT_EQ(refused.problem(), "office-name-unknown");
    EXPECT_NE(refused.body.find("乡村振兴局"), std::string::npos) << refused.body;
    EXPECT_EQ(step(target, "RECOMMEND", office_of_songjiang).status, 404);
    EXPECT_EQ(step(target, "RECOMMEND", office_of_daguan).status, 200);
}

}  // namespace
}  // namespace shanhai::certification
