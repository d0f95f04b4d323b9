#include "identity/domain/correction.hpp"

#include <gtest/gtest.h>

namespace shanhai::identity {
namespace {

using enum OrganisationKind;

Organisation house(OrganisationKind kind = merchant) {
    return {OrganisationId{7}, {"大关县翠竹合作社", kind, *Uscc::parse("93530624MA6K00000C"), std::nullopt}};
}
OrganisationCorrection correction(std::string name = "大关县筇竹合作社",
                                  const char* code = "93530624MA6K00000C") {
    std::optional<Uscc> uscc;
    if (code != nullptr) uscc = *Uscc::parse(code);
    return {std::move(name), std::move(uscc), *CountyCode::parse("530624"), "营业执照换新"};
}
std::string refusal(const Organisation& stored, const OrganisationCorrection& wanted, bool administrator,
                    bool verified) {
    const auto fault = fault_of_correcting(stored, wanted, administrator, verified);
    return fault ? fault->code() : "";
}
std::string of_characters(int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += "竹";
    return text;
}

TEST(Correction, IsAnOperatorsWhereSomebodySellsAndAnAdministratorsEverywhere) {
    EXPECT_EQ(refusal(house(), correction(), false, false), "");
    for (const auto kind : {district_office, operator_, audit_office}) {
        EXPECT_EQ(refusal(house(kind), correction(), false, false), "administrator-corrects")
            << wire_name(kind);
        EXPECT_EQ(refusal(house(kind), correction(), true, false), "") << wire_name(kind);
    }
}

TEST(Correction, LeavesAVerifiedCreditCodeToNobody) {
    for (const auto* const code : {"93530624MA6K00001F", static_cast<const char*>(nullptr)}) {
        for (const bool administrator : {false, true}) {
            EXPECT_EQ(refusal(house(), correction("别名", code), administrator, true),
                      "credit-code-verified");
            EXPECT_EQ(refusal(house(), correction("别名", code), administrator, false), "");
        }
    }
    EXPECT_EQ(refusal(house(), correction(), false, true), "") << "its name is another matter";
}

TEST(Correction, CallsNobodyWhoSellsLongerThanTheCatalogueDoes) {
    EXPECT_EQ(refusal(house(), correction(of_characters(80)), false, false), "");
    const auto fault = fault_of_correcting(house(), correction(of_characters(81)), false, false);
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->fields().front().pointer, "/name");
    EXPECT_EQ(refusal(house(district_office), correction(of_characters(81)), true, false), "");
    auto long_since = house();
    long_since.facts.name = of_characters(90);
    EXPECT_EQ(refusal(long_since, correction(of_characters(90)), false, false), "")
        << "what was registered so may be corrected otherwise";
}

TEST(Correction, LeavesTheKind) {
    const auto stored = house(audit_office);
    const auto after = correction().applied_to(stored.facts);
    EXPECT_EQ(after.kind, audit_office);
    EXPECT_EQ(after.name, "大关县筇竹合作社");
    EXPECT_EQ(after.county, *CountyCode::parse("530624"));
}

}  // namespace
}  // namespace shanhai::identity
