#include "certification/domain/checks.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <algorithm>

namespace shanhai::certification {
namespace {

const CountyCode daguan = *CountyCode::parse("530624");
Date day(const char* text) { return *parse_date(text); }
const Date today = day("2026-11-27");

Batch year_2027() {
    return {.id = {},
            .scheme = *SchemeCode::parse("MINHANG_YOUPIN"),
            .year = 2027,
            .valid_from = day("2027-01-01"),
            .valid_to = day("2028-01-01")};
}
Scheme scheme_with(std::vector<EvidenceKind> required = {}, int months = 0) {
    Scheme scheme{.code = *SchemeCode::parse("MINHANG_YOUPIN"),
                  .name = "闵行优品",
                  .offices = {"闵行区政府合作交流办"},
                  .district = {},
                  .counties = {},
                  .required_evidence = std::move(required)};
    scheme.report_months_max = months;
    return scheme;
}
/// Each kind is another file.
Evidence paper(EvidenceKind kind, std::string number = {}) {
    return {.kind = kind,
            .file = files::FileId{1 + static_cast<std::uint64_t>(kind)},
            .number = std::move(number),
            .issued = {},
            .until = {}};
}
const Evidence contract = paper(EvidenceKind::linkage_contract);

std::vector<std::string> found(std::vector<Evidence> papers, const Scheme& scheme = scheme_with(),
                               const Origin& origin = {daguan, true}) {
    std::vector<std::string> names;
    ApplicationText text{"好", "好", std::move(papers)};
    // Who shows a contract says how many households it covers; what comes of the rest is told below.
    const auto shows = [](const Evidence& one) { return one.kind == EvidenceKind::linkage_contract; };
    if (std::ranges::any_of(text.evidence, shows)) text.households = Households{38};
    for (const auto& finding : checks_of(text, year_2027(), scheme, origin, today)) {
        names.push_back(finding.check + (finding.stops ? "!" : ""));
    }
    return names;
}
using Names = std::vector<std::string>;

TEST(Checks, FindNothingWhereAllIsThere) {
    auto report = paper(EvidenceKind::test_report);
    report.issued = day("2026-06-01");
    const auto scheme = scheme_with({EvidenceKind::test_report, EvidenceKind::linkage_contract}, 12);
    EXPECT_EQ(found({report, contract}, scheme), Names{});
}

TEST(Checks, MissWhatTheSchemeAsksFor) {
    const auto scheme = scheme_with({EvidenceKind::test_report, EvidenceKind::picture});
    EXPECT_EQ(found({contract}, scheme), (Names{"evidence-missing!", "evidence-missing!"}));
    EXPECT_EQ(found({contract, paper(EvidenceKind::picture)}, scheme), Names{"evidence-missing!"});
    EXPECT_EQ(found({}), Names{"linkage-unproved"});
    EXPECT_EQ(found({}, scheme_with({EvidenceKind::linkage_contract})), Names{"evidence-missing!"});
}

TEST(Checks, HoldHouseholdsAgainstTheContractsThatShowThem) {
    const auto names = [](std::optional<Households> households, std::vector<Evidence> papers) {
        const ApplicationText text{"好", "好", std::move(papers), households};
        std::vector<std::string> all;
        for (const auto& one : checks_of(text, year_2027(), scheme_with(), {daguan, true}, today)) {
            all.push_back(one.check + (one.stops ? "!" : ""));
        }
        return all;
    };
    EXPECT_EQ(names(Households{38}, {contract}), Names{});
    EXPECT_EQ(names(Households{38}, {}), Names{"households-unproved!"});
    EXPECT_EQ(names(std::nullopt, {contract}), Names{"households-uncounted"});
    EXPECT_EQ(names(Households{0}, {}), Names{"linkage-unproved"});
}

TEST(Checks, LookAtTheAgeOfATestReport) {
    auto report = paper(EvidenceKind::test_report);
    const auto scheme = scheme_with({}, 12);
    EXPECT_EQ(found({contract, report}, scheme), Names{"test-report-undated!"});
    report.issued = day("2025-11-27");
    EXPECT_EQ(found({contract, report}, scheme), Names{});
    report.issued = day("2025-11-26");
    EXPECT_EQ(found({contract, report}, scheme), Names{"test-report-old!"});
    EXPECT_EQ(found({contract, report}), Names{}) << "a scheme that does not ask";
}

TEST(Checks, KnowWhatLapsesBeforeAndWhile) {
    auto licence = paper(EvidenceKind::food_production_licence, "SC10753062400012");
    licence.until = day("2027-01-01");
    EXPECT_EQ(found({contract, licence}), Names{"paper-lapsed!"});
    licence.until = day("2027-01-02");
    EXPECT_EQ(found({contract, licence}), Names{"paper-lapses"});
    licence.until = day("2028-01-01");
    EXPECT_EQ(found({contract, licence}), Names{});
}

TEST(Checks, CompareWhereALicenceWasGivenWithWhereTheGoodsComeFrom) {
    const auto of = [](const char* number) {
        auto licence = paper(EvidenceKind::food_production_licence, number);
        licence.until = day("2029-01-01");
        return found({contract, licence});
    };
    EXPECT_EQ(of("SC10753062400012"), Names{});
    EXPECT_EQ(of("SC10753060000012"), Names{}) << "the prefecture above it";
    EXPECT_EQ(of("SC10733010600012"), Names{"licence-of-elsewhere"});
    EXPECT_EQ(of("SC1075306240001"), Names{"licence-malformed!"});
    EXPECT_EQ(of("10753062400012"), Names{"licence-malformed!"});
    EXPECT_EQ(of(""), Names{"licence-malformed!"});
}

TEST(Checks, CompareTheGreenFoodCode) {
    const auto of = [](const char* number) {
        return found({contract, paper(EvidenceKind::quality_mark, number)});
    };
    EXPECT_EQ(of("GF530624261234"), Names{});
    EXPECT_EQ(of("GF330106261234"), Names{"mark-of-elsewhere"});
    EXPECT_EQ(of("GF33"), Names{}) << "too short to be one: for a person to read";
    EXPECT_EQ(of("有机 12345"), Names{});
}

TEST(Checks, DoNotTakeOneFileForTwoPapers) {
    auto report = paper(EvidenceKind::test_report);
    report.file = contract.file;
    EXPECT_EQ(found({contract, report}), Names{"paper-repeated"});
    EXPECT_EQ(found({contract, report, report}), (Names{"paper-repeated", "paper-repeated"}));
}

TEST(Checks, AskOfALicenceUntilWhenItHolds) {
    EXPECT_EQ(found({contract, paper(EvidenceKind::food_production_licence, "SC10753062400012")}),
              Names{"licence-without-end"});
}

TEST(Checks, StopWhatIsDatedAfterToday) {
    auto report = paper(EvidenceKind::test_report);
    report.issued = today + std::chrono::days{1};
    EXPECT_EQ(found({contract, report}), Names{"paper-of-tomorrow!"});
    report.issued = today;
    EXPECT_EQ(found({contract, report}), Names{});
}

TEST(Checks, StopABarredMerchant) {
    EXPECT_EQ(found({contract}, scheme_with(), {daguan, false}), Names{"merchant-barred!"});
}

TEST(Checks, TellEveryThingThatStopsAndWhere) {
    const ApplicationText text{"好", "好", {contract, paper(EvidenceKind::food_production_licence)}};
    const auto findings =
        checks_of(text, year_2027(), scheme_with({EvidenceKind::picture}), {daguan, true}, today);
    const auto fault = fault_of_checks(findings);
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->code(), "checks-failed");
    ASSERT_EQ(fault->fields().size(), 2);
    EXPECT_EQ(fault->fields().at(0).pointer, "/evidence");
    EXPECT_EQ(fault->fields().at(1).pointer, "/evidence/1");
    EXPECT_FALSE(fault_of_checks({{"paper-lapses", false, "…", 0}}));
}

TEST(LapsedKinds, AreThoseOfWhichNoPaperHolds) {
    auto old_one = paper(EvidenceKind::test_report);
    old_one.until = today;
    auto new_one = paper(EvidenceKind::test_report);
    new_one.until = today + std::chrono::days{1};
    const auto scheme = scheme_with({EvidenceKind::test_report});
    using Kinds = std::vector<EvidenceKind>;
    EXPECT_EQ(lapsed_kinds({old_one}, scheme, false, today), Kinds{EvidenceKind::test_report});
    EXPECT_EQ(lapsed_kinds({old_one, new_one}, scheme, false, today), Kinds{});
    EXPECT_EQ(lapsed_kinds({old_one}, scheme_with({}), false, today), Kinds{});
    EXPECT_EQ(reason_of_lapse({EvidenceKind::test_report, EvidenceKind::picture}),
              "材料已过有效期：检测报告、图片");
}

TEST(Checks, WantTheMakersWordFromADistributor) {
    const Origin origin{daguan, true, true};
    EXPECT_EQ(found({contract}, scheme_with(), origin), Names{"agency-contract-missing!"});
    const auto agency = paper(EvidenceKind::agency_contract);
    EXPECT_EQ(found({contract, agency}, scheme_with(), origin), Names{});
    // Asked for by the scheme as well, it is missing once.
    EXPECT_EQ(found({contract}, scheme_with({EvidenceKind::agency_contract}), origin),
              Names{"evidence-missing!"});
    auto ended = agency;
    ended.until = today;
    using Kinds = std::vector<EvidenceKind>;
    EXPECT_EQ(lapsed_kinds({ended}, scheme_with(), true, today), Kinds{EvidenceKind::agency_contract});
    EXPECT_EQ(lapsed_kinds({ended}, scheme_with(), false, today), Kinds{});
}

TEST(Checks, CompareWhereAHouseIsRegisteredWithWhereItsGoodsComeFrom) {
    Origin origin{.county = daguan};
    const auto of = [&origin](const char* division) {
        origin.registered_in = division;
        return found({contract}, scheme_with(), origin);
    };
    for (const auto* const home : {"", "530624", "530600", "530000"}) EXPECT_EQ(of(home), Names{}) << home;
    for (const auto* const away : {"530623", "530100", "510000", "310112"}) {
        EXPECT_EQ(of(away), Names{"credit-code-of-elsewhere"}) << away;
    }
    origin.distributed = true;
    EXPECT_EQ(of("310112"), Names{"agency-contract-missing!"})
        << "who sells others' goods is at home anywhere";
}

TEST(Checks, HoldPricesAgainstOthers) {
    auto scheme = scheme_with();
    const auto costs = [&](std::int64_t fen_a_kg, std::int64_t others = 3) {
        return found({contract}, scheme, {daguan, true, false, {{500, fen_a_kg, 10'000, others}}});
    };
    EXPECT_EQ(costs(90'000), Names{}) << "the scheme does not ask";
    scheme.price_band_bp = 2'000;
    EXPECT_EQ(costs(12'000), Names{});
    EXPECT_EQ(costs(12'001), Names{"price-above-band"});
    EXPECT_EQ(costs(12'001, 2), Names{}) << "two others say nothing";
    EXPECT_EQ(costs(1), Names{}) << "cheap";
}

TEST(Checks, LookForABaseInTheCountyAndStopWhereTheSchemeAsksForOne) {
    Origin origin{.county = daguan};
    auto scheme = scheme_with();
    scheme.base_required = true;
    EXPECT_EQ(found({contract}, scheme, origin), Names{});
    origin.base_confirmed = false;
    EXPECT_EQ(found({contract}, scheme, origin), Names{"base-missing!"});
    EXPECT_EQ(found({contract}, scheme_with(), origin), Names{"base-missing"})
        << "whoever reviews looks twice";
}

TEST(Checks, NoteOnceWhatWasHarvestedOutOfSeason) {
    Origin origin{.county = daguan};
    origin.odd_harvests = {{"L2", "一号基地", day("2026-12-02")}, {"L1", "一号基地", day("2026-11-02")}};
    const ApplicationText text{"好", "好", {contract}, Households{38}};
    const auto all = checks_of(text, year_2027(), scheme_with(), origin, today);
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].check, "season-elsewhere");
    EXPECT_FALSE(all[0].stops);
    EXPECT_NE(all[0].detail.find("lot L2 was harvested on 2026-12-02 (and 1 more"), std::string::npos)
        << all[0].detail;
}

TEST(Checks, PassWhateverPapersSay) {
    EXPECT_TRUE(rc::check("findings name papers that are there", [](const std::string& number, int kind,
                                                                    int days) {
        auto one = paper(static_cast<EvidenceKind>(std::abs(kind % 8)), number);
        one.until = today + std::chrono::days{days % 1000};
        const ApplicationText text{"好", "好", {one}};
        for (const auto& finding : checks_of(text, year_2027(), scheme_with({}, 12), {daguan, true}, today)) {
            RC_ASSERT(finding.evidence.value_or(0) == 0);
            RC_ASSERT(!finding.detail.empty());
        }
    }));
}

}  // namespace
}  // namespace shanhai::certification
