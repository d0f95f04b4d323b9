#include "certification/domain/scheme.hpp"

#include <gtest/gtest.h>

namespace shanhai::certification {
namespace {

CountyCode code(std::string_view text) { return *CountyCode::parse(text); }
Date day(std::string_view text) { return *parse_date(text); }

const KnownCounty daguan{code("530624"), "大关县", "大关县"};

Scheme scheme(const char* name, std::vector<std::string> offices, const char* district) {
    Scheme made{.code = *SchemeCode::parse(name),
                .name = name,
                .offices = std::move(offices),
                .district = {},
                .counties = {}};
    if (district != nullptr) made.district = code(district);
    return made;
}

const Scheme minhang_youpin =
    scheme("MINHANG_YOUPIN", {"闵行区政府合作交流办", "闵行区人民政府合作交流办公室"}, "310112");
const Scheme baixian_baipin = scheme("BAIXIAN_BAIPIN", {"上海市政府合作交流办"}, nullptr);
const Scheme county_recognition = scheme("COUNTY_RECOGNITION", {}, nullptr);

Certification certification(const Scheme& under, std::string_view from, std::string_view to, int year) {
    return {.scheme = under.code,
            .year = year,
            .authority = "大关县乡村振兴局",
            .number = "1",
            .valid_from = day(from),
            .valid_to = day(to),
            .reason = {}};
}

Organisation house(const char* name, const char* county, bool office = true) {
    Organisation made{OrganisationId{1}, name, office, std::nullopt};
    if (county != nullptr) made.county = code(county);
    return made;
}

std::string pointer(const std::optional<Error>& fault) {
    return fault ? fault->fields().at(0).pointer : "none";
}

TEST(Scheme, IsDecidedByItsOffice) {
    const auto decides = [](const Scheme& under, const Organisation& organisation) {
        return !fault_of_deciding(under, daguan, &organisation);
    };
    EXPECT_TRUE(decides(minhang_youpin, house("闵行区政府合作交流办", "310112")));
    EXPECT_TRUE(decides(minhang_youpin, house("闵行区政府合作交流办（示例）", nullptr)));
    EXPECT_FALSE(decides(minhang_youpin, house("闵行区政府合作交流办", "310117"))) << "its seat is elsewhere";
    EXPECT_FALSE(decides(minhang_youpin, house("闵行区政府合作交流办", "310112", false))) << "no office";
    EXPECT_FALSE(decides(minhang_youpin, house("上海市政府合作交流办", nullptr)));
    EXPECT_TRUE(decides(baixian_baipin, house("上海市政府合作交流办", nullptr)));
    EXPECT_FALSE(decides(baixian_baipin, house("闵行区政府合作交流办", "310112")));
    EXPECT_TRUE(decides(county_recognition, house("大关县乡村振兴局", "530624")));
    EXPECT_FALSE(decides(county_recognition, house("昌宁县乡村振兴局", "530524")));
    EXPECT_FALSE(decides(county_recognition, house("大关县翠竹合作社", "530624")));
    EXPECT_EQ(fault_of_deciding(minhang_youpin, daguan, nullptr)->code(), "not-the-authority");

    auto own = certification(county_recognition, "2026-01-01", "2027-01-01", 2026);
    own.authority = "大关县农业农村局";
    const auto bureau = house("大关县乡村振兴局", "530624");
    EXPECT_EQ(pointer(fault_of_issuing(own, county_recognition, daguan, &bureau)), "/authority");
    own.authority = "大关县乡村振兴局";
    EXPECT_FALSE(fault_of_issuing(own, county_recognition, daguan, &bureau));
}

TEST(Scheme, RecognisesNothingInAYearThatIsOver) {
    auto own = certification(county_recognition, "2025-01-01", "2026-01-01", 2025);
    const auto fault_on = [&](std::string_view today) {
        return pointer(fault_under_scheme(own, county_recognition, daguan, {}, day(today)));
    };
    EXPECT_EQ(fault_on("2026-01-01"), "/year");
    EXPECT_EQ(fault_on("2025-12-31"), "none");
    EXPECT_EQ(fault_on("2024-01-01"), "none");
    EXPECT_EQ(fault_on("2023-12-31"), "/year");
    own.valid_to = day("2025-03-01");
    EXPECT_EQ(fault_on("2025-03-01"), "/valid_to");
    EXPECT_EQ(fault_on("2025-02-28"), "none");
}

TEST(Scheme, CountsItsTermInYearsOfTheCalendarOrInMonths) {
    auto monthly = county_recognition;
    monthly.term_unit = TermUnit::months;
    monthly.term = 1;
    EXPECT_EQ(monthly.latest_end(2026, day("2026-01-31")), day("2026-02-28"));
    EXPECT_EQ(monthly.latest_end(2026, day("2026-03-15")), day("2026-04-15"));
    EXPECT_EQ(county_recognition.latest_end(2026, day("2026-03-15")), day("2027-01-01"));
    const auto short_one = certification(monthly, "2026-03-15", "2026-04-16", 2026);
    EXPECT_EQ(pointer(fault_under_scheme(short_one, monthly, daguan, {}, day("2026-03-01"))), "/valid_to");
}

TEST(Scheme, TakesTheCountiesThatItNames) {
    auto some = county_recognition;
    some.counties = {code("530524")};
    const auto one = certification(some, "2026-01-01", "2027-01-01", 2026);
    EXPECT_EQ(pointer(fault_under_scheme(one, some, daguan, {}, day("2026-01-01"))), "/product_id");
    some.counties.push_back(daguan.code);
    EXPECT_EQ(pointer(fault_under_scheme(one, some, daguan, {}, day("2026-01-01"))), "none");
}

TEST(Scheme, RefusesRulesThatDoNotFitEachOther) {
    EXPECT_FALSE(minhang_youpin.fault());
    auto wrong = minhang_youpin;
    wrong.term = 4;
    EXPECT_EQ(pointer(wrong.fault()), "/term");
    wrong = minhang_youpin;
    wrong.offices.clear();
    EXPECT_EQ(pointer(wrong.fault()), "/offices");
    wrong = minhang_youpin;
    wrong.notice_days = 5;
    EXPECT_EQ(pointer(wrong.fault()), "/by_application");
    wrong.by_application = true;
    EXPECT_FALSE(wrong.fault());
    wrong.notice_days = 0;
    EXPECT_EQ(pointer(wrong.fault()), "/notice_days") << "nobody is certified without a notice";
}

TEST(Judging, IsNeverOfOnesOwnHouse) {
    const KnownProduct product{ProductId{1}, "箬竹面", daguan.code, OrganisationId{9}, false};
    EXPECT_EQ(fault_of_judging(product, {AccountId{1}, OrganisationId{9}})->code(), "duties-not-separate");
    EXPECT_FALSE(fault_of_judging(product, {AccountId{1}, OrganisationId{8}}));
    const KnownProduct of_nobody{ProductId{1}, "箬竹面", daguan.code, {}, false};
    EXPECT_FALSE(fault_of_judging(of_nobody, {AccountId{1}, {}}));
}

}  // namespace
}  // namespace shanhai::certification
