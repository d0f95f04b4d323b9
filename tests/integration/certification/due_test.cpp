#include "integration/certification/applications.hpp"

namespace shanhai::certification {
namespace {

/// What waits for an office, on its way from the county to the certification.
class DueToday : public Applications {
protected:
    json::value due(std::uint64_t office) { return must(show("/v1/applications/due", office), 200).json(); }
    /// The reasons of the first ones, in their order.
    std::vector<std::string> reasons(std::uint64_t office) {
        std::vector<std::string> names;
        const auto all = due(office);
        for (const auto& one : all.at("first").as_array()) {
            names.emplace_back(one.at("why").as_string());
        }
        return names;
    }
    void object() {
        must(host_.call("POST", "/v1/notices/1/objections", R"({"text": "不是本地产的"})"), 201);
    }
    using Names = std::vector<std::string>;
};

TEST_F(DueToday, FollowsAnApplicationThroughTheOffices) {
    const auto target = draft();
    EXPECT_EQ(reasons(office_of_daguan), Names{}) << "a draft is nobody's but its owner's";
    must(step(target, "SUBMIT", cooperative), 200);
    EXPECT_EQ(reasons(office_of_daguan), Names{"TO_RECOMMEND"});
    EXPECT_EQ(reasons(office_of_minhang), Names{}) << "the county first";
    must(step(target, "RECOMMEND", office_of_daguan), 200);
    EXPECT_EQ(reasons(office_of_daguan), Names{});
    EXPECT_EQ(reasons(office_of_minhang), Names{"TO_REVIEW"});
    must(step(target, "BEGIN_REVIEW", office_of_minhang), 200);
    EXPECT_EQ(reasons(office_of_minhang), Names{"IN_REVIEW"});
    must(step(target, "PUBLISH_NOTICE", office_of_minhang), 200);
    EXPECT_EQ(reasons(office_of_minhang), Names{}) << "anybody may object first";
    EXPECT_EQ(due(office_of_minhang).at("on_notice"), 1);
    object();
    EXPECT_EQ(reasons(office_of_minhang), Names{"OBJECTIONS"});
    host_.clock().hold(*parse_rfc3339("2026-12-10T02:00:00Z"));
    EXPECT_EQ(reasons(office_of_minhang), Names{"OBJECTIONS"}) << "nothing is certified over it";
    must(post("/v1/objections/1/answer", {{"answer", "已核实"}}), 200);
    EXPECT_EQ(reasons(office_of_minhang), Names{"READY"});
    must(certify_application(target), 200);
    EXPECT_EQ(due(office_of_minhang).at("total"), 0);
}

TEST_F(DueToday, CountsByReasonAndShowsTheMostUrgentFirst) {
    const auto first = draft(noodles);
    must(step(first, "SUBMIT", cooperative), 200);
    published();
    host_.clock().hold(*parse_rfc3339("2026-12-10T02:00:00Z"));
    must(step(first, "RECOMMEND", office_of_daguan), 200);
    EXPECT_EQ(reasons(office_of_minhang), (Names{"READY", "TO_REVIEW"}));
    const auto all = due(office_of_minhang);
    EXPECT_EQ(all.at("total"), 2);
    EXPECT_EQ(all.at("first").at(0).at("product_name"), "高山绿茶");
    EXPECT_EQ(all.at("first").at(1).at("application_id"), 1);
    for (const auto& one : all.at("counts").as_array()) {
        const bool some = one.at("why") == "READY" || one.at("why") == "TO_REVIEW";
        EXPECT_EQ(one.at("count"), some ? 1 : 0) << one.at("why").as_string();
    }
}

TEST_F(DueToday, SendsBackWhatIsNotWhatWasSubmitted) {
    const auto target = draft();
    must(step(target, "SUBMIT", cooperative), 200);
    host_.transact([](database::Session& session) {
        remember(session, size_of(2, tea, "06901234567892", "高山绿茶", 'b'));
    });
    EXPECT_EQ(reasons(office_of_daguan), Names{"CHANGED"});
    must(step(target, json::object{{"action", "RETURN"}, {"reason", "内容改过"}}, office_of_daguan), 200);
    EXPECT_EQ(reasons(office_of_daguan), Names{});
}

TEST_F(DueToday, WantsASecondOfficeWhereTheSchemeDoes) {
    must(put("/v1/schemes/MINHANG_YOUPIN", rules_of(2), get("/v1/schemes/MINHANG_YOUPIN").header("ETag")),
         200);
    must(post("/v1/batches", batch_of(2026)), 201);
    auto wanted = draft_of(tea);
    wanted["batch_id"] = 2;
    const auto target = must(by_merchant("/v1/applications", wanted), 201).header("Location");
    must(step(target, "SUBMIT", cooperative), 200);
    must(step(target, "RECOMMEND", office_of_daguan), 200);
    EXPECT_EQ(reasons(office_of_daguan), Names{}) << "it has recommended it already";
    EXPECT_EQ(reasons(farm_office_of_daguan), Names{"TO_RECOMMEND"});
}

TEST_F(DueToday, IsTheOfficesOwn) {
    const auto target = draft();
    must(step(target, "SUBMIT", cooperative), 200);
    EXPECT_EQ(reasons(office_of_songjiang), Names{});
    constexpr std::uint64_t office_of_tea = 31;
    host_.transact([](database::Session& session) {
        remember_organisation(session, OrganisationId{office_of_tea}, "大关县茶叶产业发展中心",
                              "DISTRICT_OFFICE", daguan);
    });
    EXPECT_EQ(reasons(office_of_tea), Names{}) << "its name says nothing: it recommends nothing";
    EXPECT_EQ(due(cooperative).at("total"), 0) << "no office";
    EXPECT_EQ(show("/v1/applications/due", cooperative, "merchant").problem(), "role-missing");
    EXPECT_EQ(get("/v1/applications/due").problem(), "token-missing");
}

TEST_F(DueToday, TellsWhatWaitsForASecondPerson) {
    must(certify(certification_body(tea, "MHYP-1", 2026)), 409);  // By application only.
    const auto target = published();
    host_.clock().hold(*parse_rfc3339("2026-12-10T02:00:00Z"));
    must(certify_application(target), 200);
    must(post("/v1/certifications/1/state", {{"state", "SUSPENDED"}, {"reason", "抽检不合格"}}), 200);
    EXPECT_EQ(due(office_of_minhang).at("proposals"), 0) << "it is one's own";
    const security::TokenSigner signer{host_.secrets().read("access_token_private")};
    const security::Principal second{2, office_of_minhang, "second", {"certifier"}};
    const auto seen = host_.call(
        "GET", "/v1/applications/due", {},
        {{"Authorization", "Bearer " + signer.sign(second, host_.clock().now(), std::chrono::minutes{10})}});
    EXPECT_EQ(seen.json().at("proposals"), 1);
    EXPECT_EQ(due(office_of_shanghai).at("proposals"), 0) << "another office's";
}

}  // namespace
}  // namespace shanhai::certification
