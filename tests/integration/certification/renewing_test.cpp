#include "integration/certification/applications.hpp"

#include "support/handing_in.hpp"
#include "support/pictures.hpp"

namespace shanhai::certification {
namespace {

/// What was certified for 2027, and lapses.
class Renewals : public Applications {
protected:
    Renewals() {
        const auto file =
            support::hand_in(host_, "/v1/evidence", support::pdf(900), "application/pdf", cooperative);
        paper_ = {{"kind", "TEST_REPORT"},
                  {"file_id", file.json().at("id")},
                  {"number", "QC-1"},
                  {"issued_on", "2026-11-02"},
                  {"valid_until", nullptr}};
        auto wanted = draft_of(tea);
        wanted["evidence"] = json::array{paper_};
        last_ = published(wanted);
        host_.clock().hold(*parse_rfc3339("2026-12-10T02:00:00Z"));
        must(certify_application(last_), 200);
        certification_ = "/v1/certifications/" + std::to_string(show(last_, cooperative, "merchant")
                                                                    .json()
                                                                    .at("certification_id")
                                                                    .to_number<std::uint64_t>());
        host_.clock().hold(*parse_rfc3339("2027-11-08T02:00:00Z"));
        auto batch = batch_of(2028);
        batch["applications_from"] = "2027-11-01";
        batch["applications_until"] = "2027-12-16";
        must(post("/v1/batches", batch), 201);
    }
    Answer renew(const std::string& target, std::uint64_t batch, std::uint64_t house = cooperative) {
        return post(target + "/renewals", {{"batch_id", batch}}, "merchant", house);
    }
    bool valid_at(const char* moment) {
        host_.clock().hold(*parse_rfc3339(moment));
        return get(certification_).json().at("valid_now").as_bool();
    }

    json::object paper_;
    std::string last_;
    std::string certification_;
};

TEST_F(Renewals, BeginWithLastYearsPapersBeforeTheCertificationLapses) {
    const auto renewed = renew(last_, 2);
    ASSERT_EQ(renewed.status, 201) << renewed.body;
    const auto draft = renewed.json();
    EXPECT_EQ(draft.at("state"), "DRAFT");
    EXPECT_EQ(draft.at("year"), 2028);
    EXPECT_EQ(draft.at("statement"), "慢火烘干");
    ASSERT_EQ(draft.at("evidence").as_array().size(), 1);
    for (const auto& [member, value] : paper_)
        EXPECT_EQ(draft.at("evidence").at(0).at(member), value) << member;
    EXPECT_EQ("/v1/applications/" + std::to_string(draft.at("renews").to_number<std::uint64_t>()), last_);
    EXPECT_TRUE(show(last_, cooperative, "merchant").json().at("renews").is_null());
    const auto target = renewed.header("Location");
    EXPECT_EQ(show(target, cooperative, "merchant").json(), draft);
    EXPECT_EQ(step(target, "SUBMIT", cooperative).status, 200);
    EXPECT_TRUE(valid_at("2027-12-31T15:59:59.999999Z"));
    EXPECT_FALSE(valid_at("2027-12-31T16:00:00Z")) << "midnight in Shanghai";
}

TEST_F(Renewals, AreOneABatchAndOfWhatHasEnded) {
    EXPECT_EQ(renew(last_, 1).problem(), "certified-already");
    EXPECT_EQ(renew(last_, 99).pointer(), "/batch_id");
    const auto target = must(renew(last_, 2), 201).header("Location");
    EXPECT_EQ(renew(last_, 2).problem(), "applied-already");
    EXPECT_EQ(renew(target, 2).problem(), "step-not-now") << "a draft is no paper yet";
    must(step(target, "WITHDRAW", cooperative), 200);
    EXPECT_EQ(renew(target, 2).status, 201) << "what was withdrawn may begin again";
}

TEST_F(Renewals, AreForTheProductsOwnHouse) {
    EXPECT_EQ(renew(last_, 2, cooperative + 1).problem(), "application-unknown");
    EXPECT_EQ(renew("/v1/applications/99", 2).problem(), "application-unknown");
    EXPECT_EQ(post(last_ + "/renewals", {{"batch_id", 2}}).problem(), "role-missing");
    EXPECT_EQ(post(last_ + "/renewals", {{"batch_id", "2"}}, "merchant", cooperative).pointer(), "/batch_id");
    EXPECT_EQ(post("/v1/applications/nine/renewals", {{"batch_id", 2}}, "merchant", cooperative).status, 404);
}

}  // namespace
}  // namespace shanhai::certification
