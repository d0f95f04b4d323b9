#include "catalog/domain/registration.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace shanhai::catalog {
namespace {

using std::chrono::days;

const Date today = *parse_date("2026-05-04");
constexpr OrganisationId house{7};
constexpr OrganisationId other{8};

VerifiedMerchant verified() {
    return {.organisation = house,
            .name = "大关县筇竹专业合作社",
            .kind = MerchantKind::cooperative,
            .county = *CountyCode::parse("530624"),
            .uscc = *Uscc::parse("93530624MA6K00000C"),
            .food_licence = std::nullopt,
            .area_note = {},
            .licences = {"93530624MA6K00000C", std::nullopt, std::nullopt, today},
            .verified_by = AccountId{12}};
}

Merchant by_hand(OrganisationId owner, bool with_code) {
    auto merchant = verified().as_new();
    merchant.id = MerchantId{3};
    merchant.organisation = owner;
    merchant.licences = {};
    if (!with_code) merchant.uscc.reset();
    return merchant;
}

TEST(Course, RegistersWhomNobodyKnew) { EXPECT_EQ(course_of(verified(), true, nullptr, nullptr), Course{}); }

TEST(Course, KnowsWhomTheOperatorRegisteredByHand) {
    const Course it_is{std::nullopt, MerchantId{3}};
    const auto own = by_hand(house, true);
    EXPECT_EQ(course_of(verified(), true, &own, &own), it_is);
    const auto kept = by_hand(OrganisationId{}, true);
    EXPECT_EQ(course_of(verified(), true, &kept, nullptr), it_is) << "the operator kept it for them";
    const auto named = by_hand(house, false);
    EXPECT_EQ(course_of(verified(), true, nullptr, &named), it_is);
}

TEST(Course, SaysWhatHindersIt) {
    EXPECT_EQ(course_of(verified(), false, nullptr, nullptr).hindrance, Hindrance::county_unknown);
    const auto theirs = by_hand(other, true);
    EXPECT_EQ(course_of(verified(), true, &theirs, nullptr).hindrance, Hindrance::code_taken);
    const auto namesake = by_hand(OrganisationId{}, false);
    EXPECT_EQ(course_of(verified(), true, nullptr, &namesake).hindrance, Hindrance::name_taken)
        << "a name alone proves nothing";
    auto elsewhere = by_hand(OrganisationId{}, true);
    elsewhere.county = *CountyCode::parse("530625");
    EXPECT_EQ(course_of(verified(), true, &elsewhere, nullptr).hindrance, Hindrance::papers_differ);
    auto contradicting = verified();
    contradicting.county = *CountyCode::parse("530625");
    EXPECT_EQ(course_of(contradicting, true, nullptr, nullptr).hindrance, Hindrance::papers_differ);
}

TEST(Course, HandsOverWithoutChangingWhatIsSold) {
    auto kept = by_hand(OrganisationId{}, true);
    kept.name = "筇竹社";
    kept.active = false;
    const auto after = verified().as_owner_of(kept);
    EXPECT_EQ(after.organisation, house);
    EXPECT_EQ(after.name, "筇竹社");
    EXPECT_EQ(after.version, kept.version + 1);
    EXPECT_FALSE(after.active) << "whom the operator stopped stays stopped";
    EXPECT_EQ(after.licences, verified().licences);
}

TEST(Licences, AreLookedAtAgainWhenTheyEndAndOnceAYear) {
    Licences licences;
    EXPECT_FALSE(licences.check_due()) << "nobody ever looked";
    EXPECT_FALSE(licences.lapsed(today + days{9999}));
    licences.checked_on = today;
    EXPECT_EQ(licences.check_due(), today + check_every);
    licences.food_until = today + days{30};
    EXPECT_EQ(licences.check_due(), today + days{30});
    licences.business_until = today + days{20};
    EXPECT_EQ(licences.until(), today + days{20});
    EXPECT_FALSE(licences.lapsed(today + days{20})) << "the last day counts";
    EXPECT_TRUE(licences.lapsed(today + days{21}));
}

RC_GTEST_PROP(Licences, NeverLapseBeforeAnyOfTheirEnds, (int checked, int business, int food, int later)) {
    const auto day = [](int number) { return today + days{number % 800}; };
    const Licences licences{"", day(business), day(food), day(checked)};
    const auto at = day(later);
    const bool over = licences.lapsed(at);
    RC_ASSERT(over == (at > *licences.business_until || at > *licences.food_until ||
                       at > *licences.checked_on + check_every));
}

}  // namespace
}  // namespace shanhai::catalog
