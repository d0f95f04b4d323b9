#include "integration/certification/applications.hpp"

#include <map>

namespace shanhai::certification {
namespace {

TEST_F(Applications, GoByTheSchemesRulesOfTheirBatch) {
    const auto target = draft();
    const auto tag = get("/v1/schemes/MINHANG_YOUPIN").header("ETag");
    ASSERT_EQ(put("/v1/schemes/MINHANG_YOUPIN", rules_of(2), tag).status, 200);
    must(step(target, "SUBMIT", cooperative), 200);
    EXPECT_EQ(step(target, "RECOMMEND", office_of_daguan).json().at("state"), "COUNTY_RECOMMENDED");

    EXPECT_EQ(post("/v1/batches", batch_of(2028)).pointer(), "/year");
    EXPECT_EQ(post("/v1/batches", batch_of(2027)).problem(), "batch-exists");
    EXPECT_EQ(post("/v1/batches", batch_of(2026), "certifier", office_of_daguan).problem(),
              "not-the-authority");
    auto body = draft_of(tea);
    body["batch_id"] = must(post("/v1/batches", batch_of(2026)), 201).json().at("batch_id");
    const auto later = must(by_merchant("/v1/applications", body), 201).header("Location");
    must(step(later, "SUBMIT", cooperative), 200);
    EXPECT_EQ(step(later, "RECOMMEND", office_of_daguan).json().at("state"), "SUBMITTED");
    EXPECT_EQ(step(later, "RECOMMEND", office_of_daguan).problem(), "recommended-already");
    EXPECT_EQ(step(later, "RECOMMEND", farm_office_of_daguan).json().at("state"), "COUNTY_RECOMMENDED");
}

TEST_F(Applications, AloneLeadToACertificationUnderTheirScheme) {
    EXPECT_EQ(certify(certification_body(tea, "A-1", 2026)).problem(), "needs-application");
    // Nor by rules that are changed for a moment.
    auto direct = rules_of(0);
    direct["by_application"] = false;
    direct["notice_days"] = 0;
    must(put("/v1/schemes/MINHANG_YOUPIN", direct, "*"), 200);
    EXPECT_EQ(certify(certification_body(tea, "A-1", 2027)).problem(), "needs-application");
    EXPECT_EQ(certify(certification_body(tea, "A-1", 2026)).status, 201) << "of that year there is no batch";
}

/// Also of those that were there before anybody asked for their names, once.
TEST_F(Applications, HaveSchemesWhoseNamesAreTold) {
    const auto told = [this] {
        std::map<std::string, std::vector<std::string>> names;
        for (const auto& one : support::told_facts<event::v1::SchemeDeclared>(host_))
            names[one.scheme()].push_back(one.name());
        return names;
    };
    const std::map<std::string, std::vector<std::string>> first{{"BAIXIAN_BAIPIN", {"百县百品"}},
                                                                {"COUNTY_RECOGNITION", {"县级认定"}},
                                                                {"MINHANG_YOUPIN", {"闵行优品"}}};
    auto known = told();
    EXPECT_EQ(known.at("BAIXIAN_BAIPIN"), first.at("BAIXIAN_BAIPIN"));
    EXPECT_EQ(known.at("COUNTY_RECOGNITION"), first.at("COUNTY_RECOGNITION"));
    EXPECT_EQ(known.at("MINHANG_YOUPIN").front(), "闵行优品");

    auto renamed = rules_of(1);
    renamed["name"] = "闵行优选";
    must(put("/v1/schemes/MINHANG_YOUPIN", renamed, "*"), 200);
    EXPECT_EQ(told().at("MINHANG_YOUPIN").back(), "闵行优选");
    known = told();
    EXPECT_EQ(put("/v1/schemes/MINHANG_YOUPIN", renamed, "\"v1\"").status, 412);
    host_.run(make_service);
    EXPECT_EQ(told(), known) << "what was refused or told is not told again";
}

TEST_F(CertificationService, LetsAnOfficeMakeASchemeAndKeepItsRules) {
    json::object rules{{"scheme", "SONGJIANG_YOUPIN"},
                       {"name", "松江优品"},
                       {"counties", json::array{"530624"}},
                       {"term_unit", "MONTHS"},
                       {"term", 18},
                       {"notice_days", 7},
                       {"recommendations", 1},
                       {"by_application", true},
                       {"required_evidence", json::array{}},
                       {"report_months_max", 0},
                       {"price_band_bp", 0},
                       {"base_required", true}};
    EXPECT_EQ(post("/v1/schemes", rules, "certifier", 0).problem(), "not-the-authority");
    EXPECT_EQ(post("/v1/schemes", rules, "certifier", cooperative).problem(), "not-the-authority");
    EXPECT_EQ(post("/v1/schemes", rules, "operator").problem(), "role-missing");
    const auto of_origin = post("/v1/schemes", rules, "certifier", office_of_daguan);
    EXPECT_EQ(of_origin.problem(), "not-the-authority") << "who recommends goods does not decide on them too";
    EXPECT_NE(of_origin.body.find("makes no scheme"), std::string::npos) << of_origin.body;
    const auto made = post("/v1/schemes", rules, "certifier", office_of_songjiang);
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(made.header("Location"), "/v1/schemes/SONGJIANG_YOUPIN");
    EXPECT_EQ(made.json().at("offices").at(0), "松江区政府合作交流办");
    EXPECT_EQ(made.json().at("district_code"), "310117");
    EXPECT_EQ(made.json().at("base_required"), true);
    EXPECT_EQ(post("/v1/schemes", rules, "certifier", office_of_songjiang).problem(), "scheme-exists");
    auto silent = rules;
    silent["scheme"] = "SONGJIANG_JIAPIN";
    silent["notice_days"] = 0;
    EXPECT_EQ(post("/v1/schemes", silent, "certifier", office_of_songjiang).pointer(), "/notice_days");

    auto entered = silent;
    entered["by_application"] = false;
    entered["recommendations"] = 0;
    EXPECT_EQ(post("/v1/schemes", entered, "certifier", office_of_songjiang).pointer(), "/base_required")
        << "of what is entered nobody asks for a base";

    const std::string target = "/v1/schemes/SONGJIANG_YOUPIN";
    rules.erase("scheme");
    rules["term"] = 12;
    EXPECT_EQ(put(target, rules, made.header("ETag")).problem(), "not-the-authority") << "another's scheme";
    auto shorter = rules;
    shorter.erase("base_required");
    EXPECT_EQ(put(target, shorter, made.header("ETag"), "certifier", office_of_songjiang).pointer(),
              "/base_required")
        << "what is left out is not given up";
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
