#include "certification/service.hpp"
#include "certification/store/certification_rows.hpp"
#include "certification/store/known_facts.hpp"
#include "integration/platform/checks.hpp"

namespace shanhai {
namespace {

using namespace checks;

json::object recognition() {
    const auto year = static_cast<int>(std::chrono::year_month_day{shanghai_date(now())}.year());
    return {{"product_id", 1},
            {"scheme", "BAIXIAN_BAIPIN"},
            {"year", year},
            {"authority", "上海市政府合作交流办"},
            {"number", "BXBP-0001"},
            {"valid_from", std::to_string(year) + "-01-01"},
            {"valid_to", std::to_string(year + 1) + "-01-01"}};
}

TEST(Checks, OfCertificationAreReachedByNoRequest) {
    using namespace certification;
    ServiceHost host{"certification"};
    host.run(certification::make_service);
    constexpr std::uint64_t office = 21;
    host.transact([](database::Session& session) {
        const auto daguan = *CountyCode::parse("530624");
        remember_organisation(session, OrganisationId{office}, "上海市政府合作交流办", "DISTRICT_OFFICE",
                              std::nullopt);
        remember(session, KnownCounty{daguan, "大关县", "大关县"});
        remember_merchant(session, MerchantId{1}, "合作社", OrganisationId{9}, true);
        remember(session, KnownSku{SkuId{1}, ProductId{1}, MerchantId{1}, "箬竹面", daguan, "09525306240017",
                                   std::string(32, 'a')});
        end_handover(session, 0);
    });
    const auto made =
        host.call_as("certifier", "POST", "/v1/certifications", json::serialize(recognition()), office);
    ASSERT_EQ(made.status, 201) << made.body;
    const auto refused = [](const char* check, const char* target, auto body, const char* pointer) {
        return Refused{check, "certifier", "POST", target, body, pointer};
    };
    const char* const certifications = "/v1/certifications";
    expect_all(
        host,
        {refused(
             "certification.certification_term", certifications,
             [] { return with(recognition(), "valid_to", recognition().at("valid_from")); }, "/valid_to"),
         refused(
             "certification.certification_term", certifications,
             [] { return with(recognition(), "valid_from", "1926-01-01"); }, "/valid_to"),
         refused(
             "certification.certification_households", certifications,
             [] { return with(recognition(), "households", 100'001); }, "/households"),
         refused(
             "certification.certification_households", certifications,
             [] { return with(with(recognition(), "households", 38), "people", 37); }, "/people"),
         refused(
             "certification.certification_state_known", "/v1/certifications/1/state",
             [] {
                 return json::object{{"state", "EXPIRED"}, {"reason", "x"}};
             },
             "/state")},
        {{"application.application_households", "a body is read by the same function as a certification's"},
         {"edition.edition_numbered", "no request names it"},
         {"edition.edition_hash", "the service hashes what it stores"},
         {"handover.handover_is_one_row", "no request names it"},
         {"file.file_state_known", "states are an enum"},
         {"file.file_received", "what is more than was announced is refused while the file is locked"},
         {"objection_paper.objection_papers_few", "a body names three files at most"},
         {"proposal.proposal_state_known", "only what takes two is proposed, and that no request names"},
         {"proposal.proposal_outcome_known", "an answer is yes or no"},
         {"proposal.proposal_answered", "outcome and moment are written together"}});
}

}  // namespace
}  // namespace shanhai
