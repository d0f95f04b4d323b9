#include "integration/certification/applications.hpp"

#include "certification/application/certifying.hpp"
#include "support/handing_in.hpp"
#include "support/pictures.hpp"

namespace shanhai::certification {
namespace {

/// Certified for 2027 on a licence that holds until the first of June, and a report that holds on.
class Lapses : public Applications {
protected:
    Lapses() {
        auto rules = rules_of(1);
        rules["required_evidence"] = json::array{"FOOD_PRODUCTION_LICENCE", "TEST_REPORT"};
        must(put("/v1/schemes/MINHANG_YOUPIN", rules, get("/v1/schemes/MINHANG_YOUPIN").header("ETag")), 200);
        auto batch = batch_of(2026);
        batch["valid_from"] = "2026-12-01";
        must(post("/v1/batches", batch), 201);
    }
    json::object paper(const char* kind, const char* number, const json::value& until) {
        const auto stored =
            support::hand_in(host_, "/v1/evidence", support::pdf(900), "application/pdf", cooperative);
        return {{"kind", kind},
                {"file_id", stored.json().at("id")},
                {"number", number},
                {"issued_on", "2026-06-01"},
                {"valid_until", until}};
    }
    /// As far as certified, with these papers.
    std::string certified(const json::array& papers) {
        auto wanted = draft_of(tea);
        wanted["batch_id"] = 2;
        wanted["evidence"] = papers;
        const auto target = must(by_merchant("/v1/applications", wanted), 201).header("Location");
        must(step(target, "SUBMIT", cooperative), 200);
        must(step(target, "RECOMMEND", office_of_daguan), 200);
        must(step(target, "BEGIN_REVIEW", office_of_minhang), 200);
        must(step(target, "PUBLISH_NOTICE", office_of_minhang), 200);
        host_.clock().hold(*parse_rfc3339("2026-12-10T02:00:00Z"));
        const auto made = must(certify_application(target), 200).json();
        return "/v1/certifications/" + std::to_string(made.at("certification_id").to_number<std::uint64_t>());
    }
    std::string certified() {
        return certified({paper("FOOD_PRODUCTION_LICENCE", "SC10753062400012", "2026-12-20"),
                          paper("TEST_REPORT", "QC-1", nullptr)});
    }
    void look_at(const char* moment) {
        host_.clock().hold(*parse_rfc3339(moment));
        Certifying looking{host_.pool(), {announce, announce_proposal, [] {}}};
        const auto done = looking.suspend_lapsed();
        ASSERT_TRUE(done) << done.error().message();
    }
    std::string state_of(const std::string& target) {
        return std::string{get(target).json().at("state").as_string()};
    }
};

TEST_F(Lapses, SuspendWhatWasCertifiedOnAPaperAtMidnightInShanghai) {
    const auto target = certified();
    look_at("2026-12-19T15:59:59.999999Z");
    EXPECT_EQ(state_of(target), "CERTIFIED");
    look_at("2026-12-19T16:00:00Z");
    EXPECT_EQ(state_of(target), "SUSPENDED");
    const auto shown = get(target).json();
    EXPECT_EQ(shown.at("reason"), "材料已过有效期：食品生产许可证");
    EXPECT_EQ(told().back().state(), "SUSPENDED") << "who sells is told";
}

TEST_F(Lapses, SuspendOnceSoThatAPersonMayReinstate) {
    const auto target = certified();
    look_at("2026-12-20T02:00:00Z");
    look_at("2026-12-20T02:01:00Z");
    const auto history = host_.call_as("auditor", "GET", target).json().at("history").as_array();
    ASSERT_EQ(history.size(), 2U) << "certified, suspended";
    EXPECT_TRUE(history.at(0).at("by_account").is_int64());
    EXPECT_TRUE(history.at(1).at("by_account").is_null()) << "nobody but the time";
    must(post(target + "/state", {{"state", "CERTIFIED"}, {"reason", "新证已核"}}), 200);
    look_at("2026-12-20T02:02:00Z");
    EXPECT_EQ(state_of(target), "CERTIFIED");
}

TEST_F(Lapses, LookAtWhatTheSchemeAsksForOnly) {
    const auto target = certified({paper("FOOD_PRODUCTION_LICENCE", "SC10753062400012", "2026-12-20"),
                                   paper("FOOD_PRODUCTION_LICENCE", "SC10753062400012", nullptr),
                                   paper("TEST_REPORT", "QC-1", nullptr),
                                   paper("QUALITY_MARK", "GF530624261234", "2026-12-20")});
    look_at("2026-12-30T02:00:00Z");
    EXPECT_EQ(state_of(target), "CERTIFIED") << "another licence holds, and no mark was asked for";
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM lapse"), 2) << "neither is looked at again";
}

TEST_F(Lapses, SuspendWhenTheLastPaperOfAKindLapses) {
    const auto target = certified({paper("FOOD_PRODUCTION_LICENCE", "SC10753062400012", "2026-12-20"),
                                   paper("FOOD_PRODUCTION_LICENCE", "SC10753062400013", "2026-12-25"),
                                   paper("TEST_REPORT", "QC-1", nullptr)});
    look_at("2026-12-20T02:00:00Z");
    EXPECT_EQ(state_of(target), "CERTIFIED");
    look_at("2026-12-25T02:00:00Z");
    EXPECT_EQ(state_of(target), "SUSPENDED");
}

}  // namespace
}  // namespace shanhai::certification
