#include "identity/domain/onboarding.hpp"
#include "identity/domain/contact.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <functional>
#include <set>

namespace shanhai::identity {
namespace {

using enum OnboardingAction;

const Date today = *parse_date("2026-05-04");
constexpr AccountId first{11};
constexpr AccountId second{12};

MerchantPapers papers() {
    return {.name = "大关县筇竹专业合作社",
            .kind = MerchantKind::cooperative,
            .uscc = *Uscc::parse("93530624MA6K00000C"),
            .county = *CountyCode::parse("530624"),
            .business_licence = "93530624MA6K00000C",
            .business_licence_until = std::nullopt,
            .food_licence = std::nullopt,
            .food_licence_until = std::nullopt,
            .bank_reference = "****1234",
            .area_note = {}};
}

OnboardingParty somebody(AccountId account) { return {account, std::nullopt}; }

/// What the decisions of `steps` make of an application; a refused one leaves it as it is.
struct Played {
    Onboarding onboarding;
    std::vector<std::string> refusals;
};

void play(Played& played, OnboardingAction action, const OnboardingParty& party) {
    auto& one = played.onboarding;
    const auto next = state_after(one, action, party);
    if (!next) {
        played.refusals.push_back(next.error().code());
        return;
    }
    one.state = *next;
    if (action == submit) ++one.version;
    one.steps.push_back({action, *next, one.version, {}, {}, party.account});
}

Played fresh() { return {{.id = OnboardingId{1}, .papers = papers(), .login = {}, .steps = {}}, {}}; }

TEST(Onboarding, TakesTwoPeopleOfTheOperator) {
    auto played = fresh();
    play(played, verify, somebody(first));
    EXPECT_EQ(played.onboarding.state, OnboardingState::verified_once);
    play(played, verify, somebody(first));
    EXPECT_EQ(played.refusals, std::vector<std::string>{"second-person"});
    play(played, verify, somebody(second));
    EXPECT_EQ(played.onboarding.state, OnboardingState::verified);
}

TEST(Onboarding, BeginsAnewOnceItWasCorrected) {
    auto played = fresh();
    play(played, verify, somebody(first));
    play(played, return_for_supplement, somebody(second));
    EXPECT_EQ(played.onboarding.state, OnboardingState::returned);
    play(played, submit, somebody({}));
    play(played, verify, somebody(second));
    EXPECT_EQ(played.onboarding.state, OnboardingState::verified_once)
        << "the first word was of other papers";
    play(played, verify, somebody(first));
    EXPECT_EQ(played.onboarding.state, OnboardingState::verified);
}

TEST(Onboarding, RefusesStepsThatAreAnothersOrNotNow) {
    const std::tuple<OnboardingAction, AccountId, OnboardingState, const char*> tries[] = {
        {verify, {}, OnboardingState::submitted, "not-the-verifier"},
        {reject, {}, OnboardingState::submitted, "not-the-verifier"},
        {return_for_supplement, {}, OnboardingState::submitted, "not-the-verifier"},
        {withdraw, first, OnboardingState::submitted, "not-the-applicant"},
        {submit, first, OnboardingState::returned, "not-the-applicant"},
        {submit, {}, OnboardingState::submitted, "step-not-now"},
        {verify, first, OnboardingState::returned, "step-not-now"},
        {return_for_supplement, first, OnboardingState::returned, "step-not-now"},
        {verify, first, OnboardingState::verified, "step-not-now"},
        {reject, first, OnboardingState::verified, "step-not-now"},
        {withdraw, {}, OnboardingState::verified, "step-not-now"},
        {verify, first, OnboardingState::rejected, "step-not-now"},
        {withdraw, {}, OnboardingState::withdrawn, "step-not-now"},
    };
    for (const auto& [action, account, state, code] : tries) {
        auto played = fresh();
        played.onboarding.state = state;
        const auto next = state_after(played.onboarding, action, somebody(account));
        ASSERT_FALSE(next) << wire_name(action) << wire_name(state);
        EXPECT_EQ(next.error().code(), code) << wire_name(action) << wire_name(state);
    }
}

TEST(Onboarding, LetsNobodyVerifyTheirOwnHouse) {
    const auto played = fresh();
    Organisation house{OrganisationId{5}, {"别的名字", OrganisationKind::operator_, papers().uscc, {}}};
    EXPECT_EQ(state_after(played.onboarding, verify, {first, house}).error().code(), "conflict-of-interest");
    house.facts.uscc.reset();
    EXPECT_TRUE(state_after(played.onboarding, verify, {first, house}));
    house.facts.name = papers().name;
    EXPECT_EQ(state_after(played.onboarding, reject, {first, house}).error().code(), "conflict-of-interest");
}

TEST(Onboarding, ShowsTheContactToThoseWhoMayDecideAndLaterToThoseWhoDid) {
    auto played = fresh();
    EXPECT_TRUE(played.onboarding.shows_contact_to(AccountId{99}));
    play(played, verify, somebody(first));
    play(played, verify, somebody(second));
    EXPECT_TRUE(played.onboarding.shows_contact_to(first));
    EXPECT_TRUE(played.onboarding.shows_contact_to(second));
    EXPECT_FALSE(played.onboarding.shows_contact_to(AccountId{99}));
}

/// Whoever does what in whatever order: nothing becomes a merchant without two people who looked at the very
/// papers that count, and what has ended stays so.
RC_GTEST_PROP(Onboarding, IsVerifiedByTwoOfOnePapersOnly, ()) {
    auto played = fresh();
    auto& one = played.onboarding;
    const auto moves = *rc::gen::container<std::vector<std::pair<int, int>>>(
        rc::gen::pair(rc::gen::inRange(0, 5), rc::gen::inRange(0, 4)));
    bool ended = false;
    for (const auto& [action, who] : moves) {
        const auto before = one.steps.size();
        const AccountId account{who == 0 ? 0U : 10U + static_cast<unsigned>(who)};
        play(played, static_cast<OnboardingAction>(action), somebody(account));
        RC_ASSERT(!ended || one.steps.size() == before);
        ended = ended || !is_open(one.state);
    }
    if (one.state != OnboardingState::verified) return;
    std::set<AccountId> people;
    for (const auto& step : one.steps) {
        if (step.action == verify && step.version == one.version) people.insert(step.by);
    }
    RC_ASSERT(people.size() == 2U);
    RC_ASSERT(!people.contains(AccountId{}));
}

TEST(MerchantPapers, NameWhatIsWrong) {
    EXPECT_FALSE(papers().fault(today));
    const std::pair<const char*, std::function<void(MerchantPapers&)>> faults[] = {
        {"/uscc", [](auto& p) { p.county = *CountyCode::parse("530625"); }},
        {"/food_licence", [](auto& p) { p.food_licence_until = today; }},
        {"/food_licence_until", [](auto& p) { p.food_licence = *FoodLicence::parse("SC10153062400012"); }},
        {"/business_licence_until", [](auto& p) { p.business_licence_until = today - std::chrono::days{1}; }},
        {"/food_licence_until",
         [](auto& p) {
             p.food_licence = *FoodLicence::parse("SC10153062400012");
             p.food_licence_until = today - std::chrono::days{1};
         }},
        {"/food_licence",
         [](auto& p) {
             p.food_licence = *FoodLicence::parse("SC10131011200018");
             p.food_licence_until = today;
         }},
    };
    for (const auto& [pointer, spoil] : faults) {
        auto spoilt = papers();
        spoil(spoilt);
        const auto fault = spoilt.fault(today);
        ASSERT_TRUE(fault) << pointer;
        EXPECT_EQ(fault->fields().front().pointer, pointer);
    }
    auto elsewhere = papers();
    elsewhere.kind = MerchantKind::distributor;
    elsewhere.county = *CountyCode::parse("310112");
    EXPECT_FALSE(elsewhere.fault(today)) << "a distributor may sit anywhere";
}

/// 长期 is often written as the last day that there is; what goes into a fact has to fit its bounds.
TEST(MerchantPapers, EndInOurTimeOrNever) {
    const auto fault_at = [](const char* day) {
        auto some = papers();
        some.business_licence_until = *parse_date(day);
        const auto fault = some.fault(today);
        return fault ? fault->fields().front().pointer : std::string{};
    };
    EXPECT_EQ(fault_at("2199-12-31"), "");
    EXPECT_EQ(fault_at("2200-01-01"), "/business_licence_until");
    EXPECT_EQ(fault_at("9999-12-31"), "/business_licence_until");
    auto food = papers();
    food.food_licence = *FoodLicence::parse("SC10153062400012");
    food.food_licence_until = *parse_date("9999-12-31");
    EXPECT_EQ(food.fault(today)->fields().front().pointer, "/food_licence_until");
}

TEST(MerchantPapers, EndWithTheFirstOfTheirLicences) {
    auto both = papers();
    EXPECT_FALSE(both.licence_until());
    both.business_licence_until = today + std::chrono::days{9};
    EXPECT_EQ(both.licence_until(), both.business_licence_until);
    both.food_licence_until = today;
    EXPECT_EQ(both.licence_until(), today);
    both.business_licence_until.reset();
    EXPECT_EQ(both.licence_until(), today);
}

TEST(ApplicantVault, OpensWhatItSealedInItsOwnPlaceOnly) {
    const ApplicantVault vault{std::string(32, 'k')};
    const Contact contact{"李明", "13800138000", "李明明"};
    auto envelope = vault.seal(OnboardingId{7}, contact);
    EXPECT_EQ(vault.open(OnboardingId{7}, envelope), contact);
    EXPECT_FALSE(vault.open(OnboardingId{8}, envelope));
    EXPECT_FALSE(ApplicantVault{std::string(32, 'x')}.open(OnboardingId{7}, envelope));
    EXPECT_EQ(envelope.sealed.find("138"), std::string::npos);
    envelope.wrapped_key.clear();
    EXPECT_FALSE(vault.open(OnboardingId{7}, envelope)) << "its key was destroyed";
    EXPECT_TRUE(vault.is_token_of(OnboardingId{7}, vault.token_of(OnboardingId{7})));
    EXPECT_FALSE(vault.is_token_of(OnboardingId{8}, vault.token_of(OnboardingId{7})));
    EXPECT_FALSE(vault.is_token_of(OnboardingId{7}, ""));
}

}  // namespace
}  // namespace shanhai::identity
