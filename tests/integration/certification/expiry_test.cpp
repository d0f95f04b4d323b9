#include "certification/application/expiry.hpp"
#include "integration/certification/fixture.hpp"

#include <thread>

namespace shanhai::certification {
namespace {

/// 箬竹面 is certified for this year; the clock is held so many days before its end.
class Expiries : public CertificationService {
protected:
    Expiries() {
        // Far from any end, whatever day it is, so that the service's own look writes nothing.
        host_.clock().hold(start_of(Date{std::chrono::year{this_year()} / 3 / 1}));
        target_ = certify(certification_body(noodles)).header("Location");
    }

    Date end() const { return Date{std::chrono::year{this_year() + 1} / 1 / 1}; }
    void hold_days_before_end(int days) { host_.clock().hold(start_of(end() - std::chrono::days{days})); }
    void warn() {
        Expiry expiry{host_.pool()};
        ASSERT_TRUE(expiry.warn());
    }
    /// The thresholds of the warnings that were written, oldest first.
    std::vector<int> warned(std::uint64_t certification = 1) {
        std::vector<int> days;
        host_.transact([&](database::Session& session) {
            auto rows = session.query(
                "SELECT days_ahead FROM expiry_warning WHERE certification_id = ? ORDER BY days_ahead DESC",
                certification);
            while (rows.next()) days.push_back(static_cast<int>(rows.integer(0)));
        });
        return days;
    }
    json::array expiring(const std::string& query = {}, const std::string& role = "auditor",
                         std::uint64_t organisation = 0) {
        const auto answer =
            host_.call_as(role, "GET", "/v1/certifications/expiring" + query, {}, organisation);
        EXPECT_EQ(answer.status, 200) << answer.body;
        return answer.json().at("items").as_array();
    }

    std::string target_;
};

TEST_F(Expiries, AreWarnedOfOnceAThreshold) {
    using Days = std::vector<int>;
    const std::vector<std::pair<int, Days>> days{{61, {}},           {60, {60}},        {60, {60}},
                                                 {31, {60}},         {30, {60, 30}},    {15, {60, 30}},
                                                 {14, {60, 30, 14}}, {1, {60, 30, 14}}, {0, {60, 30, 14}}};
    for (const auto& [left, wanted] : days) {
        hold_days_before_end(left);
        warn();
        warn();
        EXPECT_EQ(warned(), wanted) << left;
    }
}

TEST_F(Expiries, AreWarnedOfByTheNearestThresholdAlone) {
    hold_days_before_end(20);
    warn();
    EXPECT_EQ(warned(), std::vector<int>{30}) << "nobody looked for weeks";
    hold_days_before_end(45);
    warn();
    EXPECT_EQ(warned(), std::vector<int>{30})
        << "a clock that steps back gives no warning of what is farther off";
    hold_days_before_end(0);
    warn();
    EXPECT_EQ(warned(), std::vector<int>{30}) << "what is over is not warned of";
}

TEST_F(Expiries, AreWarnedOfOnceByAnyNumberOfCopies) {
    hold_days_before_end(30);
    std::vector<std::thread> copies;
    for (int i = 0; i < 4; ++i) copies.emplace_back([this] { warn(); });
    for (auto& copy : copies) copy.join();
    EXPECT_EQ(warned(), std::vector<int>{30});
}

TEST_F(Expiries, AreNotWarnedOfWhenTheyEndedOrGoOn) {
    ASSERT_EQ(certify(certification_body(tea, "MHYP-0002")).status, 201);
    ASSERT_EQ(certify(certification_body(tea, "MHYP-1002", this_year() + 1)).status, 201);
    revoke(target_);
    hold_days_before_end(30);
    warn();
    EXPECT_TRUE(warned(1).empty()) << "revoked";
    EXPECT_TRUE(warned(2).empty()) << "certified for the next year, too";
    const auto list = expiring();
    ASSERT_EQ(list.size(), 1U);
    EXPECT_EQ(list[0].at("continued_by"), 3);
}

TEST_F(Expiries, AreListedWithWhatWasWarned) {
    EXPECT_TRUE(expiring("?within_days=1").empty());
    hold_days_before_end(30);
    warn();
    const auto list = expiring();
    ASSERT_EQ(list.size(), 1U);
    EXPECT_EQ(list[0].at("days_left"), 30);
    EXPECT_EQ(list[0].at("number"), "MHYP-0001");
    EXPECT_TRUE(list[0].at("continued_by").is_null());
    EXPECT_EQ(list[0].at("warnings").at(0).at("days_ahead"), 30);
    EXPECT_TRUE(expiring("?within_days=29").empty());
    EXPECT_TRUE(expiring("?scheme=BAIXIAN_BAIPIN").empty());
    hold_days_before_end(1);
    EXPECT_EQ(expiring("?within_days=1")[0].at("days_left"), 1);
    hold_days_before_end(0);
    EXPECT_TRUE(expiring().empty()) << "over at midnight in Shanghai";
}

TEST_F(Expiries, AreShownToThoseWhomTheyConcern) {
    hold_days_before_end(30);
    EXPECT_EQ(expiring({}, "merchant", cooperative).size(), 1U);
    EXPECT_EQ(expiring({}, "merchant", cooperative + 1).size(), 0U);
    EXPECT_EQ(expiring({}, "certifier", office_of_minhang).size(), 1U);
    EXPECT_EQ(expiring({}, "certifier", office_of_daguan).size(), 1U) << "goods of its county";
    EXPECT_EQ(expiring({}, "certifier", office_of_songjiang).size(), 0U);
    EXPECT_EQ(expiring({}, "certifier", cooperative).size(), 0U);
    EXPECT_EQ(expiring({}, "operator").size(), 1U);
    EXPECT_EQ(get("/v1/certifications/expiring").problem(), "token-missing");
    EXPECT_EQ(host_.call_as("admin", "GET", "/v1/certifications/expiring").problem(), "role-missing");
    for (const char* query : {"?within_days=0", "?within_days=367", "?scheme=x", "?cursor=x", "?limit=0"}) {
        EXPECT_EQ(host_.call_as("auditor", "GET", std::string{"/v1/certifications/expiring"} + query).status,
                  422)
            << query;
    }
}

TEST_F(Expiries, AreListedPageByPageInTheOrderOfTheirEnds) {
    auto sooner = certification_body(tea, "MHYP-0002");
    sooner["valid_to"] = date_text(end() - std::chrono::days{10});
    ASSERT_EQ(certify(sooner).status, 201);
    auto citys = certification_body(tea, "BXBP-0001");
    citys["scheme"] = "BAIXIAN_BAIPIN";
    citys["authority"] = "上海市政府合作交流办";
    ASSERT_EQ(certify(citys, office_of_shanghai).status, 201);
    hold_days_before_end(40);
    std::vector<std::uint64_t> ids;
    std::string query = "?limit=1";
    for (int page = 0; page < 4 && !query.empty(); ++page) {
        const auto answer = host_.call_as("auditor", "GET", "/v1/certifications/expiring" + query);
        ASSERT_EQ(answer.status, 200) << answer.body;
        const auto body = answer.json();
        for (const auto& one : body.at("items").as_array()) {
            ids.push_back(one.at("certification_id").to_number<std::uint64_t>());
        }
        const auto& next = body.at("next");
        query = next.is_null() ? "" : "?limit=1&cursor=" + std::string{next.as_string()};
    }
    EXPECT_EQ(ids, (std::vector<std::uint64_t>{2, 1, 3}));
}

TEST_F(Expiries, AreShownAsExpiredFromMidnightOn) {
    host_.clock().hold(start_of(end()) - std::chrono::microseconds{1});
    const auto shown = [&](const std::string& query) {
        return get("/v1/certifications" + query).json().at("items").as_array().size();
    };
    EXPECT_EQ(get(target_).json().at("state"), "CERTIFIED");
    EXPECT_EQ(shown("?state=CERTIFIED"), 1U);
    EXPECT_EQ(shown("?state=EXPIRED"), 0U);
    host_.clock().hold(start_of(end()));
    EXPECT_EQ(get(target_).json().at("state"), "EXPIRED");
    EXPECT_EQ(shown("?state=CERTIFIED"), 0U);
    EXPECT_EQ(shown("?state=EXPIRED"), 1U);
    const auto before = rfc3339(start_of(end()) - std::chrono::hours{1});
    EXPECT_EQ(shown("?state=CERTIFIED&at=" + before), 1U) << "it was certified then";
    EXPECT_EQ(post(target_ + "/state", {{"state", "EXPIRED"}, {"reason", "到期"}}).pointer(), "/state");
}

TEST_F(Expiries, StayAsTheyEnded) {
    revoke(target_);
    host_.clock().hold(start_of(end()));
    EXPECT_EQ(get(target_).json().at("state"), "REVOKED");
    EXPECT_EQ(get("/v1/certifications?state=EXPIRED").json().at("items").as_array().size(), 0U);
}

}  // namespace
}  // namespace shanhai::certification
