#include "certification/domain/application.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace shanhai::certification {
namespace {

using enum ApplicationState;

constexpr std::array states{draft,         submitted, county_recommended, under_review,
                            public_notice, certified, rejected,           withdrawn};
constexpr std::array actions{Action::submit,       Action::recommend,      Action::return_for_supplement,
                             Action::begin_review, Action::publish_notice, Action::certify,
                             Action::reject,       Action::withdraw};
constexpr std::array parties{Party::owner, Party::county_office, Party::deciding_office,
                             Party::unnamed_office, Party::nobody};

const Instant noon = *parse_rfc3339("2026-11-27T04:00:00Z");
constexpr OrganisationId bureau{23};
constexpr OrganisationId other_bureau{24};

Scheme scheme(int recommendations = 1) {
    return {.code = *SchemeCode::parse("MINHANG_YOUPIN"),
            .name = "闵行优品",
            .offices = {"闵行区政府合作交流办"},
            .district = *CountyCode::parse("310112"),
            .counties = {},
            .notice_days = 5,
            .recommendations = recommendations,
            .by_application = true};
}

Application application(ApplicationState state = draft) {
    return {.batch = {.scheme = *SchemeCode::parse("MINHANG_YOUPIN"),
                      .year = 2027,
                      .applications_from = *parse_date("2026-11-01"),
                      .applications_until = *parse_date("2026-12-16"),
                      .valid_from = *parse_date("2027-01-01"),
                      .valid_to = *parse_date("2028-01-01")},
            .text = {"好", "带动十户"},
            .state = state,
            .notice_until = noon,
            .steps = {}};
}

/// The state after the step, or the code of why not.
std::string after(const Application& one, Action action, Party party, const Scheme& rules = scheme(),
                  Instant at = noon, std::int64_t open_objections = 0, OrganisationId house = bureau) {
    const auto next = state_after(one, action, {rules, party, house, at, open_objections});
    return next ? std::string{wire_name(*next)} : next.error().code();
}

/// Takes the step, or fails the test.
void take(Application& one, Action action, Party party, const Scheme& rules, OrganisationId house = bureau) {
    const auto next = state_after(one, action, {rules, party, house, noon, 0});
    ASSERT_TRUE(next) << next.error().code();
    one.state = *next;
    one.steps.push_back({action, *next, {}, noon, AccountId{1}, house, std::nullopt});
}

TEST(Application, GoesFromTheMerchantOverTheCountyToTheOffice) {
    const auto rules = scheme();
    auto one = application();
    take(one, Action::submit, Party::owner, rules);
    EXPECT_EQ(one.state, submitted);
    EXPECT_EQ(after(one, Action::begin_review, Party::deciding_office), "step-not-now");
    take(one, Action::recommend, Party::county_office, rules);
    take(one, Action::begin_review, Party::deciding_office, rules);
    EXPECT_EQ(after(one, Action::certify, Party::deciding_office), "step-not-now") << "without a notice";
    take(one, Action::publish_notice, Party::deciding_office, rules);
    EXPECT_EQ(after(one, Action::publish_notice, Party::deciding_office), "step-not-now") << "twice";
    auto back = one;
    take(back, Action::return_for_supplement, Party::deciding_office, rules);
    EXPECT_EQ(back.state, draft) << "what became another while it was before the public is sent back, too";
    take(one, Action::certify, Party::deciding_office, rules);
    EXPECT_EQ(one.state, certified);
}

TEST(Application, IsCertifiedWhenItsNoticeIsOverAndEveryObjectionAnswered) {
    const auto one = application(public_notice);
    const auto early = noon - std::chrono::microseconds{1};
    EXPECT_EQ(after(one, Action::certify, Party::deciding_office, scheme(), early), "notice-open");
    EXPECT_EQ(after(one, Action::certify, Party::deciding_office, scheme(), noon, 1), "objections-open");
    EXPECT_EQ(after(one, Action::certify, Party::deciding_office), "CERTIFIED");
    auto unpublished = one;
    unpublished.notice_until.reset();
    EXPECT_EQ(after(unpublished, Action::certify, Party::deciding_office), "notice-open");
}

TEST(Application, IsSubmittedOnTheDaysOfItsBatchInShanghai) {
    const auto submit = [](const char* at, const Application& one = application()) {
        return after(one, Action::submit, Party::owner, scheme(), *parse_rfc3339(at));
    };
    EXPECT_EQ(submit("2026-10-31T15:59:59.999999Z"), "applications-closed");
    EXPECT_EQ(submit("2026-10-31T16:00:00Z"), "SUBMITTED");
    EXPECT_EQ(submit("2026-12-15T15:59:59.999999Z"), "SUBMITTED");
    EXPECT_EQ(submit("2026-12-15T16:00:00Z"), "applications-closed");
    auto returned = application();
    take(returned, Action::submit, Party::owner, scheme());
    take(returned, Action::return_for_supplement, Party::county_office, scheme());
    EXPECT_EQ(submit("2027-01-05T00:00:00Z", returned), "SUBMITTED") << "a supplement may come later";
}

TEST(Application, NeedsAsManyOfficesOfTheCountyAsItsSchemeSays) {
    const auto two = scheme(2);
    auto one = application();
    take(one, Action::submit, Party::owner, two);
    take(one, Action::recommend, Party::county_office, two);
    EXPECT_EQ(one.state, submitted);
    EXPECT_EQ(after(one, Action::recommend, Party::county_office, two), "recommended-already");
    take(one, Action::recommend, Party::county_office, two, other_bureau);
    EXPECT_EQ(one.state, county_recommended);

    // What comes back and is submitted anew is looked at anew.
    take(one, Action::return_for_supplement, Party::deciding_office, two);
    take(one, Action::submit, Party::owner, two);
    EXPECT_TRUE(one.recommended_by().empty());
    EXPECT_EQ(after(one, Action::recommend, Party::county_office, two), "SUBMITTED");

    const auto none = scheme(0);
    EXPECT_EQ(after(application(submitted), Action::begin_review, Party::deciding_office, none),
              "UNDER_REVIEW");
    EXPECT_EQ(after(application(submitted), Action::recommend, Party::county_office, none),
              "not-the-authority");
}

TEST(Application, ListensToNobodyElseAndEndsForGood) {
    for (const auto state : states) {
        for (const auto action : actions) {
            EXPECT_EQ(after(application(state), action, Party::nobody), "not-your-application");
            EXPECT_EQ(after(application(state), action, Party::unnamed_office), "office-name-unknown");
            for (const auto party : parties) {
                if (state != certified && state != rejected && state != withdrawn) continue;
                const auto next = state_after(application(state), action, {scheme(), party, bureau, noon, 0});
                EXPECT_FALSE(next) << wire_name(state) << ' ' << wire_name(action);
            }
        }
    }
    for (const auto action : {Action::recommend, Action::begin_review, Action::publish_notice,
                              Action::certify, Action::reject, Action::return_for_supplement}) {
        EXPECT_EQ(after(application(public_notice), action, Party::owner), "not-the-authority");
    }
    for (const auto action : {Action::submit, Action::withdraw}) {
        EXPECT_EQ(after(application(), action, Party::deciding_office), "not-the-authority");
        EXPECT_EQ(after(application(), action, Party::county_office), "not-the-authority");
    }
}

TEST(Application, IsReturnedOnlyAsLongAsItsHouseIsToSupplySomething) {
    for (const auto state : states) {
        auto one = application(state);
        EXPECT_FALSE(one.returned_at()) << "it never was: " << wire_name(state);
        one.sent_back = noon;
        EXPECT_EQ(one.returned_at().has_value(), state == draft) << wire_name(state);
    }
}

/// Whatever anybody tries in whatever order: what is certified was submitted, recommended, reviewed and put
/// to the public, in that order, since it was submitted last.
RC_GTEST_PROP(Application, IsCertifiedByNoOtherWay, ()) {
    const auto rules = scheme(*rc::gen::inRange(0, 3));
    auto one = application();
    const auto tries = *rc::gen::inRange(0, 200);
    for (int i = 0; i < tries; ++i) {
        const auto action = *rc::gen::elementOf(std::vector(actions.begin(), actions.end()));
        const auto party = *rc::gen::elementOf(std::vector(parties.begin(), parties.end()));
        const auto house = *rc::gen::element(bureau, other_bureau);
        const auto next = state_after(one, action, {rules, party, house, noon, 0});
        if (!next) continue;
        one.state = *next;
        one.steps.push_back({action, *next, {}, noon, AccountId{1}, house, std::nullopt});
    }
    if (one.state != certified) return;
    std::vector<Action> since;
    for (const auto& step : one.steps) {
        if (step.action == Action::submit) since.clear();
        since.push_back(step.action);
    }
    std::vector<Action> whole{Action::submit};
    for (int i = 0; i < rules.recommendations; ++i) whole.push_back(Action::recommend);
    whole.insert(whole.end(), {Action::begin_review, Action::publish_notice, Action::certify});
    RC_ASSERT(since == whole);
}

TEST(Batch, FitsItsSchemeAndItsYear) {
    const auto batch = application().batch;
    EXPECT_FALSE(batch.fault(scheme(), *parse_date("2026-11-27")));
    const auto pointer = [](const Batch& one, const Scheme& rules = scheme()) {
        return one.fault(rules, *parse_date("2026-11-27"))->fields().at(0).pointer;
    };
    auto entered = scheme();
    entered.by_application = false;
    EXPECT_EQ(pointer(batch, entered), "/scheme");
    auto wrong = batch;
    wrong.applications_until = wrong.applications_from;
    EXPECT_EQ(pointer(wrong), "/applications_until");
    wrong = batch;
    wrong.valid_from = *parse_date("2026-12-31");
    EXPECT_EQ(pointer(wrong), "/valid_from");
    wrong = batch;
    wrong.valid_to = *parse_date("2028-01-02");
    EXPECT_EQ(pointer(wrong), "/valid_to");
    wrong = batch;
    wrong.valid_to = wrong.valid_from;
    EXPECT_EQ(pointer(wrong), "/valid_to");
    wrong = batch;
    wrong.applications_from = batch.valid_to;
    wrong.applications_until = batch.valid_to + std::chrono::days{1};
    EXPECT_EQ(pointer(wrong), "/valid_to");
    for (const int year : {2025, 2028}) {
        wrong = batch;
        wrong.year = year;
        EXPECT_EQ(pointer(wrong), "/year");
    }
}

TEST(Application, AsksEachOfficeOnceForWhatItIsToDo) {
    for (const int recommendations : {0, 1, 2}) {
        const auto rules = scheme(recommendations);
        auto one = application();
        EXPECT_FALSE(awaited_after(one, rules)) << "a draft is its owner's";
        take(one, Action::submit, Party::owner, rules);
        EXPECT_EQ(awaited_after(one, rules), recommendations > 0 ? Action::recommend : Action::begin_review);
        for (int given = 1; given <= recommendations; ++given) {
            take(one, Action::recommend, Party::county_office, rules, given == 1 ? bureau : other_bureau);
            const auto last = given == recommendations ? std::optional{Action::begin_review} : std::nullopt;
            EXPECT_EQ(awaited_after(one, rules), last) << "the second was asked with the first";
        }
        take(one, Action::begin_review, Party::deciding_office, rules);
        EXPECT_FALSE(awaited_after(one, rules)) << "whoever began goes on";
        take(one, Action::return_for_supplement, Party::deciding_office, rules);
        EXPECT_FALSE(awaited_after(one, rules));
        take(one, Action::submit, Party::owner, rules);
        EXPECT_TRUE(awaited_after(one, rules)) << "what comes back is asked for again";
    }
}

}  // namespace
}  // namespace shanhai::certification
